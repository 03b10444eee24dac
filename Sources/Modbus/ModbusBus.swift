public import Domain
import Glibc

/// One Modbus bus: a serial line, or a TCP endpoint.
///
/// Made and used on one thread; holding it is holding the bus, so that a probe can borrow the line between two polls.
/// A read returns the right registers or throws; it never returns another request's. What makes that so:
///
/// 1. Only reads exist: a request is built from a `RegisterTable`, whose function codes are 1 to 4.
/// 2. Every byte of a reply that can be wrong is checked here, since libmodbus 3.1.6 accepts wrong ones: unit, function
///    code, exception shape, byte count; over TCP the transaction id, protocol id and length too. On a serial line
///    libmodbus checks the CRC, and what equals the request is an echo, even where it looks like a reply.
/// 3. No transaction outlives its deadline: the reply time, and on a serial line the wire's own time for the
///    request and the whole reply. It holds for a slave that trickles bytes too.
/// 4. TCP: after any timeout or malformed reply the connection is closed, and the next read makes a new one. Before a
///    request the connection is empty; a byte that nobody asked for costs it too.
/// 5. RTU has no transaction id: a reply says its unit, function code and length, but neither which request it answers nor
///    which register. So after a request without its reply (a timeout, garbage)
///    - the line rests for `worstReply`, then is flushed: a late reply falls into the silence, and disturbs nobody;
///    - until `latestReply` (five times that) has passed, nothing is asked whose reply would look like the missing one:
///      such a read throws `distrusted` without a request. One of another length is free, and a late reply in its place is
///      an error by its byte count. So what is believed never is a late reply to another request. A request that meets
///      a late reply misses its own, which is then waited for alike; an exception that comes while any reply
///      of the unit is missing may be that one's.
///    - Only where the unit's reply came with a wrong checksum, and none other was missing, can none come later.
/// 6. Frames on a serial line keep 3.5 characters of silence, and no more.
/// 7. A serial port is locked for this process; one that is pulled is closed at once and opened by a later read.
///
/// What stays possible on a serial line, in theory:
/// - A reply later than `latestReply` that meets a request with a reply of the same length is believed.
/// - So is a second reply to a request that already got one, if it comes while such a request is open.
/// - One wrong reply in 65,536 whose bits were disturbed passes its CRC. Noise that begins with the very three bytes of the
///   reply is taken for the reply.
/// - A reply to a request that another program (or this one, before it was started again) sent just before the port was
///   opened, by the same unit and of the same length.
/// - A right reply that begins with the request's very bytes is taken for an echo: an error, no wrong value.
public final class ModbusBus {
    public enum Direction: Sendable {
        case sent
        case received
    }

    public let endpoint: ModbusEndpoint
    /// What the bus has done so far.
    public private(set) var counters = BusCounters()
    /// Sees every frame as it was on the wire, CRC included, with the time it was sent or complete. Of a reply that
    /// broke off, trailing bytes of one certain value may be missing: libmodbus does not say how many came.
    public var trace: ((Direction, [UInt8], Uptime) -> Void)?

    private let time: any TimeSource
    private let connectTimeout: Duration
    private var connection: Connection?
    private var line: LineDiscipline?
    private var transaction: UInt16 = 0
    private var sent: [UInt8] = []
    private var received = [UInt8](repeating: 0, count: ReadRequest.longestFrame)

    /// Does no I/O: the first read opens the port or connects.
    ///
    /// - Parameters:
    ///   - endpoint: where the bus is; the baud rate one that Linux names.
    ///   - time: the clock of deadlines, rests and stamps.
    ///   - connectTimeout: for a TCP connection, all addresses of the name together.
    public init(endpoint: ModbusEndpoint, time: any TimeSource, connectTimeout: Duration = .seconds(3)) {
        if case .serial(_, let settings) = endpoint {
            // libmodbus would take 9600 for a rate it does not know, without a word.
            precondition(SerialSettings.knownBaudRates.contains(settings.baud), "no baud rate \(settings.baud)")
        }
        self.endpoint = endpoint
        self.time = time
        self.connectTimeout = connectTimeout
        if case .serial(_, let settings) = endpoint { line = LineDiscipline(silence: settings.silence) }
        sent.reserveCapacity(12)
    }

    /// Until when a serial line rests after a failure; nil when it may be used now. A read before then waits.
    public var restingUntil: Uptime? { line?.restingUntil(after: time.uptime()) }

    /// Whether such a read would only throw `distrusted` now: its reply could not be told from a late one, on a serial line.
    /// A read of another length may be possible.
    ///
    /// - Parameter timing: of whoever would read: for how long a missing reply is reckoned with.
    public func isInDoubt(_ range: RegisterRange, unit: UnitID, timing: ReplyTiming) -> Bool {
        line?.isInDoubt(range, of: unit, at: time.uptime(), timing: timing) ?? false
    }

    /// Closes the port or connection; the next read opens it again. What the bus knows of late replies stays.
    public func close() { connection = nil }

    var now: Uptime { time.uptime() }

    /// Hears what comes without being asked for, on a serial line that is open: a second reply, a late one, another
    /// master. Nothing of it is ever taken for a value.
    ///
    /// - Parameter limit: blocks for that long, or until 512 bytes have come.
    /// - Returns: the bytes, and when the first of them was there.
    public func listen(for limit: Duration) -> (bytes: [UInt8], began: Uptime?) {
        guard line != nil else { return ([], nil) }
        return connection?.listen(until: time.uptime() + limit, time: time) ?? ([], nil)
    }

    /// Asks one unit for consecutive addresses of one table (function codes 1 to 4).
    ///
    /// Blocks: to connect (TCP: 3 s at most unless said otherwise), for what is left of the line's rest, and until the
    /// reply or its deadline. The deadline over TCP is the reply time; on a serial line the time on the wire of
    /// 8 characters and the reply is added.
    ///
    /// - Parameters:
    ///   - range: 1...125 registers or 1...2000 bits, within addresses 0...65535.
    ///   - unit: 1...247 on a serial line.
    ///   - timing: what the device's profile says.
    /// - Returns: a word for each address, stamped when the reply was complete.
    public func read(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError) -> RegisterBlock {
        precondition(
            (1...range.table.maximumPerRequest).contains(range.count) && range.start >= 0 && range.end <= 65_536,
            "\(range) fits no request"
        )
        precondition(line == nil || (1...247).contains(unit.number), "no unit \(unit) on a serial line")
        do throws(ModbusError.Kind) {
            if isInDoubt(range, unit: unit, timing: timing) { throw .distrusted }
            let reply = try exchange(range, unit: unit, timing: timing)
            return RegisterBlock(range: range, words: reply.request.words(in: received), arrived: reply.arrived)
        } catch {
            counters.count(error)
            throw ModbusError(kind: error, endpoint: endpoint, unit: unit, range: range)
        }
    }

    private struct Reply {
        var request: ReadRequest
        var arrived: Uptime
    }

    /// One request and its reply, which is left in `received`.
    private func exchange(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError.Kind) -> Reply {
        try connect()
        let framing: Framing
        if line == nil {
            transaction &+= 1
            framing = .tcp(transaction: transaction)
        } else {
            framing = .rtu
        }
        let request = ReadRequest(range: range, unit: unit, framing: framing)
        request.write(into: &sent)
        let began = try send(request)
        let deadline = began + timing.replyTime + wireTime(of: request)
        // A value that the reply does not begin with, so that a reply that breaks off can be told from none.
        let filler = line == nil ? ~sent[0] : ~unit.number
        for index in received.indices { received[index] = filler }
        let outcome = connection?.receive(into: &received, within: deadline - time.uptime())
        let arrived = time.uptime()
        counters.busy += arrived - began
        let (count, flaw) = judge(outcome ?? .failed(.closedByPeer), request: request, filler: filler)
        counters.bytesReceived += count
        if count > 0 { trace?(.received, Array(received.prefix(count)), arrived) }
        switch flaw {
        case nil:
            counters.replies += 1
            line?.frameEnded(at: arrived)
            return Reply(request: request, arrived: arrived)
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
            if line == nil || flaw.closesPort { connection = nil }
            throw flaw
        }
    }

    private func isMissingReplies(of unit: UnitID, at now: Uptime, timing: ReplyTiming) -> Bool {
        line?.isInDoubt(unit, at: now, timing: timing) ?? false
    }

    /// How many bytes came, and what is wrong with them.
    private func judge(
        _ outcome: Connection.Received,
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
            flaw = .badFrame("it broke off after \(count) of \(request.replyLength) bytes")
        case .failed(let kind):
            flaw = kind
        }
        // libmodbus stops at what it takes for a whole reply (five bytes at least), so an echo may be seen in part. A
        // right reply begins like its request only where its byte count and data repeat the address and count.
        let isEcho = request.framing == .rtu && count >= 5 && received.starts(with: sent.prefix(count))
        return (count, isEcho ? .echo : flaw)
    }

    private func send(_ request: ReadRequest) throws(ModbusError.Kind) -> Uptime {
        do throws(ModbusError.Kind) {
            if let free = line?.freeFrom {
                Self.sleep(free - time.uptime())
            }
            if line != nil { try connection?.flush() }
            let now = time.uptime()
            try connection?.send(sent, unit: request.unit)
            counters.requests += 1
            counters.bytesSent += sent.count
            trace?(.sent, sent, now)
            return now
        } catch {
            connection = nil
            throw error
        }
    }

    private func connect() throws(ModbusError.Kind) {
        if let quiet = connection?.isQuiet, line == nil, !quiet { connection = nil }
        if connection != nil { return }
        switch endpoint {
        case .serial(let path, let settings): connection = try .serial(path: path, settings: settings)
        case .tcp(let host, let port):
            let deadline = time.uptime() + connectTimeout
            connection = try .tcp(host: host, port: port, deadline: deadline, time: time)
        }
        counters.connections += 1
    }

    /// The request's and the whole reply's time on the wire.
    private func wireTime(of request: ReadRequest) -> Duration {
        guard case .serial(_, let settings) = endpoint else { return .zero }
        return settings.time(characters: Double(8 + request.replyLength))
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
