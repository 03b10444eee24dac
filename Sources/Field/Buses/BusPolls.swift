import Domain
import Installation
import Logging
import Modbus
import Polling
import Platform
import Profiles

/// A bus with its work: carries out what `BusWork` and `Lending` decide, and makes readings from the replies.
///
/// It waits for nothing, except in `lend`: the thread that has the bus asks it for the next request, makes that
/// request, and brings the answer.
///
/// It is a class: a poll touches it some twenty times, and a copy would cost a reference for each of its parts.
final class BusPolls {
    /// What to do next.
    enum Turn {
        case ask(BusWork.Request)
        /// A step is done: ask again, after a check for other work.
        case again
        /// There is nothing to do until then; nil without devices.
        case wait(until: Uptime?)
    }

    let bus: ModbusBus
    let source: ModbusSource
    let context: FieldContext
    let work: BusWork
    var lending: Lending
    /// One for each device, as in `work`.
    private var makers: [ReadingMaker]
    /// How many stray bytes were reported.
    private var strayBytes = 0
    /// How many polls were skipped because the line was busy.
    private var missed = 0

    init(of source: ModbusSource, devices: [Device], in context: FieldContext) {
        self.source = source
        self.context = context
        bus = ModbusBus(endpoint: source.endpoint, time: context.time)
        // A device without registers does not belong on this bus.
        let polled = devices.compactMap { device in device.profile.modbus.map { (device: device, access: $0) } }
        work = BusWork(
            devices: polled,
            isShared: source.endpoint.isShared,
            settings: source.endpoint.lineSettings,
            framing: source.endpoint.framing,
            requestsAtOnce: source.bus.requestsAtOnce,
            gridStart: context.gridStart,
            now: context.time.uptime(),
            isDown: context.sink.isDown
        )
        makers = polled.map { ReadingMaker(device: $0.device, recalling: context.sink.recall) }
        let settling = polled.map(\.access.worstReply).max() ?? .zero
        lending = Lending(mailbox: source.mailbox, at: source.endpoint, settling: settling)
    }

    // MARK: For the thread that has the bus

    /// Returns the next thing to do. Finished polls become readings on the way.
    func next() -> Turn {
        let now = context.time.uptime()
        let turn = work.next(
            now: now,
            isBorrowed: { takenUntil(now) != nil },
            isInDoubt: { bus.isInDoubt($0, unit: $1, timing: $2) }
        )
        switch turn {
        case .ask(let request): return .ask(request)
        case .wait(let until): return .wait(until: until)
        case .report(let tick):
            report(tick)
            return .again
        }
    }

    /// Whether the present poll is complete, and only has to become a reading.
    var isThrough: Bool { work.isThrough }

    /// Whether the bus needs a thread that may block: for a serial line, for a new connection, or for a client's
    /// request.
    var needsThread: Bool {
        source.endpoint.isShared || work.isAsking && bus.socket == nil || source.mailbox.isInUse
    }

    /// Notes that the requests from `next` found their connection closed; they are repeated over a new one.
    func foundClosed() { work.foundClosed() }

    /// Notes how many of the requests from `next` were sent at once.
    func sent(_ requests: Int) { work.sent(requests) }

    /// Takes the reply to the request from `next`, or to the first of several.
    func answered(_ registers: RegisterBlock) {
        if let news = work.answered(registers) { report(news) }
    }

    /// Notes that the request from `next` has failed, or the first of several.
    func failed(_ error: ModbusError) {
        if let news = work.failed(error, now: context.time.uptime(), isFresh: bus.keepsConnection) { report(news) }
    }

    // MARK: For the sink and the log

    private func report(_ tick: BusWork.Tick) {
        for late in bus.takeLateReplies() {
            if let news = work.cameLate(late) { report(news) }
        }
        for news in tick.news { report(news) }
        reportStrays(tick.device)
        missed += tick.missed
        switch tick.content {
        case .values(let poll): accept(poll)
        case .nothing(let reason):
            let stamp = context.time.stamp()
            let reading = makers[tick.device].reading(unknown: reason, stamp: stamp, missed: tick.missed)
            context.sink.accept(reading, remembering: nil, since: nil)
        }
        showState()
    }

    private func accept(_ poll: DevicePoll) {
        guard let first = poll.firstArrival else { return }
        let spread = poll.lastArrival.map { $0 - first } ?? .zero
        let reading = makers[poll.index].reading(
            poll.raw,
            stamp: context.time.stamp(at: first),
            missed: poll.missed,
            spread: spread > .seconds(1) ? spread : nil
        )
        context.sink.accept(reading, remembering: makers[poll.index].remembering, since: nil)
        context.log(makers[poll.index].news.take(reading), of: makers[poll.index].device)
    }

    private func report(_ news: BusWork.News) {
        switch news {
        case .busFailed(let error):
            var metadata: Logger.Metadata = ["bus": "\(source.id)", "error": "\(error)"]
            if error.kind == .portBusy, let holder = FileHolder.all(of: error.endpoint.place).first {
                metadata["holder"] = "\(holder)"
            }
            context.log.warning("bus failed", metadata: metadata)
        case .busIsBack: context.log.notice("bus is back", metadata: ["bus": "\(source.id)"])
        case .takesFewer(let index, let requests):
            warn(
                "device takes fewer requests at once and is asked so from now on: lower requests_at_once of its bus",
                index,
                ["bus": "\(source.id)", "takes": "\(requests)"]
            )
        case .refuses(let index, let registers):
            warn("device refuses registers; they rest and are tried again", index, ["registers": "\(registers)"])
        case .learned(device: let index, .takesAtMost(registers: let registers)):
            warn(
                "device answers no longer request and is asked for fewer registers from now on: lower max_registers",
                index,
                ["registers": "\(registers)"]
            )
        case .learned(device: let index, .rests(let registers)):
            warn(
                "device is silent about registers, although it answers others; they rest: check manual, request_gap",
                index,
                ["registers": "\(registers)"]
            )
        case .needsGap(let index, let gap):
            warn(
                "device hears no request right after its reply and gets a pause from now on: write request_gap",
                index,
                ["request_gap": "\(gap.wholeMilliseconds)ms"]
            )
        case .isSlow(let index, let replyTime):
            warn(
                "device answers late and gets more time from now on: write reply_time",
                index,
                ["reply_time": "\(replyTime.wholeMilliseconds)ms"]
            )
        case .lacksModels(device: let index, wanted: let wanted, has: let has):
            warn(
                "device lacks SunSpec models of its profile",
                index,
                ["lacks": "\(Self.list(wanted))", "has": "\(Self.list(has))"]
            )
        case .health(let index, let change): report(change, of: makers[index].device)
        }
    }

    private func warn(_ message: Logger.Message, _ device: Int, _ metadata: Logger.Metadata) {
        context.log.warning(message, metadata: metadata.merging(["device": "\(makers[device].device.id)"]) { $1 })
    }

    private static func list(_ models: [Int]) -> String {
        models.isEmpty ? "none" : models.map(String.init).joined(separator: " ")
    }

    private func reportStrays(_ device: Int) {
        let new = bus.counters.strayBytes - strayBytes
        guard new > 0 else { return }
        strayBytes += new
        warn(
            "stray bytes before replies were dropped: check termination, bias and the adapter's direction switch",
            device,
            ["bytes": "\(new)"]
        )
    }

    private func report(_ change: DeviceHealth.Change, of device: Device) {
        context.sink.accept(change, of: device, stamp: context.time.stamp())
        switch change {
        case .down(let reason, let detail):
            let words: Logger.Message = reason.isDevicesOwnException ? "device refuses everything" : "device is silent"
            context.log.warning(words, metadata: ["device": "\(device.id)", "error": "\(detail ?? "")"])
        case .up: context.log.notice("device answers again", metadata: ["device": "\(device.id)"])
        }
    }

    private func showState() {
        var snapshot = SourceSnapshot()
        snapshot.connected = work.retry == nil
        snapshot.error = work.retry?.error.description
        snapshot.failure = work.retry.map { .bus($0.error) }
        snapshot.take(bus.counters)
        snapshot.load = work.load.share
        snapshot.missed = missed
        source.show(snapshot)
    }
}

extension SourceSnapshot {
    fileprivate mutating func take(_ counters: BusCounters) {
        requests = counters.requests
        timeouts = counters.timeouts
        crcErrors = counters.crcErrors
        exceptions = counters.exceptions
        otherErrors = counters.badFrames + counters.foreign + counters.connectionFailures
        busy = counters.busy
        latency = counters.latency
    }
}
