import Domain
import Glibc

extension ModbusBus {
    /// One request on a shared line and its reply.
    func exchangeOnLine(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError.Kind) -> RegisterBlock {
        try open(timing)
        let request = ReadRequest(range: range, unit: unit, framing: endpoint.framing)
        request.write(into: &sent)
        let began = try send(request, timing)
        let deadline = began + timing.replyTime + wireTime(of: request)
        missing = nil
        // A value that the reply does not begin with, so that a broken-off reply can be distinguished from none.
        let filler = endpoint.framing == .ascii ? 0 : ~unit.number
        for index in received.indices { received[index] = filler }
        let outcome = port?.receive(into: &received, within: deadline - time.uptime())
        let (reply, strays) = judged(outcome ?? .failed(.portLost), filler: filler, of: request, until: deadline)
        let arrived = time.uptime()
        counters.strayBytes += strays.count
        counters.busy += arrived - began
        counters.bytesReceived += strays.count + reply.count
        if reply.count > 0 {
            trace?(BusExchange.Frame(.received, strays + received.prefix(reply.count), at: arrived))
        }
        line?.ended(range, of: unit, by: reply.flaw, beginsRight: reply.beginsRight, at: arrived, timing: timing)
        if reply.flaw?.isAnswer ?? true { counters.latency.add(from: began, to: arrived) }
        if let flaw = reply.flaw {
            if flaw.closesPort { port = nil }
            if flaw == .timeout { missing = request }
            throw flaw
        }
        counters.replies += 1
        return RegisterBlock(range: range, words: request.words(in: reply.decoded ?? received), arrived: arrived)
    }

    /// Judges what has come, and looks for a right reply behind stray bytes.
    private func judged(
        _ outcome: LineReception,
        filler: UInt8,
        of request: ReadRequest,
        until deadline: Uptime
    ) -> (reply: LineReply, strays: [UInt8]) {
        if request.framing == .ascii {
            return (LineReply(ascii: outcome, in: received, to: request, sent: sent), [])
        }
        var reply = RTUReply(outcome, in: received, filler: filler, to: request, sent: sent)
        var strays: [UInt8] = []
        var come = reply.read(of: received)
        if let flaw = reply.flaw, flaw.mayBeShifted, let found = searched(for: request, &come, until: deadline) {
            strays = Array(received.prefix(found.start))
            received.replaceSubrange(0..<found.length, with: Array(received[found.start..<found.end]))
            reply = RTUReply(.frame(found.length), in: received, filler: filler, to: request, sent: sent)
        }
        if let flaw = reply.flaw, flaw.mayBeShifted || flaw == .echo, endpoint.serialPath == nil {
            gather(&come, to: sent.count, until: deadline)
            if MBAPFrame.begins(received), !received.starts(with: sent.prefix(come)) {
                return (LineReply(count: come, flaw: .badFrame(ModbusError.Kind.modbusTCPFrame)), [])
            }
        }
        return (LineReply(reply, in: received, to: request), strays)
    }

    /// Returns where the reply stands behind stray bytes; reads its end where it has not come yet.
    private func searched(
        for request: ReadRequest,
        _ come: inout Int,
        until deadline: Uptime
    ) -> ReplySearch.Place? {
        gather(&come, to: ReplySearch.mostStrays + 3, until: deadline)
        return ReplySearch.candidates(for: request, in: received).first { place in
            gather(&come, to: place.end, until: deadline)
            return ReplySearch.isWhole(place, in: received)
        }
    }

    /// Reads on where only `come` bytes have come, until there are `total` or the frame has ended.
    private func gather(_ come: inout Int, to total: Int, until deadline: Uptime) {
        while come < min(total, received.count) {
            let limit = min(deadline, time.uptime() + Self.longestBreak)
            let more = port?.listen(until: limit, most: total - come, time: time).bytes ?? []
            if more.isEmpty { break }
            received.replaceSubrange(come..<come + more.count, with: more)
            come += more.count
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

    /// Opens the port where it is not open, or where a serial server has closed the connection since.
    private func open(_ timing: ReplyTiming) throws(ModbusError.Kind) {
        if let port, port.isOpen { return }
        port = nil
        port = try endpoint.openLine(until: time.uptime() + connectTimeout, time: time)
        counters.connections += 1
        if endpoint.serialPath == nil { Self.sleep(timing.connectPause) }
    }

    /// How long the request and the whole reply take on the wire.
    private func wireTime(of request: ReadRequest) -> Duration {
        endpoint.lineSettings?.time(characters: Double(request.wireLength)) ?? .zero
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
