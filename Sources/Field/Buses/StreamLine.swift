import Domain
import Glibc
import Installation
import Logging
import Modbus
import Platform
import Profiles

/// One line on which a device sends text, as its thread works on it: the port, the question that is open, and when
/// something must be done although nothing comes.
struct StreamLine {
    private let endpoint: StreamEndpoint
    private let bus: String
    private let context: FieldContext
    private var device: StreamedDevice
    private var port: StreamPort?
    private var failure: ModbusError?
    /// How many openings in a row have failed.
    private var failedOpenings = 0
    private var opensAt: Uptime
    /// When a byte last came, the device was asked, or the port was opened.
    private var heardAt: Uptime
    /// When a byte last came, or the port was opened.
    private var lastByteAt: Uptime
    /// Until when an answer is waited for; nil where no question is open.
    private var answerUntil: Uptime?
    private var hasToldSilence = false

    /// After so long without a byte, what has come is all. A network may hold bytes up for longer than a wire.
    private var silence: Duration { endpoint.serialPath == nil ? .milliseconds(1_500) : .milliseconds(300) }

    init(endpoint: StreamEndpoint, device: StreamedDevice, context: FieldContext, bus: String) {
        self.endpoint = endpoint
        self.bus = bus
        self.context = context
        self.device = device
        opensAt = context.time.uptime()
        heardAt = opensAt
        lastByteAt = opensAt
    }

    /// How long the next turn may take: a name's resolution and a connection need their time.
    var longestTurn: Duration { port == nil ? .seconds(45) : .seconds(15) }

    // MARK: One turn

    /// Waits until something comes or is due, and does it.
    mutating func turn(wake: PollFlag?) {
        var now = context.time.uptime()
        if port == nil, opensAt <= now {
            open()
            now = context.time.uptime()
        }
        if isReadable(until: nextDue, now: now, wake: wake) { read() }
        now = context.time.uptime()
        if port != nil, !hasToldSilence, now - heardAt >= silence {
            hasToldSilence = true
            if device.fellSilent(at: now) { answerUntil = nil }
        }
        if let until = answerUntil, until <= now {
            answerUntil = nil
            device.leftUnanswered(at: now)
        }
        let isTick = device.due <= now
        device.tick(
            now: now,
            failure: port == nil ? failure?.reason : nil,
            detail: failure.map { endpoint.words($0.kind) }
        )
        if isTick { ask(at: now) }
        if isTooSilent(now) { lose(.timeout) }
    }

    private var nextDue: Uptime {
        var moments = [device.due, context.time.uptime() + .seconds(1)]
        if port == nil { moments.append(opensAt) }
        if port != nil, !hasToldSilence { moments.append(heardAt + silence) }
        if let answerUntil { moments.append(answerUntil) }
        return moments.min() ?? device.due
    }

    private func isReadable(until deadline: Uptime, now: Uptime, wake: PollFlag?) -> Bool {
        var waited = [
            pollfd(fd: port?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        let left = max(0, (deadline - now).wholeNanoseconds + 999_999) / 1_000_000
        guard poll(&waited, 2, Int32(clamping: left)) > 0 else { return false }
        return waited[0].revents != 0
    }

    // MARK: The port

    private mutating func open() {
        do throws(ModbusError.Kind) {
            port = try StreamPort.open(endpoint, time: context.time)
            let now = context.time.uptime()
            if failure != nil { context.log.notice("bus is back", metadata: ["bus": "\(bus)"]) }
            failure = nil
            (heardAt, lastByteAt) = (now, now)
            hasToldSilence = false
            answerUntil = nil
            device.begins(isAligned: false)
        } catch {
            failed(error)
        }
    }

    private mutating func read() {
        guard let port else { return }
        do throws(ModbusError.Kind) {
            let bytes = try port.read()
            guard !bytes.isEmpty else { return }
            let now = context.time.uptime()
            (heardAt, lastByteAt) = (now, now)
            hasToldSilence = false
            if device.take(bytes, at: now) {
                answerUntil = nil
                failedOpenings = 0
            }
        } catch {
            lose(error)
        }
    }

    private mutating func ask(at now: Uptime) {
        guard let word = device.access.ask, let port, answerUntil == nil else { return }
        do throws(ModbusError.Kind) {
            // An answer to an earlier question is none to this one.
            _ = try port.read()
            device.begins(isAligned: true)
            try port.write(word)
            answerUntil = now + device.access.replyTime
            hasToldSilence = false
            heardAt = max(heardAt, now)
        } catch {
            lose(error)
        }
    }

    /// A connection over which nothing comes may be one whose other end does not know it any more.
    private func isTooSilent(_ now: Uptime) -> Bool {
        guard port != nil, endpoint.serialPath == nil else { return false }
        return now - lastByteAt > max(.seconds(20), device.device.interval * 4)
    }

    private mutating func lose(_ kind: ModbusError.Kind) {
        port = nil
        answerUntil = nil
        failed(kind)
    }

    private mutating func failed(_ kind: ModbusError.Kind) {
        let error = endpoint.failure(kind)
        if failure?.kind != kind {
            var metadata: Logger.Metadata = ["bus": "\(bus)", "error": "\(endpoint.words(kind))"]
            if kind == .portBusy, let holder = FileHolder.all(of: endpoint.place).first {
                metadata["holder"] = "\(holder)"
            }
            context.log.warning("bus failed", metadata: metadata)
        }
        failure = error
        failedOpenings += 1
        opensAt = context.time.uptime() + .seconds(1 << min(failedOpenings - 1, 4))
    }

    /// Ends the work on the line.
    mutating func end() {
        device.end()
        port = nil
    }

    var snapshot: SourceSnapshot {
        var shown = SourceSnapshot()
        shown.connected = port != nil
        shown.error = failure.map { endpoint.words($0.kind) }
        shown.failure = failure.map { .stream($0) }
        shown.requests = device.total.frames
        shown.timeouts = device.timeouts
        shown.crcErrors = device.total.wrongSums
        shown.otherErrors = device.total.damaged - device.total.wrongSums
        return shown
    }
}
