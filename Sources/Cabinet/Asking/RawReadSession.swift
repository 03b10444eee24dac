package import Diagnosing
package import Domain
import Modbus

/// Reads again and again, as mbpoll does, until it is stopped, and counts the outcomes.
package struct RawReadSession {
    private let read: RawRead
    private let bus: any ProbeBus
    package private(set) var counts = RawReadCounts()

    package init(_ read: RawRead, from bus: any ProbeBus) {
        self.read = read
        self.bus = bus
    }

    /// Reads everything once, or again every `interval` until the flag is raised.
    ///
    /// - Parameter tell: called with what each unit and range brought, as it comes.
    package mutating func run(
        every interval: Duration?,
        stop: StopFlag,
        time: any TimeSource,
        tell: (RawReading) -> Void
    ) throws(ProbeFailure) {
        repeat {
            for unit in read.units where !stop.isRaised {
                for range in read.ranges where !stop.isRaised {
                    let reading = try take(range, of: unit)
                    counts.requests += reading.exchanges.count
                    counts.answered += reading.exchanges.count { $0.block != nil }
                    tell(reading)
                }
            }
            if let interval { stop.sleep(interval, time: time) }
        } while interval != nil && !stop.isRaised
    }

    /// Reads the range, in as many requests as it takes.
    private func take(_ range: RegisterRange, of unit: UnitID) throws(ProbeFailure) -> RawReading {
        var reading = RawReading(unit: unit, range: range, endpoint: bus.endpoint, exchanges: [])
        for request in RawRead.requests(for: range) {
            let exchange = try bus.exchange(ProbeRequest(unit: unit, range: request, timing: read.timing))
            reading.exchanges.append(exchange)
            if exchange.error != nil { break }
        }
        return reading
    }
}
