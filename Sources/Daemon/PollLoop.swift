import Configuration
import Decoding
import Domain
import Logging
import Modbus
import Platform
import Polling
import Profiles

/// The bus thread's own state: everything here is touched by that thread alone.
struct PollLoop {
    private struct Polled {
        var line: DeviceLine
        var plan: AdaptivePlan
        var decoder: RegisterDecoder
        var timing: ReplyTiming
        /// Why the last poll brought nothing; nil when it brought something.
        var silence: Reason?
        var isDown = false
        /// Whether a block brought silence while others were answered.
        var hasSilentBlock = false
    }

    private let poller: BusPoller
    private let system: PollingSystem
    private let bus: ModbusBus
    private var schedule: PollSchedule
    private var devices: [Polled]
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
        self.devices = polled.map { device, access in
            Polled(
                line: DeviceLine(device: device, journal: system.journal),
                plan: AdaptivePlan(
                    plan: BlockPlan(points: device.profile.points, access: access),
                    points: device.profile.points
                ),
                decoder: RegisterDecoder(points: device.profile.points),
                timing: ReplyTiming(replyTime: access.replyTime, worstReply: access.worstReply),
                isDown: system.intake.isDown(device.id)
            )
        }
    }

    mutating func run() {
        while !poller.isStopping {
            poller.heartbeat.promise(system.time.uptime())
            Hang.here(poller.heartbeat.name)
            let errand = lend()
            switch schedule.next(now: system.time.uptime()) {
            case .never: poller.sleep(until: errand, time: system.time)
            case .wait(let until): poller.sleep(until: min(until, errand ?? until), time: system.time)
            case .device(let index, let missed, let ask): poll(index, missed: missed, ask: ask)
            }
        }
        bus.close()
    }

    /// Serves somebody else, if that disturbs no poll.
    ///
    /// - Returns: when to look again.
    private mutating func lend() -> Uptime? {
        let now = system.time.uptime()
        let answering = devices.filter { $0.silence == nil && !$0.isDown }.map(\.line.device.unit.number)
        return lending.serve(nextDue: schedule.nextDue, answering: Set(answering), now: now) { [poller] longest in
            poller.heartbeat.promise(now + longest)
        }
    }

    private mutating func poll(_ index: Int, missed: Int, ask: Bool) {
        let start = system.time.uptime()
        if lending.isTaken(now: start) {
            unknown(index, .borrowed, missed: missed)
            return
        }
        if let retry, retry.at > start {
            if retry.failures >= 2, !devices[index].isDown { changed(index, down: retry.error) }
            unknown(index, retry.error.reason, missed: missed)
            return
        }
        guard ask else {
            unknown(index, devices[index].silence ?? .timeout, missed: missed)
            return
        }
        poller.heartbeat.promise(start + deadline(index))
        let outcome = read(index)
        // What was not asked because the gateway ends is no silence of the device's.
        guard outcome.isWhole else { return }
        settle(index, outcome, start: start)
        if let first = outcome.firstArrival {
            let spread = outcome.lastArrival.map { $0 - first } ?? .zero
            let reading = devices[index].line.reading(
                outcome.raw,
                stamp: system.time.stamp(at: first),
                missed: missed,
                spread: spread > .seconds(1) ? spread : nil
            )
            system.intake.accept(reading, remembering: devices[index].line.remembering)
        } else {
            unknown(index, outcome.error?.reason ?? outcome.unasked ?? .timeout, missed: missed)
        }
        showState()
    }

    private func unknown(_ index: Int, _ reason: Reason, missed: Int) {
        system.intake.accept(
            devices[index].line.reading(unknown: reason, stamp: system.time.stamp(), missed: missed)
        )
    }

    /// The longest that a poll of the device may take: connecting, a line that rests, and each request's own deadline, with
    /// as much again for a slow line's wire.
    private func deadline(_ index: Int) -> Duration {
        let rest = bus.restingUntil.map { max(.zero, $0 - system.time.uptime()) } ?? .zero
        let points = devices[index].line.device.profile.points.count
        return .seconds(10) + rest + (devices[index].timing.replyTime + .seconds(1)) * 2 * max(1, points)
    }

    // MARK: One device's blocks

    private struct Outcome {
        var raw: [RawValue?]
        var firstArrival: Uptime?
        var lastArrival: Uptime?
        /// Whether every block was asked, or found not worth asking.
        var isWhole = false
        /// The failure that ended the poll and was no exception: the device, or the bus, did not answer.
        var error: ModbusError?
        /// What was asked then.
        var silentBlock: BlockPlan.Block?
        /// Why a block was not asked whose reply could not have been told from a late one.
        var unasked: Reason?

        /// Whether the device gave any sign of life.
        var answered: Bool { firstArrival != nil }
    }

    private mutating func read(_ index: Int) -> Outcome {
        let device = devices[index].line.device
        var outcome = Outcome(raw: Array(repeating: .missing(.timeout), count: device.profile.points.count))
        var open: [AdaptivePlan.Step] = devices[index].plan.steps(now: system.time.uptime()).reversed()
        while !poller.isStopping, let step = open.popLast() {
            guard case .read(let whole) = step else {
                if case .resting(let block, let reason) = step { mark(block.points, reason, &outcome) }
                continue
            }
            // A device that has just been silent is not asked for its other blocks: each would cost the line as much.
            if let error = outcome.error {
                mark(whole.points, error.reason, &outcome)
                continue
            }
            guard let block = askable(whole, of: index) else {
                let reason = devices[index].isDown ? devices[index].silence ?? .distrusted : .distrusted
                outcome.unasked = reason
                mark(whole.points, reason, &outcome)
                continue
            }
            do throws(ModbusError) {
                let registers = try bus.read(block.range, unit: device.unit, timing: devices[index].timing)
                if devices[index].hasSilentBlock { devices[index].plan.answered(whole) }
                if block != whole { mark(whole.points, .distrusted, &outcome) }
                devices[index].decoder.decode(registers, points: block.points, into: &outcome.raw)
                outcome.firstArrival = outcome.firstArrival ?? registers.arrived
                outcome.lastArrival = registers.arrived
            } catch {
                mark(whole.points, error.reason, &outcome)
                guard let code = error.devicesOwnException else {
                    outcome.error = error
                    outcome.silentBlock = whole
                    continue
                }
                outcome.firstArrival = outcome.firstArrival ?? system.time.uptime()
                if code == 2 {
                    let pieces = devices[index].plan.refused(whole, now: system.time.uptime())
                    open += pieces.reversed().map { .read($0) }
                    logRefusal(device, whole, cut: !pieces.isEmpty)
                }
            }
        }
        outcome.isWhole = open.isEmpty
        return outcome
    }

    /// The block, or as much of it as a reply can be believed to: after a timeout on a serial line one of another length.
    private func askable(_ whole: BlockPlan.Block, of index: Int) -> BlockPlan.Block? {
        let device = devices[index].line.device
        let timing = devices[index].timing
        if !bus.isInDoubt(whole.range, unit: device.unit, timing: timing) { return whole }
        return whole.shorter(device.profile.points).first {
            !bus.isInDoubt($0.range, unit: device.unit, timing: timing)
        }
    }

    private func mark(_ points: [Int], _ reason: Reason, _ outcome: inout Outcome) {
        for point in points { outcome.raw[point] = .missing(reason) }
    }

    // MARK: What the outcome means for the device and the bus

    private mutating func settle(_ index: Int, _ outcome: Outcome, start: Uptime) {
        let now = system.time.uptime()
        load.add(now - start, now: now)
        // Nothing was asked: that says nothing of the device or the bus.
        guard outcome.answered || outcome.error != nil else { return }
        if let error = outcome.error, error.isOfTheBus {
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
        var cost = now - start
        if case .serial = poller.endpoint { cost = cost + devices[index].timing.worstReply }
        if outcome.answered {
            schedule.answered(index)
            devices[index].hasSilentBlock = devices[index].hasSilentBlock || outcome.error != nil
            if let error = outcome.error, let block = outcome.silentBlock {
                devices[index].plan.silent(block, reason: error.reason, cost: cost, now: now)
            }
            devices[index].silence = nil
            if devices[index].isDown { changed(index, down: nil) }
        } else if let error = outcome.error {
            devices[index].silence = error.reason
            if !error.isOfTheBus {
                schedule.failed(index, cost: cost, now: now, patience: error.isSilence ? 1 : 4)
            }
            let failures = error.isOfTheBus ? retry?.failures ?? 1 : schedule.failures(index)
            // One lost reply is noise; two in a row are news.
            if failures >= 2, !devices[index].isDown { changed(index, down: error) }
        }
    }

    private mutating func changed(_ index: Int, down error: ModbusError?) {
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

    private func logRefusal(_ device: Device, _ block: BlockPlan.Block, cut: Bool) {
        guard !cut else { return }
        system.log.warning(
            "device refuses registers; they rest and are tried again",
            metadata: ["device": "\(device.id)", "registers": "\(block.range)"]
        )
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

/// The share of the last full minute that a bus was in use.
struct LoadMeter {
    private var minuteStart: Uptime
    private var busy = Duration.zero
    private(set) var share = 0.0
    private var hasFullMinute = false

    init(start: Uptime) { minuteStart = start }

    mutating func add(_ duration: Duration, now: Uptime) {
        busy += duration
        let elapsed = now - minuteStart
        if elapsed >= .seconds(60) {
            share = min(1, busy / elapsed)
            busy = .zero
            minuteStart = now
            hasFullMinute = true
        } else if !hasFullMinute, elapsed > .seconds(1) {
            share = min(1, busy / elapsed)
        }
    }
}
