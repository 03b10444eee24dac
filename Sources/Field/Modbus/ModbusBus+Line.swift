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
        let began = try send(request, timing)
        let deadline = began + timing.replyTime + wireTime(of: request)
        missing = nil
        // A value that the reply does not begin with, so that a broken-off reply can be distinguished from none.
        let filler = ~unit.number
        for index in received.indices { received[index] = filler }
        let outcome = port?.receive(into: &received, within: deadline - time.uptime())
        var reply = RTUReply(
            outcome ?? .failed(.portLost),
            in: received,
            filler: filler,
            to: request,
            sent: sent
        )
        var strays: [UInt8] = []
        if let flaw = reply.flaw, flaw.mayBeShifted, let found = searched(for: request, reply, until: deadline) {
            strays = Array(received.prefix(found.start))
            received.replaceSubrange(0..<found.length, with: Array(received[found.start..<found.end]))
            reply = RTUReply(.frame(found.length), in: received, filler: filler, to: request, sent: sent)
            counters.strayBytes += strays.count
        }
        let arrived = time.uptime()
        counters.busy += arrived - began
        counters.bytesReceived += strays.count + reply.count
        if reply.count > 0 {
            trace?(BusExchange.Frame(.received, strays + received.prefix(reply.count), at: arrived))
        }
        let beginsRight = received.starts(with: request.replyHead)
        line?.ended(range, of: unit, by: reply.flaw, beginsRight: beginsRight, at: arrived, timing: timing)
        if let flaw = reply.flaw {
            if flaw.closesPort { port = nil }
            if flaw == .timeout { missing = request }
            throw flaw
        }
        counters.replies += 1
        return RegisterBlock(range: range, words: request.words(in: received), arrived: arrived)
    }

    /// Returns where the reply stands behind stray bytes; reads its end where it has not come yet.
    private func searched(for request: ReadRequest, _ reply: RTUReply, until deadline: Uptime) -> ReplySearch.Place? {
        var come = reply.read(of: received)
        func gather(_ total: Int) {
            while come < min(total, received.count) {
                let limit = min(deadline, time.uptime() + Self.longestBreak)
                let more = port?.listen(until: limit, most: total - come, time: time).bytes ?? []
                if more.isEmpty { return }
                received.replaceSubrange(come..<come + more.count, with: more)
                come += more.count
            }
        }
        gather(ReplySearch.mostStrays + 3)
        return ReplySearch.candidates(for: request, in: received).first { place in
            gather(place.end)
            return ReplySearch.isWhole(place, in: received)
        }
    }

    /// A frame has no longer break within it, even through a USB adapter that collects bytes.
    private static let longestBreak = Duration.milliseconds(50)

    /// Looks for the reply to the last failed request among what came while the line rested. It becomes no value; but
    /// nothing more is missing, and the device is known to be slow.
    func hearLateReply() {
        guard let request = missing, let port else { return }
        missing = nil
        let heard = port.listen(until: time.uptime(), most: 512, time: time).bytes
        guard ReplySearch.find(request, in: heard) != nil else { return }
        line?.cameLate(request.range, of: request.unit)
        late.append(LateReply(unit: request.unit, after: nil))
    }

    private func send(_ request: ReadRequest, _ timing: ReplyTiming) throws(ModbusError.Kind) -> Uptime {
        do throws(ModbusError.Kind) {
            if let free = line?.freeFrom(gap: timing.requestGap) {
                Self.sleep(free - time.uptime())
            }
            hearLateReply()
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

    static func sleep(_ duration: Duration) {
        if duration <= .zero { return }
        let nanoseconds = Int(duration.wholeNanoseconds)
        var asked = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
        var left = asked
        // An interrupted sleep continues with the remaining time.
        while clock_nanosleep(CLOCK_MONOTONIC, 0, &asked, &left) == EINTR { asked = left }
    }
}

extension ModbusError.Kind {
    /// Whether a right reply may stand behind stray bytes in what came.
    fileprivate var mayBeShifted: Bool {
        switch self {
        case .crc, .badFrame, .foreignReply: true
        default: false
        }
    }

    /// Whether the path to the line itself failed and must be opened again.
    fileprivate var closesPort: Bool {
        switch self {
        case .portLost, .portFailed, .closedByPeer, .tcpFailed, .tcpUnreachable: true
        default: false
        }
    }
}
