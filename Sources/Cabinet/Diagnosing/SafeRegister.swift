package import Domain
package import Profiles

/// What may be read from an unknown device: nothing that any profile avoids.
package struct SafeRegister: Sendable {
    private let avoided: [ClosedRange<Int>]

    package init(profiles: [Profile]) { avoided = profiles.flatMap { $0.modbus?.avoid ?? [] } }

    /// The one holding register that a scan asks for: the lowest that no profile avoids.
    package var range: RegisterRange {
        let address = (0..<65_536).first { address in !avoided.contains { $0.contains(address) } } ?? 0
        return RegisterRange(.holding, start: address, count: 1)
    }

    /// Whether a range touches no avoided register; bits have none.
    package func allows(_ range: RegisterRange) -> Bool {
        range.table.holdsBits || !avoided.contains { $0.overlaps(range.start...range.end - 1) }
    }
}
