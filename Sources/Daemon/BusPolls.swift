import Configuration
import Decoding
import Domain
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
        var range: RegisterRange
        var unit: UnitID
        var timing: ReplyTiming
    }

    /// A device of the bus. A class, since a poll touches it often and a copy costs a reference for each of its parts.
    private final class Polled {
        var line: DeviceLine
        let unit: UnitID
        let points: Int
        var plan: AdaptivePlan
        let decoder: RegisterDecoder
        let timing: ReplyTiming
        /// Why the last poll brought nothing; nil when it brought something.
        var silence: Reason?
        var isDown = false
        /// Whether a block brought silence while others were answered.
        var hasSilentBlock = false

        init(_ device: Device, _ access: ModbusAccess, _ system: PollingSystem) {
            let points = device.profile.points
            line = DeviceLine(device: device, journal: system.journal)
            unit = device.unit
            self.points = points.count
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
            settling: polled.map(\.access.worstReply).max() ?? .zero
        )
        self.devices = polled.map { Polled($0.device, $0.access, system) }
    }

    // MARK: For whoever has the bus

    /// The next request, which stays the same until it is answered; on the way there readings are made.
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

    /// Whether the bus must be served by a thread that may block: a connection has to be made, or somebody wants something of it.
    var needsThread: Bool {
        current?.asked != nil && bus.socket == nil || poller.mailbox.first != nil || lending.isTaken
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
            current = DevicePoll(
                index: index,
                missed: missed,
                start: now,
                steps: devices[index].plan.steps(now: now),
                points: devices[index].points
            )
        }
    }

    /// The request that waits for its answer, or the device's next one; nil when no poll is in progress or the last one is through.
    private func nextRequest() -> Request? {
        guard let index = current?.index else { return nil }
        while let step = current?.step {
            switch step {
            case .resting(let block, let reason): current?.skip(block, reason)
            case .read(let whole):
                // A device that has just been silent is not asked for its other blocks: each would cost the line as much.
                if let error = current?.error {
                    current?.skip(whole, error.reason)
                } else if let block = current?.asked ?? askable(whole, of: index) {
                    current?.asked = block
                    return Request(range: block.range, unit: devices[index].unit, timing: devices[index].timing)
                } else {
                    let reason = devices[index].isDown ? devices[index].silence ?? .distrusted : .distrusted
                    current?.unasked = reason
                    current?.skip(whole, reason)
                }
            }
        }
        return nil
    }

    /// The block, or as much of it as a reply can be believed to: after a timeout on a serial line one of another length.
    private func askable(_ whole: BlockPlan.Block, of index: Int) -> BlockPlan.Block? {
        let (unit, timing) = (devices[index].unit, devices[index].timing)
        if !bus.isInDoubt(whole.range, unit: unit, timing: timing) { return whole }
        return whole.shorter(devices[index].line.device.profile.points).first {
            !bus.isInDoubt($0.range, unit: unit, timing: timing)
        }
    }

    /// The reply to the request that `next` gave.
    func answered(_ registers: RegisterBlock) {
        guard let index = current?.index, case .read(let whole)? = current?.step, let block = current?.asked else {
            return
        }
        if devices[index].hasSilentBlock { devices[index].plan.answered(whole) }
        current?.took(registers, block, devices[index].decoder)
    }

    /// The request that `next` gave has failed.
    func failed(_ error: ModbusError) {
        guard let index = current?.index, case .read(let whole)? = current?.step else { return }
        let now = system.time.uptime()
        guard let code = error.devicesOwnException else {
            current?.fell(silent: whole, error)
            return
        }
        let pieces = code == 2 ? devices[index].plan.refused(whole, now: now) : []
        current?.refused(whole, error.reason, trying: pieces, now: now)
        if code == 2, pieces.isEmpty {
            system.log.warning(
                "device refuses registers; they rest and are tried again",
                metadata: ["device": "\(devices[index].line.device.id)", "registers": "\(whole.range)"]
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
        if case .serial = poller.endpoint { cost = cost + devices[index].timing.worstReply }
        if poll.answered {
            schedule.answered(index)
            devices[index].hasSilentBlock = devices[index].hasSilentBlock || poll.error != nil
            if let error = poll.error, let block = poll.silentBlock {
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
        var data: [(key: String, value: JSONValue)] = []
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
