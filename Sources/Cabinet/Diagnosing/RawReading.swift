package import Domain
import Modbus

/// The result of one range that one unit was asked for.
package struct RawReading: Sendable {
    package var unit: UnitID
    package var range: RegisterRange
    package var endpoint: ModbusEndpoint
    /// As many as the range needs, up to the first that failed.
    package var exchanges: [ProbeExchange]

    package init(unit: UnitID, range: RegisterRange, endpoint: ModbusEndpoint, exchanges: [ProbeExchange]) {
        self.unit = unit
        self.range = range
        self.endpoint = endpoint
        self.exchanges = exchanges
    }

    /// The whole range's words, stamped when the last of them came; nil when any is missing.
    package var block: RegisterBlock? {
        let blocks = exchanges.compactMap(\.block)
        let words = blocks.flatMap(\.words)
        guard words.count == range.count, let last = blocks.last else { return nil }
        return RegisterBlock(range: range, words: words, arrived: last.arrived)
    }

    /// The latency of all its requests together.
    package var latency: Duration { exchanges.reduce(.zero) { $0 + $1.latency } }

    /// What is wrong when words are missing; else nil.
    package var finding: Finding? { block == nil ? Diagnoser().finding(of: exchanges, at: endpoint) : nil }
}

/// Counts of raw reads.
package struct RawReadCounts: Hashable, Sendable {
    package var requests = 0
    /// Replies with values; an exception does not count.
    package var answered = 0

    package init() {}

    package var isWell: Bool { requests > 0 && answered == requests }
}
