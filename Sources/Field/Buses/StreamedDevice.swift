import Decoding
import Domain
import Installation
import Logging
import Profiles

/// A device that sends text: its frames become readings, and its silence does too. It is served by one thread.
struct StreamedDevice {
    let device: Device
    let access: StreamAccess
    private let context: FieldContext
    private var decoder: StreamDecoder
    private var maker: ReadingMaker
    private var sampling: StreamSampling
    private var health: DeviceHealth
    /// When it becomes overdue; each frame moves this on.
    private var overdueAt: Uptime
    /// The frames since the last one with values, or since the last reading of silence.
    private var recent = FrameTally()
    /// The frames since the last line of the log about damage.
    private var untold = FrameTally()
    private var toldAt: Uptime?
    private(set) var total = FrameTally()
    private(set) var timeouts = 0
    /// How many questions in a row brought no values.
    private var failures = 0

    /// Nil for a device whose profile is no stream's.
    init?(_ device: Device, in context: FieldContext) {
        guard let access = device.profile.stream, let decoder = StreamDecoder(profile: device.profile) else {
            return nil
        }
        self.device = device
        self.access = access
        self.context = context
        self.decoder = decoder
        let now = context.time.uptime()
        maker = ReadingMaker(device: device, recalling: context.sink.recall)
        sampling = StreamSampling(
            points: device.profile.points,
            interval: device.interval,
            gridStart: context.gridStart,
            now: now
        )
        // A device that is asked is down after two questions, as a Modbus device is.
        health = DeviceHealth(isDown: context.sink.isDown(device.id), patience: access.ask == nil ? 1 : 2)
        overdueAt = now + device.interval * 2.5
    }

    /// When something must be done although nothing comes.
    var due: Uptime { access.ask == nil ? min(sampling.due, overdueAt) : sampling.due }

    // MARK: What comes

    /// The port was opened, or the device is asked now.
    mutating func begins(isAligned: Bool) { decoder.restart(isAligned: isAligned) }

    /// Takes bytes that came at that moment.
    ///
    /// - Returns: whether a frame with values was among them.
    mutating func take(_ bytes: [UInt8], at now: Uptime) -> Bool { take(decoder.take(bytes), at: now) }

    /// The line has been silent for a while.
    mutating func fellSilent(at now: Uptime) -> Bool { take(decoder.fellSilent(), at: now) }

    private mutating func take(_ frames: [StreamFrame], at now: Uptime) -> Bool {
        var hasValues = false
        for frame in frames {
            total.add(frame)
            recent.add(frame)
            untold.add(frame)
            guard let values = frame.values, let form = frame.form else { continue }
            hasValues = true
            accept(values, form: form, at: now)
        }
        tellDamage(at: now)
        return hasValues
    }

    private mutating func accept(_ values: [RawValue?], form: Int, at now: Uptime) {
        recent = FrameTally()
        failures = 0
        overdueAt = now + device.interval * 2.5
        if let change = health.answered() { report(change) }
        let reading = maker.reading(values, stamp: context.time.stamp(at: now))
        if access.ask != nil { return letOut([reading]) }
        letOut(sampling.take(reading, form: form, at: now))
    }

    private mutating func letOut(_ readings: [Reading]) {
        for reading in readings {
            context.sink.accept(reading, remembering: maker.remembering, since: nil)
            context.log(maker.news.take(reading), of: device)
        }
    }

    /// One line of the log a minute is enough for people.
    private mutating func tellDamage(at now: Uptime) {
        guard let words = untold.words, toldAt.map({ now - $0 >= .seconds(60) }) ?? true else { return }
        context.log.warning("frames are damaged", metadata: ["device": "\(device.id)", "why": "\(words)"])
        toldAt = now
        untold = FrameTally()
    }

    // MARK: Ticks and silence

    /// Lets out what was held until its tick; makes a reading of silence if the device is overdue.
    ///
    /// - Parameter failure: why the port is not open, if it is not.
    mutating func tick(now: Uptime, failure: Reason?, detail: String?) {
        if access.ask != nil {
            guard sampling.due <= now else { return }
            _ = sampling.tick(now: now)
            if let failure { isSilent(failure, detail: detail, at: now) }
            return
        }
        let isTick = sampling.due <= now
        letOut(sampling.tick(now: now))
        if let failure {
            // A connection that is made anew within an interval is no news.
            if isTick { isSilent(failure, detail: detail, isNews: failures > 0, at: now) }
        } else if overdueAt <= now {
            isSilent(recent.reason ?? .notSeen, detail: recent.words, at: now)
        }
    }

    /// The device was asked, and sent no frame with values in time.
    mutating func leftUnanswered(at now: Uptime) {
        if recent.frames == 0 { timeouts += 1 }
        isSilent(recent.reason ?? .timeout, detail: recent.words, at: now)
    }

    private mutating func isSilent(_ reason: Reason, detail: String?, isNews: Bool = true, at now: Uptime) {
        letOut(sampling.letOut())
        sampling.forget()
        maker.interrupted()
        overdueAt = now + device.interval
        failures += 1
        let why = recent.words
        recent = FrameTally()
        let stamp = context.time.stamp(at: now)
        context.sink.accept(maker.reading(unknown: reason, why: why, stamp: stamp), remembering: nil, since: nil)
        guard isNews, let change = health.failed(inARow: failures, reason, detail: detail) else { return }
        report(change)
    }

    /// Lets out everything that is held: nothing more comes.
    mutating func end() { letOut(sampling.letOut()) }

    private func report(_ change: DeviceHealth.Change) {
        context.sink.accept(change, of: device, stamp: context.time.stamp())
        switch change {
        case .down(let reason, let detail):
            let words: Logger.Message =
                reason == .crc || reason == .badFrame ? "device sends damaged frames alone" : "device is silent"
            context.log.warning(
                words,
                metadata: ["device": "\(device.id)", "reason": "\(reason.word)", "error": "\(detail ?? "")"]
            )
        case .up: context.log.notice("device is heard again", metadata: ["device": "\(device.id)"])
        }
    }
}
