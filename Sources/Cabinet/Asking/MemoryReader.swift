package import Diagnosing
package import Domain
package import Modbus

/// Reads stretches of registers of which nobody knows which are there: what is refused is halved until it is found.
package struct MemoryReader {
    private let bus: any ProbeBus
    private let unit: UnitID
    private let timing: ReplyTiming
    private var most: Int
    /// Everything that was asked so far.
    package private(set) var exchanges: [ProbeExchange] = []

    /// - Parameter most: registers per request that the device takes; fewer are asked for when it refuses.
    package init(bus: any ProbeBus, unit: UnitID, timing: ReplyTiming, most: Int = 100) {
        self.bus = bus
        self.unit = unit
        self.timing = timing
        self.most = most
    }

    /// What of the ranges the device has; ends at two failures in a row that are no refusals.
    package mutating func read(_ ranges: [RegisterRange], stop: StopFlag) throws(ProbeFailure) -> MemoryImage {
        var image = MemoryImage()
        var open = Array(ranges.reversed())
        var failures = 0
        while let range = open.popLast(), !stop.isRaised, failures < 2 {
            if range.count > most {
                open += cut(range, after: most)
                continue
            }
            let exchange = try bus.exchange(ProbeRequest(unit: unit, range: range, timing: timing))
            exchanges.append(exchange)
            if let block = exchange.block {
                image.add(block)
                failures = 0
                continue
            }
            switch exchange.error?.devicesOwnException {
            case 1?:
                // The device has no such table.
                open.removeAll { $0.table == range.table }
                failures = 0
            case .some(let code) where (2...4).contains(code):
                // No such address, too many at once, or (of some) either of them as a failure of their own.
                failures = 0
                if code == 3 { most = max(1, min(most, range.count / 2)) }
                if range.count > 1 { open += cut(range, after: range.count / 2) }
            default:
                failures += 1
                if failures < 2 { open.append(range) }
            }
        }
        return image
    }

    /// The part that is read next comes last.
    private func cut(_ range: RegisterRange, after count: Int) -> [RegisterRange] {
        [
            RegisterRange(range.table, start: range.start + count, count: range.count - count),
            RegisterRange(range.table, start: range.start, count: count),
        ]
    }
}
