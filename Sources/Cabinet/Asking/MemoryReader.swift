package import Diagnosing
package import Domain
package import Modbus

/// Reads stretches of registers without knowing which exist: halves a refused stretch until it has found them.
package struct MemoryReader {
    private let bus: any ProbeBus
    private let unit: UnitID
    private let timing: ReplyTiming
    private var most: Int
    /// Every exchange so far.
    package private(set) var exchanges: [ProbeExchange] = []

    /// - Parameter most: registers per request that the device accepts; the reader asks for fewer when the device
    ///   refuses.
    package init(bus: any ProbeBus, unit: UnitID, timing: ReplyTiming, most: Int = 100) {
        self.bus = bus
        self.unit = unit
        self.timing = timing
        self.most = most
    }

    /// Reads those registers of the ranges that the device has; stops after two failures in a row that are not
    /// refusals.
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
                // No such address, or too many at once; some devices report either one as a device failure (exception
                // 4).
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

    /// The part to read next comes last.
    private func cut(_ range: RegisterRange, after count: Int) -> [RegisterRange] {
        [
            RegisterRange(range.table, start: range.start + count, count: range.count - count),
            RegisterRange(range.table, start: range.start, count: count),
        ]
    }
}
