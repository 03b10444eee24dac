public import Domain
import Glibc

/// One Modbus bus: a shared line such as a serial port (`ModbusBus+Line.swift`), or a device that has its connection
/// for itself (`ModbusBus+TCP.swift`). Both combine a transport, a framing and, on a line, its discipline.
///
/// Used on one thread at a time. The holder of this object holds the bus, so that a probe can borrow the line between
/// two polls. Over TCP a read can also be made in halves, `ask` and `collect`, so that one thread serves many
/// endpoints. A read returns the right registers or throws; it never returns another request's. These rules ensure
/// that:
///
/// 1. Only reads exist: a request is built from a `RegisterTable`, whose function codes are 1 to 4. A probe may ask who
///    a device is (`IdentityRequest`: 43 with type 14, and 17); nothing else can be expressed.
/// 2. libmodbus 3.1.6 accepts wrong replies, so every byte that can be wrong is checked here: unit, function
///    code, exception shape, byte count; over TCP the transaction id, protocol id and length too. On a serial line
///    libmodbus talks and checks the CRC, and what equals the request is an echo, even where it looks like a reply.
/// 3. No transaction outlives its deadline: the reply time, and on a serial line the wire's own time for the
///    request and the whole reply. It holds for a slave that trickles bytes too. Behind a serial server the wire's time
///    is added where its settings are known.
/// 4. TCP: after any timeout or malformed reply the connection is closed, and the next read makes a new one. Before a
///    request the connection is empty; an unasked byte costs it too. A request that finds its connection
///    closed, without a byte of a reply, is repeated once over a new one (`foundClosed`). A new connection on which
///    nothing was answered yet may carry the very same request again (`ConnectionDiscipline`).
/// 5. RTU has no transaction id: a reply says its unit, function code and length, but neither which request it answers
///    nor which register. So after a request without its reply (a timeout, garbage)
///    - the line rests for `worstReply`, then is flushed: a late reply falls into the silence, and disturbs no request;
///    - until `latestReply` (five times that) has passed, no request is sent whose reply would look like the missing
///      one: such a read throws `distrusted` without a request. A request of another length is allowed: a late reply in
///      place of its own is an error by its byte count. So a late reply to another request is never trusted. A request
///      that meets a late reply misses its own, which is then waited for in the same way; an exception that comes while
///      any reply of the unit is missing may be that missing reply.
///    - Only where the unit's reply came with a wrong checksum, and no other was missing, can no reply come later.
///    - A late reply that falls into the rest resolves this: then nothing is missing any more (`hearLateReply`).
/// 6. Frames on a serial line keep 3.5 characters of silence, and no more, unless the device needs a `requestGap`.
/// 7. A serial port is locked for this process; one that is pulled is closed at once and opened by a later read.
///
/// What remains possible on a serial line, in theory:
/// - A reply later than `latestReply` that meets a request with a reply of the same length is trusted.
/// - So is a second reply to a request that already got one, if it comes while such a request is open.
/// - One wrong reply in 65,536 whose bits were disturbed passes its CRC. Noise that begins with the very three bytes of
///   the reply is taken for the reply.
/// - A reply to a request that another program (or this one, before it was started again) sent just before the port was
///   opened, by the same unit and of the same length.
/// - A right reply that begins with the request's very bytes is taken for an echo: an error, no wrong value.
public final class ModbusBus {
    public let endpoint: ModbusEndpoint
    /// What the bus has done so far.
    public internal(set) var counters = BusCounters()
    /// Called with every frame on the wire, CRC included, and the time it was sent or complete. A broken-off reply may
    /// lack trailing bytes of one certain value: libmodbus does not say how many came.
    public var trace: ((BusExchange.Frame) -> Void)?

    let time: any TimeSource
    let connectTimeout: Duration
    var port: (any LinePort)?
    var line: LineDiscipline?
    /// The last request as it was sent, and on a serial line its reply.
    var sent: [UInt8] = []
    var received: [UInt8] = []
    /// The last request on a line whose reply did not come, while it may still be found.
    var missing: ReadRequest?
    /// Late replies since `takeLateReplies` was called.
    var late: [LateReply] = []
    var link: TCPLink?
    var connection = ConnectionDiscipline()
    /// Whether the last request was given up on a connection that may carry it again.
    var isKept = false
    /// The unanswered requests, in the order of sending.
    var asked: [Asked] = []
    var transaction: UInt16 = 0
    /// How many requests were sent over this connection.
    var timesAsked = 0
    /// Whether the last request found that its connection, good until then, had been closed: the device never saw the
    /// request.
    public internal(set) var foundClosed = false

    /// Does no I/O: the first read opens the port or connects.
    ///
    /// - Parameters:
    ///   - endpoint: where the bus is; its baud rate must be one that Linux names.
    ///   - time: the clock of deadlines, rests and stamps.
    ///   - connectTimeout: for a TCP connection, all addresses of the name together.
    public init(endpoint: ModbusEndpoint, time: any TimeSource, connectTimeout: Duration = .seconds(3)) {
        if let settings = endpoint.lineSettings {
            // libmodbus would silently use 9600 for an unknown rate.
            precondition(SerialSettings.knownBaudRates.contains(settings.baud), "no baud rate \(settings.baud)")
        }
        self.endpoint = endpoint
        self.time = time
        self.connectTimeout = connectTimeout
        if endpoint.isShared {
            // A serial server whose line's settings are unknown keeps the silence itself.
            line = LineDiscipline(silence: endpoint.lineSettings?.silence ?? .zero)
            received = [UInt8](repeating: 0, count: endpoint.framing.longestReply)
        }
        sent.reserveCapacity(12)
    }

    /// The moment until which a serial line rests after a failure; nil when it may be used now. An earlier read waits.
    public var restingUntil: Uptime? { line?.restingUntil(after: time.uptime()) }

    /// Whether such a read would only throw `distrusted` now: on a serial line, its reply could be mistaken for a late
    /// one. A read of another length may be possible.
    ///
    /// - Parameter timing: the timing of the caller's device: for how long a missing reply counts.
    public func isInDoubt(_ range: RegisterRange, unit: UnitID, timing: ReplyTiming) -> Bool {
        if missing != nil, restingUntil == nil { hearLateReply() }
        return line?.isInDoubt(range, of: unit, at: time.uptime(), timing: timing) ?? false
    }

    /// Returns the late replies since the last call: their devices are slower than their timing says.
    public func takeLateReplies() -> [LateReply] {
        if late.isEmpty { return [] }
        defer { late = [] }
        return late
    }

    /// Closes the port or connection; the next read opens it again. What the bus knows about late replies stays.
    public func close() {
        port = nil
        link = nil
    }

    var now: Uptime { time.uptime() }

    /// Listens for unasked bytes on a serial line that is open: a second reply, a late one, another master. They never
    /// become a value.
    ///
    /// - Parameter limit: blocks for that long, or until 512 bytes have come.
    /// - Returns: the bytes, and when the first of them was there.
    public func listen(for limit: Duration) -> (bytes: [UInt8], began: Uptime?) {
        guard line != nil else { return ([], nil) }
        return port?.listen(until: time.uptime() + limit, most: 512, time: time) ?? ([], nil)
    }

    /// Asks one unit for consecutive addresses of one table (function codes 1 to 4).
    ///
    /// Blocks: to connect (TCP: 3 s at most unless set otherwise), for the remaining rest of the line, and until the
    /// reply or its deadline. The deadline over TCP is the reply time; on a serial line the wire time of 8 characters
    /// and the reply is added.
    ///
    /// - Parameters:
    ///   - range: 1...125 registers or 1...2000 bits, within addresses 0...65535.
    ///   - unit: 1...255 on a serial line.
    ///   - timing: the times from the device's profile.
    /// - Returns: a word for each address, stamped when the reply was complete.
    public func read(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError) -> RegisterBlock {
        try naming(range, unit) { () throws(ModbusError.Kind) in
            if line == nil { return try exchangeOverTCP(range, unit: unit, timing: timing) }
            if isInDoubt(range, unit: unit, timing: timing) { throw .distrusted }
            return try exchangeOnLine(range, unit: unit, timing: timing)
        }
    }

    func check(_ range: RegisterRange) {
        precondition(
            (1...range.table.maximumPerRequest).contains(range.count) && range.start >= 0 && range.end <= 65_536,
            "\(range) fits no request"
        )
    }

    /// Counts a request's failure, and names the request in the error.
    func naming<Result>(
        _ range: RegisterRange,
        _ unit: UnitID,
        _ body: () throws(ModbusError.Kind) -> Result
    ) throws(ModbusError) -> Result {
        check(range)
        // At 0 some devices answer whatever their id is; a probe that looks for a lost id asks there.
        precondition(
            unit.number == 0 || endpoint.framing.unitIDs.contains(unit.number),
            "no unit \(unit) on a serial line"
        )
        do throws(ModbusError.Kind) {
            return try body()
        } catch {
            counters.count(error)
            throw ModbusError(kind: error, endpoint: endpoint, unit: unit, range: range)
        }
    }
}
