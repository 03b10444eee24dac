import Domain
import Glibc

extension ModbusBus {
    /// One request on a serial line and its reply.
    func exchangeOverSerial(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError.Kind) -> RegisterBlock {
        try open()
        let request = ReadRequest(range: range, unit: unit, framing: .rtu)
        request.write(into: &sent)
        let began = try send(request)
        let deadline = began + timing.replyTime + wireTime(of: request)
        // A value that the reply does not begin with, so that a reply that breaks off can be told from none.
        let filler = ~unit.number
        for index in received.indices { received[index] = filler }
        let outcome = port?.receive(into: &received, within: deadline - time.uptime())
        let arrived = time.uptime()
        counters.busy += arrived - began
        let (count, flaw) = judge(outcome ?? .failed(.portLost), request: request, filler: filler)
        counters.bytesReceived += count
        if count > 0 { trace?(BusExchange.Frame(.received, Array(received.prefix(count)), at: arrived)) }
        switch flaw {
        case nil:
            counters.replies += 1
            line?.frameEnded(at: arrived)
            return RegisterBlock(range: range, words: request.words(in: received), arrived: arrived)
        case .exception(let code):
            line?.frameEnded(at: arrived)
            // It may be the late answer to an earlier request; then this one's own is still to come.
            if isMissingReplies(of: unit, at: arrived, timing: timing) {
                line?.mayStillCome(range, of: unit, at: arrived)
            }
            throw .exception(code)
        case .some(let flaw):
            let hasCome =
                flaw == .crc && received.starts(with: request.replyHead)
                && !isMissingReplies(of: unit, at: arrived, timing: timing)
            line?.failed(range, of: unit, at: arrived, timing: timing, hasCome: hasCome)
            if flaw.closesPort { port = nil }
            throw flaw
        }
    }

    private func isMissingReplies(of unit: UnitID, at now: Uptime, timing: ReplyTiming) -> Bool {
        line?.isInDoubt(unit, at: now, timing: timing) ?? false
    }

    /// How many bytes came, and what is wrong with them.
    private func judge(
        _ outcome: SerialPort.Received,
        request: ReadRequest,
        filler: UInt8
    ) -> (count: Int, flaw: ModbusError.Kind?) {
        var count = (received.lastIndex { $0 != filler } ?? -1) + 1
        var flaw: ModbusError.Kind?
        switch outcome {
        case .frame(let length):
            count = length
            flaw = request.flaw(in: received, count: length)
        case .unchecked:
            count = ReadRequest.rtuLength(of: received)
            // Over a frame and its CRC, low byte first, the CRC is zero.
            flaw = ReadRequest.crc(received, count: count) == 0 ? .foreignReply(UnitID(received[0])) : .crc
        case .failed(.timeout) where count > 0:
            flaw = .brokeOff(after: count, of: request)
        case .failed(let kind):
            flaw = kind
        }
        // libmodbus stops at what it takes for a whole reply (five bytes at least), so an echo may be seen in part. A
        // right reply begins like its request only where its byte count and data repeat the address and count.
        let isEcho = count >= 5 && received.starts(with: sent.prefix(count))
        return (count, isEcho ? .echo : flaw)
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
        guard port == nil, case .serial(let path, let settings) = endpoint.transport else { return }
        port = try .open(path: path, settings: settings)
        counters.connections += 1
    }

    /// The request's and the whole reply's time on the wire.
    private func wireTime(of request: ReadRequest) -> Duration {
        endpoint.serialSettings?.time(characters: Double(8 + request.replyLength)) ?? .zero
    }

    private static func sleep(_ duration: Duration) {
        if duration <= .zero { return }
        let nanoseconds = Int(duration.wholeNanoseconds)
        var asked = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
        var left = asked
        // An interrupted sleep goes on with what is left.
        while clock_nanosleep(CLOCK_MONOTONIC, 0, &asked, &left) == EINTR { asked = left }
    }
}

extension ModbusError.Kind {
    /// Whether the serial port itself is at fault and has to be opened anew.
    fileprivate var closesPort: Bool {
        switch self {
        case .portLost, .portFailed: true
        default: false
        }
    }
}
