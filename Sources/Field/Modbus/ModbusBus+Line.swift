import Domain
import Glibc

extension ModbusBus {
    /// One request on a shared line and its reply.
    func exchangeOnLine(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError.Kind) -> RegisterBlock {
        try open()
        let request = ReadRequest(range: range, unit: unit, framing: .rtu)
        request.write(into: &sent)
        let began = try send(request)
        let deadline = began + timing.replyTime + wireTime(of: request)
        // A value that the reply does not begin with, so that a broken-off reply can be distinguished from none.
        let filler = ~unit.number
        for index in received.indices { received[index] = filler }
        let outcome = port?.receive(into: &received, within: deadline - time.uptime())
        let arrived = time.uptime()
        counters.busy += arrived - began
        let reply = RTUReply(
            outcome ?? .failed(.portLost),
            in: received,
            filler: filler,
            to: request,
            sent: sent
        )
        counters.bytesReceived += reply.count
        if reply.count > 0 {
            trace?(BusExchange.Frame(.received, Array(received.prefix(reply.count)), at: arrived))
        }
        let beginsRight = received.starts(with: request.replyHead)
        line?.ended(range, of: unit, by: reply.flaw, beginsRight: beginsRight, at: arrived, timing: timing)
        if let flaw = reply.flaw {
            if flaw.closesPort { port = nil }
            throw flaw
        }
        counters.replies += 1
        return RegisterBlock(range: range, words: request.words(in: received), arrived: arrived)
    }

    private func send(_ request: ReadRequest) throws(ModbusError.Kind) -> Uptime {
        do throws(ModbusError.Kind) {
            if let free = line?.freeFrom {
                Self.sleep(free - time.uptime())
            }
            try port?.flush()
            let now = time.uptime()
            try port?.send(sent, unit: request.unit)
            noteSent(at: now)
            return now
        } catch {
            port = nil
            throw error
        }
    }

    private func open() throws(ModbusError.Kind) {
        guard port == nil else { return }
        port = try endpoint.openLine()
        counters.connections += 1
    }

    /// How long the request and the whole reply take on the wire.
    private func wireTime(of request: ReadRequest) -> Duration {
        endpoint.serialSettings?.time(characters: Double(8 + request.replyLength)) ?? .zero
    }

    private static func sleep(_ duration: Duration) {
        if duration <= .zero { return }
        let nanoseconds = Int(duration.wholeNanoseconds)
        var asked = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
        var left = asked
        // An interrupted sleep continues with the remaining time.
        while clock_nanosleep(CLOCK_MONOTONIC, 0, &asked, &left) == EINTR { asked = left }
    }
}

extension ModbusError.Kind {
    /// Whether the path to the line itself failed and must be opened again.
    fileprivate var closesPort: Bool {
        switch self {
        case .portLost, .portFailed, .closedByPeer, .tcpFailed, .tcpUnreachable: true
        default: false
        }
    }
}
