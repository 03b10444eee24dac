package import Domain

/// The order in which a scan asks: likely settings and unit ids first; after a find, the rest of that line next.
package struct ScanPlan: Sendable {
    /// One question: this unit, with these settings. The settings are nil when they must not change (TCP, a lent line).
    package struct Step: Hashable, Sendable {
        package var settings: SerialSettings?
        package var unit: UnitID

        package init(settings: SerialSettings?, unit: UnitID) {
            self.settings = settings
            self.unit = unit
        }
    }

    package private(set) var queue: [Step]
    package let count: Int

    /// The baud rates that most devices leave the factory with.
    package static let likelyBauds = [9_600, 19_200, 38_400, 115_200, 4_800, 57_600, 2_400]
    private static let likelyUnits: ClosedRange<UInt8> = 1...3

    /// - Parameters:
    ///   - settings: most likely first; empty when they must not change.
    ///   - units: in any order.
    package init(settings: [SerialSettings], units: [UInt8]) {
        let lines: [SerialSettings?] = settings.isEmpty ? [nil] : settings
        let likely = units.filter(Self.likelyUnits.contains)
        let others = units.filter { !Self.likelyUnits.contains($0) }
        queue = [likely, others].flatMap { units in
            lines.flatMap { line in units.map { Step(settings: line, unit: UnitID($0)) } }
        }
        count = queue.count
    }

    /// Every combination, ordered by how likely its parts are together: both lists most likely first.
    package static func settings(
        bauds: [Int],
        parities: [SerialSettings.Parity],
        stopBits: [Int]
    ) -> [SerialSettings] {
        var ranked: [(rank: Int, settings: SerialSettings)] = []
        for (i, baud) in bauds.enumerated() {
            for (j, parity) in parities.enumerated() {
                for (k, bits) in stopBits.enumerated() {
                    // Another baud rate is more common than another parity, and another parity more common than a
                    // second stop bit.
                    let rank = i + 2 * j + 3 * k
                    ranked.append((rank, SerialSettings(baud: baud, parity: parity, stopBits: bits)))
                }
            }
        }
        return ranked.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element.settings)
    }

    /// The next question; nil when all have been asked.
    package mutating func next() -> Step? { queue.isEmpty ? nil : queue.removeFirst() }

    /// Records that a device answered: the rest of its line is asked next, and that unit no more with other settings.
    package mutating func found(_ step: Step) {
        queue.removeAll { $0.unit == step.unit }
        queue = queue.filter { $0.settings == step.settings } + queue.filter { $0.settings != step.settings }
    }

    /// Asks a unit next, even when its turn is past or has not come.
    package mutating func askNext(_ step: Step) {
        queue.removeAll { $0 == step }
        queue.insert(step, at: 0)
    }
}
