package import Control
package import Diagnosing
package import Domain
import Glibc
package import Modbus
import Platform

/// A bus that a running daemon has open: the daemon asks for the probe, on the bus' own thread, between two polls.
package final class BorrowedBus: ProbeBus {
    /// Makes the probe wait for a line that another probe has, instead of giving up.
    package struct Waiting: Sendable {
        let stop: StopFlag
        let time: any TimeSource
        let tell: @Sendable (LineHolder) -> Void

        /// - Parameters:
        ///   - stop: ends the waiting.
        ///   - tell: called once, with who has the line.
        package init(stop: StopFlag, time: any TimeSource, tell: @escaping @Sendable (LineHolder) -> Void) {
            self.stop = stop
            self.time = time
            self.tell = tell
        }
    }

    package let endpoint: ModbusEndpoint
    package private(set) var counters = BusCounters()
    private let client: ControlClient
    private let bus: String
    /// When nil, a line that another probe has is a failure.
    package var waiting: Waiting?
    private var hasTold = false

    /// - Parameters:
    ///   - client: used by this bus only; it answers one question after the other.
    ///   - bus: its id in the daemon's configuration.
    ///   - endpoint: where the daemon has the bus; the daemon refuses another place.
    package init(client: ControlClient, bus: String, endpoint: ModbusEndpoint, waiting: Waiting? = nil) {
        self.waiting = waiting
        self.client = client
        self.bus = bus
        self.endpoint = endpoint
    }

    /// The daemon knows how its last polls ended.
    package func othersAnswer(besides device: String?) -> Bool? {
        // Without a status nothing is known, and the probe goes on without it.
        guard let status = try? client.status() else { return nil }
        let others = status.devices.filter { $0.bus == bus && $0.id != device }.compactMap(\.answering)
        return others.isEmpty ? nil : others.contains(true)
    }

    package func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        let read = BorrowedRead(
            bus: bus,
            endpoint: endpoint.description,
            unit: request.unit,
            range: request.range,
            replyTime: request.timing.replyTime,
            worstReply: request.timing.worstReply,
            listen: request.listen,
            patience: request.patience
        )
        // The daemon's polls go first, and the line may need a rest and a resynchronisation before.
        let limit =
            request.timing.replyTime * 3 + request.timing.worstReply * 2 + request.listen + request.patience
            + .seconds(60)
        let answer = try ask(ControlRequest.borrow(read), within: limit)
        let exchange = try ProbeExchange(request, answer.exchange, at: endpoint)
        count(exchange)
        return exchange
    }

    /// Does nothing: the port stays the daemon's.
    package func close() {}

    /// Makes the daemon close its port, so that this process may open it, until `release` or until this client ends.
    package func take() throws(ProbeFailure) { _ = try ask("\(ControlRequest.take) \(bus)", within: .seconds(60)) }

    package func release() throws(ProbeFailure) {
        _ = try ask("\(ControlRequest.release) \(bus)", within: .seconds(60))
    }

    private func ask(_ request: String, within limit: Duration) throws(ProbeFailure) -> BorrowedAnswer {
        while true {
            let answer = try askOnce(request, within: limit)
            guard let words = answer.refused else { return answer }
            guard let holder = holder(answer) else {
                throw answer.refusal.map { .refusedFor($0.rawValue, about: answer.about ?? []) } ?? .refused(words)
            }
            guard let waiting, !waiting.stop.isRaised else { throw .busy(holder) }
            if !hasTold { waiting.tell(holder) }
            hasTold = true
            waiting.stop.sleep(.milliseconds(500), time: waiting.time)
        }
    }

    /// Returns the present holder of the line; nil when the daemon will never lend it for this, or when a daemon of an
    /// older version does not say.
    private func holder(_ answer: BorrowedAnswer) -> LineHolder? {
        func clock(_ milliseconds: Int64) -> String {
            LocalTime.clock(at: Instant(millisecondsSince1970: milliseconds))
        }
        if let free = answer.freeFrom { return .polls(bus: bus, until: clock(free)) }
        guard let holder = answer.holder else { return nil }
        return .probe(bus: bus, user: holder.user, process: holder.processName, since: clock(holder.since))
    }

    private func askOnce(_ request: String, within limit: Duration) throws(ProbeFailure) -> BorrowedAnswer {
        let line: [UInt8]
        do throws(SystemError) {
            line = try client.ask(request, within: limit)
        } catch {
            throw error.code == EBUSY ? .crowded : .lost("\(error)")
        }
        // A daemon of an older version answers every other request with an error of its own.
        guard let answer = try? BorrowedAnswer(json: line) else {
            throw .otherVersion
        }
        return answer
    }

    private func count(_ exchange: ProbeExchange) {
        for frame in exchange.frames {
            if frame.direction == .sent {
                counters.requests += 1
                counters.bytesSent += frame.bytes.count
            } else {
                counters.bytesReceived += frame.bytes.count
            }
        }
        counters.busy += exchange.latency
        if let error = exchange.error { counters.count(error.kind) } else { counters.replies += 1 }
    }
}
