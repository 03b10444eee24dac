import Decoding
import Domain
import Installation
import Logging
import MQTT
import Normalizing
import Platform
import Profiles
import Synchronization

/// One device of a field broker: its messages become readings and events, and its silence does too.
///
/// Messages are decoded before any lock is taken: however long that takes, no other thread waits for it.
final class ListenedDevice: Sendable {
    struct State: Sendable {
        var maker: ReadingMaker
        /// When it becomes overdue; each message moves this on.
        var overdueAt: Uptime
        var isOffline = false
        /// Whether its availability topic says that it is online.
        var isOnline = false
        /// The last values from its messages, for a device that reports only changes.
        var lastValues: [RawValue?]?
        var health: DeviceHealth
        var seenEvents = RecentIDs()
        /// The thinning of each message, by its index; messages without an entry are never left out.
        var thinning: [Int: Thinning<Measured>]
        /// Judges of the times that messages state, by the message's index.
        var zones: [Int: ZoneJudge]
        var lacked: LackedValues
        /// The last message without any of the device's values.
        var unfit: UnfitMessage?
        /// The last damaged part that was logged.
        var faulted: (at: Uptime, words: String)?

        /// Keeps a message's values, and leaves the others unchanged.
        mutating func remember(_ values: [RawValue?]) {
            let before = lastValues ?? Array(repeating: nil, count: values.count)
            lastValues = zip(values, before).map { $0 ?? $1 }
        }
    }

    /// The values of a message, and when it came.
    struct Measured: Sendable {
        var values: [RawValue?]
        var stamp: Stamp
        var sourceTime: Instant?
        var doubt: Reason?
        /// Why points have no value, by their index.
        var whys: [Int: String] = [:]
    }

    let device: Device
    private let decoder: PayloadDecoder
    let context: FieldContext
    private let state: Mutex<State>

    init(_ device: Device, in context: FieldContext) {
        self.device = device
        self.context = context
        decoder = PayloadDecoder(
            profile: device.profile,
            node: device.node,
            gatewayOffset: LocalTime.offset(whenClocksShow:)
        )
        state = Mutex(
            State(
                maker: ReadingMaker(device: device, recalling: context.sink.recall),
                overdueAt: context.time.uptime() + device.interval * 2.5,
                health: DeviceHealth(isDown: context.sink.isDown(device.id), patience: 1),
                thinning: Self.thinning(device),
                zones: Self.zones(device),
                lacked: LackedValues(points: device.profile.points, patience: device.interval * 2.5)
            )
        )
    }

    private static func thinning(_ device: Device) -> [Int: Thinning<Measured>] {
        guard let pause = device.atMostEvery, let messages = device.profile.mqtt?.messages else { return [:] }
        // A row that is left out would be lost: no later one covers its interval.
        let thinned = messages.indices.filter { messages[$0].row == nil }
        return Dictionary(uniqueKeysWithValues: thinned.map { ($0, Thinning(atMostEvery: pause)) })
    }

    private static func zones(_ device: Device) -> [Int: ZoneJudge] {
        let messages = device.profile.mqtt?.messages ?? []
        // A row states the time of its interval, which may be long over.
        let timed = messages.enumerated().filter { $1.row == nil }.compactMap { index, message in
            message.time.map { (index, ZoneJudge(interval: device.interval, isZoneNamed: $0.isZoneNamed)) }
        }
        return Dictionary(uniqueKeysWithValues: timed)
    }

    // MARK: Messages

    /// - Parameter index: the message's index in the profile.
    func accept(_ message: MQTTReceived, index: Int) {
        let decoded = decoder.decode(message.payload, message: index)
        if decoded.isOfAnother { return }
        let stamp = context.time.stamp(at: message.arrived)
        // A message without any of the device's values is no sign of life: for example a controller's message whose
        // sensor fell out. Neither is a retained message, because its time is unknown.
        let isSignOfLife = decoded.hasPoints || device.profile.events.contains { $0.message == index }
        if let fault = decoded.timeFault { report(fault, index) }
        if decoded.isJSON == false {
            context.log.warning(
                "message is no JSON",
                metadata: ["device": "\(device.id)", "topic": "\(message.topic)"]
            )
        }
        state.withLock { state in
            if !decoded.faults.isEmpty { note(decoded.faults, of: message, &state) }
            if !isSignOfLife, !message.retained { note(unfit: message, index, &state) }
            if isSignOfLife, !message.retained {
                state.overdueAt = message.arrived + device.interval * 2.5
                state.isOffline = false
                if let change = state.health.answered() { report(change, stamp: stamp) }
            }
            if decoded.hasPoints {
                if device.profile.mqtt?.reportsChangesOnly ?? false { state.remember(decoded.values) }
                var measured = Measured(values: decoded.values, stamp: stamp, sourceTime: decoded.sourceTime)
                measured.whys = decoded.whys
                if message.retained {
                    measured.doubt = .retained
                } else {
                    judge(&measured, index, &state)
                    let lacked = state.lacked.take(&measured.values, message: index, at: message.arrived)
                    if !lacked.isEmpty { note(lacked: lacked, of: message, index, &state) }
                }
                if message.retained {
                    report(measured, &state)
                } else if let kept = state.thinning[index]?.take(measured, values: measured.values, at: stamp.uptime) {
                    for kept in kept { report(kept, &state, at: stamp.uptime) }
                } else {
                    report(measured, &state)
                }
            }
            guard !message.retained else { return }
            for event in decoded.events where state.seenEvents.insert(event.id, of: event.name) {
                report(event, stamp: stamp, sourceTime: decoded.sourceTime)
            }
        }
    }

    private func report(_ measured: Measured, _ state: inout State) {
        var reading = state.maker.reading(
            measured.values,
            stamp: measured.stamp,
            sourceTime: measured.sourceTime,
            doubt: measured.doubt
        )
        if !measured.whys.isEmpty { reading.samples.explain(measured.whys, points: device.profile.publicPoints) }
        accept(reading, &state, since: nil)
    }

    private func accept(_ reading: Reading, _ state: inout State, since: Uptime?) {
        context.sink.accept(reading, remembering: state.maker.remembering, since: since)
        context.log(state.maker.news.take(reading), of: device)
    }

    /// Reports a message that may have been held back until now.
    private func report(_ kept: Thinning<Measured>.Kept, _ state: inout State, at now: Uptime) {
        var reading = state.maker.reading(
            kept.message.values,
            stamp: kept.message.stamp,
            thinned: kept.thinned,
            sourceTime: kept.message.sourceTime,
            doubt: kept.message.doubt
        )
        if !kept.message.whys.isEmpty {
            reading.samples.explain(kept.message.whys, points: device.profile.publicPoints)
        }
        accept(reading, &state, since: now)
    }

    private func report(_ event: PayloadDecoder.DecodedEvent, stamp: Stamp, sourceTime: Instant?) {
        context.sink.accept(
            DeviceEvent(
                device: device,
                name: event.name,
                id: event.id,
                data: event.data,
                tooLong: event.tooLong,
                stamp: stamp,
                sourceTime: sourceTime
            )
        )
    }

    /// Takes a message of its availability topic.
    func availability(_ message: MQTTReceived) {
        guard let words = device.profile.mqtt?.availability else { return }
        let isOffline = words.isOffline(message.payload)
        let isOnline = words.isOnline(message.payload)
        let stamp = context.time.stamp(at: message.arrived)
        state.withLock { state in
            state.isOnline = isOnline
            // When it comes back, it must report its values again.
            if isOffline { state.lastValues = nil }
            if isOffline, !state.isOffline {
                state.isOffline = true
                reportSilence(&state, stamp: stamp)
            } else if isOnline, state.isOffline {
                state.isOffline = false
                state.overdueAt = message.arrived + device.interval * 2.5
            }
        }
    }

    /// What changes while the broker is away does not come again: the last values no longer hold.
    func brokerLost() {
        state.withLock { state in
            state.isOnline = false
            state.lastValues = nil
        }
    }

    // MARK: Silence

    /// Releases messages that were held back long enough; makes a reading of silence if the device is overdue.
    func reportOverdue(now: Uptime) {
        state.withLock { state in
            letOut(&state, at: now) { $0.letOut(at: now) }
            if state.overdueAt <= now { reportSilence(&state, stamp: context.time.stamp(at: now)) }
        }
    }

    /// Releases everything that is held back: nothing more comes.
    func end() {
        let now = context.time.uptime()
        state.withLock { state in letOut(&state, at: now) { $0.letOutNow(at: now) } }
    }

    private func letOut(
        _ state: inout State,
        at now: Uptime,
        _ next: (inout Thinning<Measured>) -> Thinning<Measured>.Kept?
    ) {
        var kept: [Thinning<Measured>.Kept] = []
        for (index, var thinning) in state.thinning {
            if let one = next(&thinning) { kept.append(one) }
            state.thinning[index] = thinning
        }
        for one in kept.sorted(by: { $0.message.stamp.uptime < $1.message.stamp.uptime }) {
            report(one, &state, at: now)
        }
    }

    private func reportSilence(_ state: inout State, stamp: Stamp) {
        // Earlier messages go first, and the next one counts as news.
        letOut(&state, at: stamp.uptime) { thinning in
            defer { thinning.forget() }
            return thinning.letOutNow(at: stamp.uptime)
        }
        state.overdueAt = stamp.uptime + device.interval
        if state.isOnline, let values = state.lastValues {
            // The device is online and has nothing new to report: its last values hold.
            let reading = state.maker.reading(values, stamp: stamp, sourceTime: repeatedTime(stamp))
            accept(reading, &state, since: nil)
            return
        }
        // Messages that do not carry its values are another fault than none.
        let unfit = state.unfit.flatMap { stamp.uptime - $0.arrived < device.interval * 2.5 ? $0 : nil }
        let reason: Reason = state.isOffline ? .offline : unfit == nil ? .notSeen : .notInMessage
        let hasReadings = !state.maker.shape.points.isEmpty
        if hasReadings {
            let why = reason == .notInMessage ? unfit?.why : nil
            let reading = state.maker.reading(unknown: reason, why: why, stamp: stamp)
            context.sink.accept(reading, remembering: nil, since: nil)
        }
        // A profile with only events has no reading to be null, and a missing event means nothing.
        guard hasReadings || reason == .offline else { return }
        if let change = state.health.failed(reason) { report(change, stamp: stamp) }
    }

    /// The present, as the device's own time of values that still hold; nil where it has no time of its own.
    private func repeatedTime(_ stamp: Stamp) -> Instant? {
        device.profile.mqtt?.messages.contains { $0.time != nil } ?? false ? stamp.time : nil
    }

    private func report(_ change: DeviceHealth.Change, stamp: Stamp) {
        context.sink.accept(change, of: device, stamp: stamp)
        switch change {
        case .down(.notInMessage, _):
            context.log.warning("device sends none of its values", metadata: ["device": "\(device.id)"])
        case .down(let reason, _):
            context.log.warning("device is silent", metadata: ["device": "\(device.id)", "reason": "\(reason.word)"])
        case .up: context.log.notice("device reports again", metadata: ["device": "\(device.id)"])
        }
    }
}
