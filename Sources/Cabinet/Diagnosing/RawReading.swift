package import Domain
import Modbus

/// What came of one range that one unit was asked for.
package struct RawReading: Sendable {
    package var unit: UnitID
    package var range: RegisterRange
    package var endpoint: ModbusEndpoint
    /// As many as the range takes, until one failed.
    package var exchanges: [ProbeExchange]

    package init(unit: UnitID, range: RegisterRange, endpoint: ModbusEndpoint, exchanges: [ProbeExchange]) {
        self.unit = unit
        self.range = range
        self.endpoint = endpoint
        self.exchanges = exchanges
    }

    /// The whole range's words, stamped when the last of them came; nil where any is missing.
    package var block: RegisterBlock? {
        let blocks = exchanges.compactMap(\.block)
        let words = blocks.flatMap(\.words)
        guard words.count == range.count, let last = blocks.last else { return nil }
        return RegisterBlock(range: range, words: words, arrived: last.arrived)
    }

    /// Of all its requests together.
    package var latency: Duration { exchanges.reduce(.zero) { $0 + $1.latency } }

    /// What is wrong where the words are not all there.
    package var finding: Finding? { block == nil ? Diagnoser().finding(of: exchanges, at: endpoint) : nil }
}

/// How raw reads went.
package struct RawReadCounts: Hashable, Sendable {
    package var requests = 0
    /// With values: an exception is none.
    package var answered = 0

    package init() {}

    package var isWell: Bool { requests > 0 && answered == requests }
}
