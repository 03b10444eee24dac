import Decoding
import Domain
import Installation
import Modbus
import Polling
import Profiles

/// Decides what one bus does next: which device is due, what to ask it, and what its answers mean.
///
/// It performs no work itself and has no clock: the thread that has the bus passes the time in, makes the requests, and
/// brings their outcomes. So every decision can be tested without a bus.
///
/// It is a class: a poll touches it some twenty times, and a copy would cost a reference for each of its parts.
final class BusWork {
    /// What to do next.
    enum Turn {
        case ask(Request)
        /// A device's tick is over and becomes a reading; more work follows.
        case report(Tick)
        /// There is nothing to do until then; nil without devices.
        case wait(until: Uptime?)
    }

    struct Request {
        /// The ranges to request together; the answers come in this order. One on a serial line.
        var ranges: [RegisterRange]
        var unit: UnitID
        var timing: ReplyTiming
    }

    /// The outcome of a device's tick; it becomes a reading in any case.
    struct Tick {
        enum Content {
            /// The device answered; its values stay in its poll until the next one.
            case values(DevicePoll)
            case nothing(Reason)
        }

        /// The index of the device on the bus.
        var device: Int
        var missed: Int
        var content: Content
        /// What the tick changed, in order.
        var news: [News] = []
    }

    /// Rare changes, each reported once.
    enum News: Hashable {
        case busFailed(ModbusError)
        case busIsBack
        /// The device accepts no more requests at once than that.
        case takesFewer(device: Int, requests: Int)
        /// The device refuses these registers, which cannot be split further.
        case refuses(device: Int, RegisterRange)
        /// What silence has shown about the device.
        case learned(device: Int, AdaptivePlan.Lesson)
        /// The device needs that pause before a request.
        case needsGap(device: Int, Duration)
        /// The device answers late, and is given that time from now on.
        case isSlow(device: Int, replyTime: Duration)
        case health(device: Int, DeviceHealth.Change)
        /// The device has not the SunSpec models that its profile names.
        case lacksModels(device: Int, wanted: [Int], has: [Int])
    }

    /// A device of the bus. It is a class: a poll touches it often, and a copy would cost a reference for each of its
    /// parts.
    final class Polled {
        var points: [Point]
        let access: ModbusAccess
        let unit: UnitID
        let poll: DevicePoll
        var plan: AdaptivePlan
        var decoder: RegisterDecoder
        /// For a device whose registers SunSpec finds; nil for any other.
        var models: Models?
        var pace: Pace
        var atOnce: RequestsAtOnce
        /// How often a request is made again in the same poll when its reply is missing or damaged.
        let retries: Int
        /// How long its first request and the reply take on the wire; zero over TCP.
        var wire = Duration.zero
        /// How many polls in a row brought exceptions only, or had nothing to ask because all was refused before.
        var refusals = 0
        /// The last exception with which the device answered.
        var refusal: ModbusError?
        /// Why the last poll brought nothing; nil when it brought something.
        var silence: Reason?
        var health: DeviceHealth

        init(_ device: Device, _ access: ModbusAccess, at index: Int, atOnce: Int, pace: Pace, isDown: Bool) {
            self.atOnce = RequestsAtOnce(atOnce)
            points = device.profile.points
            self.access = access
            models = points.contains { $0.sunspec != nil } ? Models() : nil
            unit = device.unit
            poll = DevicePoll(index: index, points: points.count)
            plan = AdaptivePlan(plan: BlockPlan(points: points, access: access), points: points)
            decoder = RegisterDecoder(points: points)
            self.pace = pace
            retries = access.retries
            health = DeviceHealth(isDown: isDown, patience: 2)
        }
    }

    /// The port or the connection as a whole failed: no device is asked before `at`.
    struct Retry {
        var at: Uptime
        /// How many failures came in a row.
        var failures: Int
        var error: ModbusError
    }

    /// How often a request is repeated on a new connection that was never answered on. With the usual reply time that
    /// is 3 s in all: longer than devices are mute after connecting, and than slow ones need.
    private static let freshRepeats = 5

    /// Whether a failed request also costs a rest of the line.
    let isShared: Bool
    var schedule: PollSchedule
    let devices: [Polled]
    var retry: Retry?
    var load: LoadMeter
    private var current: DevicePoll?

    /// - Parameters:
    ///   - devices: each with its access; every index here is a position in this list.
    ///   - settings: those of a shared line, here or behind a serial server.
    ///   - gridStart: where the grid of the box begins.
    ///   - isDown: whether the device with that id was last reported as down.
    init(
        devices: [(device: Device, access: ModbusAccess)],
        isShared: Bool,
        settings: SerialSettings? = nil,
        framing: ModbusFraming = .rtu,
        requestsAtOnce: Int,
        gridStart: Uptime,
        now: Uptime,
        isDown: (String) -> Bool
    ) {
        self.isShared = isShared
        schedule = PollSchedule(start: gridStart, now: now, intervals: devices.map(\.device.interval))
        load = LoadMeter(start: gridStart)
        let polls = devices.map { device, access in
            (plan: BlockPlan(points: device.profile.points, access: access), interval: device.interval)
        }
        let courtesy = settings.map { LineTime.courtesy(polls, on: $0, framing: framing) } ?? .zero
        self.devices = devices.enumerated().map { index, one in
            let pace = Pace(one.access, courtesy: courtesy, isShared: isShared)
            let isDown = isDown(one.device.id)
            let polled = Polled(one.device, one.access, at: index, atOnce: requestsAtOnce, pace: pace, isDown: isDown)
            if let settings, let first = polls[index].plan.blocks.first {
                polled.wire = LineTime.transaction(first.range, on: settings, framing: framing)
            }
            return polled
        }
    }

    // MARK: What to do

    /// Returns the next thing to do; unanswered requests are returned again.
    ///
    /// - Parameters:
    ///   - isBorrowed: whether a client has the whole line. Called once a tick.
    ///   - isInDoubt: whether a reply to that request could be mistaken for a late one. Called once a request.
    func next(
        now: Uptime,
        isBorrowed: () -> Bool,
        isInDoubt: (RegisterRange, UnitID, ReplyTiming) -> Bool
    ) -> Turn {
        while true {
            if let poll = current {
                if let request = nextRequest(of: poll, isInDoubt) { return .ask(request) }
                current = nil
                return .report(finished(poll, now: now))
            }
            switch schedule.next(now: now, attempt: attempt) {
            case .never: return .wait(until: nil)
            case .wait(let until): return .wait(until: until)
            case .device(let index, let missed, let ask):
                if let tick = unasked(index, missed: missed, ask: ask, now: now, isBorrowed) { return .report(tick) }
                let device = devices[index]
                begin(device, missed: missed, now: now)
                current = device.poll
            }
        }
    }

    private func begin(_ device: Polled, missed: Int, now: Uptime) {
        if let search = Self.search(device) {
            device.poll.begin([search], missed: missed, start: now)
            device.poll.mark(Set(device.points.indices.filter { device.points[$0].sunspec != nil }), .exception(2))
            return
        }
        let steps = device.plan.steps(now: now)
        device.poll.begin(steps, missed: missed, start: now, without: device.plan.unasked(in: steps))
        if let lacking = device.models?.lacking { device.poll.mark(lacking, .exception(2)) }
    }

    /// Whether a device is being polled: its poll then owns the line.
    var isPolling: Bool { current != nil }

    /// Whether a request waits for its reply, or to be sent.
    var isAsking: Bool { current?.isAsking == true }

    /// Whether the present poll is complete, and only has to become a reading.
    var isThrough: Bool { current.map { $0.step == nil } ?? false }

    /// When the next poll is due.
    var nextDue: Uptime? { schedule.nextDue }

    /// Whether the unit belongs to a device that answered when last asked.
    func answers(_ unit: UnitID) -> Bool {
        devices.contains { $0.unit == unit && $0.silence == nil && !$0.health.isDown }
    }

    /// How long a failed attempt to reach that device takes the line.
    private func attempt(_ index: Int, failures: Int) -> Duration {
        let device = devices[index]
        let rest = device.pace.rest(failures: failures)
        return device.pace.replyTime + device.wire + rest + .milliseconds(30)
    }

    /// Returns a tick in which the device is not asked; nil where it is polled.
    private func unasked(_ index: Int, missed: Int, ask: Bool, now: Uptime, _ isBorrowed: () -> Bool) -> Tick? {
        func tick(_ reason: Reason) -> Tick { Tick(device: index, missed: missed, content: .nothing(reason)) }
        if isBorrowed() { return tick(.borrowed) }
        if let retry, retry.at > now {
            var tick = tick(retry.error.reason)
            failed(index, retry.error, inARow: retry.failures, &tick.news)
            return tick
        }
        return ask ? nil : tick(devices[index].silence ?? .timeout)
    }

    /// Returns the unanswered requests, or the device's next request; nil when the poll is complete.
    private func nextRequest(
        of poll: DevicePoll,
        _ isInDoubt: (RegisterRange, UnitID, ReplyTiming) -> Bool
    ) -> Request? {
        let device = devices[poll.index]
        while let step = poll.step {
            switch step {
            case .resting(let block, let reason):
                poll.unasked = poll.unasked ?? reason
                poll.skip(block, reason)
            case .read(let whole):
                // After a silence the device is not asked for its other blocks: each would cost as much.
                if let error = poll.error {
                    poll.skip(whole, error.reason)
                } else if poll.isAsking {
                    return request(of: device)
                } else if let block = askable(whole, of: device, isInDoubt) {
                    poll.ask(block, atOnce: device.pace.needsGap ? 1 : device.atOnce.allowed)
                    return request(of: device)
                } else {
                    let reason = device.health.isDown ? device.silence ?? .distrusted : .distrusted
                    poll.unasked = reason
                    poll.skip(whole, reason)
                }
            }
        }
        return nil
    }

    private func request(of device: Polled) -> Request {
        Request(ranges: device.poll.asked.map(\.range), unit: device.unit, timing: timing(of: device))
    }

    private func timing(of device: Polled) -> ReplyTiming {
        device.pace.timing(isFirst: !device.poll.answered, failures: schedule.failures(device.poll.index))
    }

    /// Returns the block, or the largest part of it whose reply can be trusted: after a timeout on a serial line, one
    /// of another length.
    private func askable(
        _ whole: BlockPlan.Block,
        of device: Polled,
        _ isInDoubt: (RegisterRange, UnitID, ReplyTiming) -> Bool
    ) -> BlockPlan.Block? {
        let timing = timing(of: device)
        if !isInDoubt(whole.range, device.unit, timing) { return whole }
        return whole.shorter(device.points).first { !isInDoubt($0.range, device.unit, timing) }
    }

    // MARK: What came of it

    /// Notes that the last turn's requests found their connection closed; they are repeated over a new one.
    func foundClosed() { current?.isTroubled = true }

    /// Notes how many of the last turn's requests were sent at once.
    func sent(_ requests: Int) { current?.sent(requests) }

    /// Takes the reply to the last turn's request, or to the first of several.
    @discardableResult
    func answered(_ registers: RegisterBlock) -> News? {
        // After a failure, replies to requests that were sent with the failed one no longer count.
        guard let poll = current, poll.error == nil, case .read(let whole)? = poll.step, let block = poll.asked.first
        else { return nil }
        if block.points.isEmpty { return found(registers, block, poll) }
        let device = devices[poll.index]
        if block == whole { device.plan.answered(whole) }
        poll.took(registers, block, device.decoder)
        return nil
    }

    /// Notes that the last turn's request has failed, or the first of several. Unless the device itself answered with
    /// an exception, all of them have failed.
    ///
    /// - Parameter isFresh: whether the connection has not been answered on yet and may carry the request again.
    func failed(_ error: ModbusError, now: Uptime, isFresh: Bool = false) -> News? {
        guard let poll = current, poll.error == nil, case .read(let whole)? = poll.step else { return nil }
        let device = devices[poll.index]
        if error.isWorthRepeating, poll.repeats < (isFresh ? max(Self.freshRepeats, device.retries) : device.retries) {
            // The unanswered request is returned again.
            poll.repeats += 1
            return nil
        }
        guard let code = error.devicesOwnException else {
            poll.fell(silent: whole, error)
            return nil
        }
        if code == 5 || code == 6 { poll.isTroubled = true }
        poll.refusal = error
        if whole.points.isEmpty { return foundNothing(error, whole, poll, now: now) }
        let isOfTheRange = code == 2 || code == 3
        let pieces = isOfTheRange ? device.plan.refused(whole, reason: error.reason, now: now) : []
        poll.refused(whole, error.reason, trying: pieces, now: now)
        return isOfTheRange && device.plan.rests(whole) ? .refuses(device: poll.index, whole.range) : nil
    }

    /// Takes a reply that came too late.
    func cameLate(_ late: LateReply) -> News? {
        guard let index = devices.firstIndex(where: { $0.unit == late.unit }) else { return nil }
        return devices[index].pace.cameLate(after: late.after).map { .isSlow(device: index, replyTime: $0) }
    }
}
