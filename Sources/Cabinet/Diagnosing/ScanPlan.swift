package import Domain

/// In which order a scan asks: likely settings and unit ids first, and where one device was found its whole line next.
package struct ScanPlan: Sendable {
    /// One question: this unit, with these settings; nil settings where the line's are not to be changed (TCP, a lent
    /// line).
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

    /// What devices leave the factory with, most of them.
    package static let likelyBauds = [9_600, 19_200, 38_400, 115_200, 4_800, 57_600, 2_400]
    private static let likelyUnits: ClosedRange<UInt8> = 1...3

    /// - Parameters:
    ///   - settings: most likely first; empty where they are not to be changed.
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

    /// Every combination, by how likely its parts are together: both lists most likely first.
    package static func settings(
        bauds: [Int],
        parities: [SerialSettings.Parity],
        stopBits: [Int]
    ) -> [SerialSettings] {
        var ranked: [(rank: Int, settings: SerialSettings)] = []
        for (i, baud) in bauds.enumerated() {
            for (j, parity) in parities.enumerated() {
                for (k, bits) in stopBits.enumerated() {
                    // Another baud rate is met more often than another parity, and that than a second stop bit.
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

    /// A device answered: the rest of its line is asked next, and that unit no more with other settings.
    package mutating func found(_ step: Step) {
        queue.removeAll { $0.unit == step.unit }
        queue = queue.filter { $0.settings == step.settings } + queue.filter { $0.settings != step.settings }
    }

    /// A unit is to be asked at once, though its turn is past or not yet come.
    package mutating func askNext(_ step: Step) {
        queue.removeAll { $0 == step }
        queue.insert(step, at: 0)
    }
}
