import Decoding
import Domain
import Installation
import Logging
import Modbus
import Platform
import Polling
import Profiles

/// The polls of one bus: who is due, what to ask of them, and what their answers mean. It waits for nothing: whoever has the bus asks
/// it for the next request, makes it, and brings the answer.
///
/// A class: a poll touches it some twenty times, and a copy of it costs a reference for each of its parts.
final class BusPolls {
    /// What to do next.
    enum Turn {
        case ask(Request)
        /// A step is made: ask again, after a look at whatever else there is to do.
        case again
        /// Nothing until then; nil without devices.
        case wait(until: Uptime?)
    }

    struct Request {
        /// To be sent together, and to be answered in this order; one on a serial line.
        var ranges: [RegisterRange]
        var unit: UnitID
        var timing: ReplyTiming
    }

    /// A device of the bus. A class, since a poll touches it often and a copy costs a reference for each of its parts.
    private final class Polled {
        var line: DeviceLine
        let unit: UnitID
        let poll: DevicePoll
        var plan: AdaptivePlan
        let decoder: RegisterDecoder
        let timing: ReplyTiming
        var atOnce: RequestsAtOnce
        /// Why the last poll brought nothing; nil when it brought something.
        var silence: Reason?
        var isDown = false
        /// Whether a block brought silence while others were answered.
        var hasSilentBlock = false

        init(_ device: Device, at index: Int, _ access: ModbusAccess, atOnce: Int, _ system: PollingSystem) {
            self.atOnce = RequestsAtOnce(atOnce)
            let points = device.profile.points
            line = DeviceLine(device: device, journal: system.journal)
            unit = device.unit
            poll = DevicePoll(index: index, points: points.count)
            plan = AdaptivePlan(plan: BlockPlan(points: points, access: access), points: points)
            decoder = RegisterDecoder(points: points)
            timing = ReplyTiming(replyTime: access.replyTime, worstReply: access.worstReply)
            isDown = system.intake.isDown(device.id)
        }
    }

    let bus: ModbusBus
    private let poller: BusPoller
    private let system: PollingSystem
    private var schedule: PollSchedule
    private var devices: [Polled]
    private var current: DevicePoll?
    /// The port or the connection as a whole failed: nobody is asked before then.
    private var retry: (at: Uptime, failures: Int, error: ModbusError)?
    private var load: LoadMeter
    private var lending: Lending

    init(poller: BusPoller, devices: [Device], gridStart: Uptime, system: PollingSystem) {
        self.poller = poller
        self.system = system
        bus = ModbusBus(endpoint: poller.endpoint, time: system.time)
        // A device without registers has no place on this bus; the schedule and the devices must agree on their indices.
        let polled = devices.compactMap { device in device.profile.modbus.map { (device: device, access: $0) } }
        schedule = PollSchedule(start: gridStart, now: system.time.uptime(), intervals: polled.map(\.device.interval))
        load = LoadMeter(start: gridStart)
        lending = Lending(
            mailbox: poller.mailbox,
            bus: bus,
            log: system.log,
            name: poller.bus.id,
            settling: polled.map(\.access.worstReply).max() ?? .zero,
            time: system.time
        )
        let atOnce = poller.bus.requestsAtOnce
        self.devices = polled.enumerated().map { index, one in
            Polled(one.device, at: index, one.access, atOnce: atOnce, system)
        }
    }

    // MARK: For whoever has the bus

    /// The next request, of which stays the same what is not answered; on the way there readings are made.
    func next() -> Turn {
        if let request = nextRequest() { return .ask(request) }
        if let poll = current {
            current = nil
            finish(poll)
            return .again
        }
        switch schedule.next(now: system.time.uptime()) {
        case .never: return .wait(until: nil)
        case .wait(let until): return .wait(until: until)
        case .device(let index, let missed, let ask):
            begin(index, missed: missed, ask: ask)
            return .again
        }
    }

    /// Whether a device's poll has all that it asked for, and only has to be made a reading.
    var isThrough: Bool { current.map { $0.step == nil } ?? false }

    /// Whether the bus must be served by a thread that may block: it is a serial line, or a connection has to be made,
    /// or somebody wants something of it.
    var needsThread: Bool {
        if poller.endpoint.isShared { return true }
        return current?.isAsking == true && bus.socket == nil || poller.mailbox.isInUse
    }

    /// Serves somebody else, if that disturbs no poll.
    ///
    /// - Returns: when to look again.
    func lend() -> Uptime? {
        guard current == nil else { return nil }
        let now = system.time.uptime()
        let answering = devices.filter { $0.silence == nil && !$0.isDown }.map(\.unit.number)
        return lending.serve(nextDue: schedule.nextDue, answering: Set(answering), now: now) { [poller] longest in
            poller.heartbeat.promise(now + longest)
        }
    }

    // MARK: One device's poll

    private func begin(_ index: Int, missed: Int, ask: Bool) {
        let now = system.time.uptime()
        if lending.isTaken(now: now) {
            unknown(index, .borrowed, missed: missed)
        } else if let retry, retry.at > now {
            if retry.failures >= 2, !devices[index].isDown { changed(index, down: retry.error) }
            unknown(index, retry.error.reason, missed: missed)
        } else if !ask {
            unknown(index, devices[index].silence ?? .timeout, missed: missed)
        } else {
            let device = devices[index]
            device.poll.begin(device.plan.steps(now: now), missed: missed, start: now)
            current = device.poll
        }
    }

    /// What waits for its answer, or the device's next request; nil when no poll is in progress or the last one is through.
    private func nextRequest() -> Request? {
        guard let poll = current else { return nil }
        let device = devices[poll.index]
        while let step = poll.step {
            switch step {
            case .resting(let block, let reason): poll.skip(block, reason)
            case .read(let whole):
                // A device that has just been silent is not asked for its other blocks: each would cost the line as much.
                if let error = poll.error {
                    poll.skip(whole, error.reason)
                } else if poll.isAsking {
                    return request(of: device)
                } else if let block = askable(whole, of: device) {
                    poll.ask(block, atOnce: device.atOnce.allowed)
                    return request(of: device)
                } else {
                    let reason = device.isDown ? device.silence ?? .distrusted : .distrusted
                    poll.unasked = reason
                    poll.skip(whole, reason)
                }
            }
        }
        return nil
    }

    private func request(of device: Polled) -> Request {
        Request(ranges: device.poll.asked.map(\.range), unit: device.unit, timing: device.timing)
    }

    /// The block, or as much of it as a reply can be believed to: after a timeout on a serial line one of another length.
    private func askable(_ whole: BlockPlan.Block, of device: Polled) -> BlockPlan.Block? {
        let (unit, timing) = (device.unit, device.timing)
        if !bus.isInDoubt(whole.range, unit: unit, timing: timing) { return whole }
        return whole.shorter(device.line.device.profile.points).first {
            !bus.isInDoubt($0.range, unit: unit, timing: timing)
        }
    }

    /// The requests that `next` gave found their connection closed; they are made again over a new one.
    func foundClosed() { current?.isTroubled = true }

    /// So many of the requests that `next` gave have left at once.
    func sent(_ requests: Int) { current?.sent(requests) }

    /// The reply to the request that `next` gave, or to the first of several.
    func answered(_ registers: RegisterBlock) {
        // After a failure the rest of what was asked with it has no place any more.
        guard let poll = current, poll.error == nil, case .read(let whole)? = poll.step, let block = poll.asked.first
        else { return }
        let device = devices[poll.index]
        if device.hasSilentBlock { device.plan.answered(whole) }
        poll.took(registers, block, device.decoder)
    }

    /// The request that `next` gave has failed, or the first of several; unless by an exception of the device's own, all of them have.
    func failed(_ error: ModbusError) {
        guard let poll = current, poll.error == nil, case .read(let whole)? = poll.step else { return }
        let device = devices[poll.index]
        let now = system.time.uptime()
        guard let code = error.devicesOwnException else {
            poll.fell(silent: whole, error)
            return
        }
        if code == 5 || code == 6 { poll.isTroubled = true }
        let pieces = code == 2 ? device.plan.refused(whole, now: now) : []
        poll.refused(whole, error.reason, trying: pieces, now: now)
        if code == 2, pieces.isEmpty {
            system.log.warning(
                "device refuses registers; they rest and are tried again",
                metadata: ["device": "\(device.line.device.id)", "registers": "\(whole.range)"]
            )
        }
    }

    private func finish(_ poll: DevicePoll) {
        let index = poll.index
        settle(poll)
        if let first = poll.firstArrival {
            let spread = poll.lastArrival.map { $0 - first } ?? .zero
            let reading = devices[index].line.reading(
                poll.raw,
                stamp: system.time.stamp(at: first),
                missed: poll.missed,
                spread: spread > .seconds(1) ? spread : nil
            )
            system.intake.accept(reading, remembering: devices[index].line.remembering)
        } else {
            unknown(index, poll.error?.reason ?? poll.unasked ?? .timeout, missed: poll.missed)
        }
        showState()
    }

    private func unknown(_ index: Int, _ reason: Reason, missed: Int) {
        system.intake.accept(
            devices[index].line.reading(unknown: reason, stamp: system.time.stamp(), missed: missed)
        )
    }

    // MARK: What the outcome means for the device and the bus

    private func settle(_ poll: DevicePoll) {
        let index = poll.index
        let now = system.time.uptime()
        load.add(now - poll.start, now: now)
        // Nothing was asked: that says nothing of the device or the bus.
        guard poll.answered || poll.error != nil else { return }
        let wereTooMany = devices[index].atOnce.isToBlame(for: poll.mostAtOnce)
        if devices[index].atOnce.polled(poll.mostAtOnce, failed: poll.error != nil || poll.isTroubled) {
            system.log.warning(
                "device takes fewer requests at once and is asked so from now on: lower requests_at_once of its bus",
                metadata: [
                    "device": "\(devices[index].line.device.id)", "bus": "\(poller.bus.id)",
                    "takes": "\(devices[index].atOnce.allowed)",
                ]
            )
        }
        if let error = poll.error, error.isOfTheBus {
            let failures = (retry?.failures ?? 0) + 1
            if retry == nil {
                system.log.warning("bus failed", metadata: ["bus": "\(poller.bus.id)", "error": "\(error)"])
            }
            let pause = min(Duration.seconds(20), .seconds(1) * (1 << min(failures - 1, 5)))
            retry = (now + pause, failures, error)
        } else if retry != nil {
            retry = nil
            system.log.notice("bus is back", metadata: ["bus": "\(poller.bus.id)"])
        }
        var cost = now - poll.start
        if poller.endpoint.isShared { cost = cost + devices[index].timing.worstReply }
        if poll.answered {
            schedule.answered(index)
            if let error = poll.error, let block = poll.silentBlock, !wereTooMany {
                devices[index].hasSilentBlock = true
                devices[index].plan.silent(block, reason: error.reason, cost: cost, now: now)
            }
            devices[index].silence = nil
            if devices[index].isDown { changed(index, down: nil) }
        } else if let error = poll.error {
            devices[index].silence = error.reason
            if !error.isOfTheBus {
                schedule.failed(index, cost: cost, now: now, patience: error.isSilence ? 1 : 4)
            }
            let failures = error.isOfTheBus ? retry?.failures ?? 1 : schedule.failures(index)
            // One lost reply is noise; two in a row are news.
            if failures >= 2, !devices[index].isDown { changed(index, down: error) }
        }
    }

    private func changed(_ index: Int, down error: ModbusError?) {
        devices[index].isDown = error != nil
        let device = devices[index].line.device
        var data: [(key: String, value: DataValue)] = []
        if let error { data = [("reason", .string(error.reason.word)), ("detail", .string(error.description))] }
        system.intake.accept(
            Event(
                error == nil ? "device_up" : "device_down",
                severity: error == nil ? .info : .warning,
                stamp: system.time.stamp(),
                site: device.site.id,
                device: device.id,
                data: data
            )
        )
        if let error {
            system.log.warning("device is silent", metadata: ["device": "\(device.id)", "error": "\(error)"])
        } else {
            system.log.notice("device answers again", metadata: ["device": "\(device.id)"])
        }
    }

    private func showState() {
        poller.show(
            BusPoller.Snapshot(
                connected: retry == nil,
                error: retry?.error.description,
                counters: bus.counters,
                load: load.share
            )
        )
    }
}
