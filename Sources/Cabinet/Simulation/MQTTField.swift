import Domain
import MQTT
import Platform
import Synchronization

/// The MQTT devices of one broker, all in one session: decides what is published when.
final class MQTTField: MQTTSessionOwner {
    private struct Waiting {
        var due: Uptime
        var publication: MQTTDevice.Publication
    }

    private struct State {
        var last: [MQTTDevice.Moment]
        var due: [Uptime]
        /// In order of their times.
        var waiting: [Waiting] = []
        var stopping = false
        var ticks: Int64 = 0
        /// Reported once, however often the session tries the broker.
        var lastError: String?
    }

    let counts = BusCounts()
    private let bus: String
    private let devices: [MQTTDevice]
    private let faults: [Fault]
    private let cables: Cables
    private let chance: Chance
    private let clock: ModelClock
    private let report: @Sendable (String) -> Void
    private let state: Mutex<State>

    init(
        bus: String,
        devices: [MQTTDevice],
        faults: [Fault],
        cables: Cables,
        chance: Chance,
        clock: ModelClock,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.bus = bus
        self.devices = devices
        self.faults = faults
        self.cables = cables
        self.chance = chance
        self.clock = clock
        self.report = report
        let now = clock.time.uptime()
        let moment = Self.moment(now, clock)
        state = Mutex(State(last: devices.map { _ in moment }, due: devices.map { _ in now }))
    }

    private static func moment(_ now: Uptime, _ clock: ModelClock) -> MQTTDevice.Moment {
        let time = clock.time.stamp(at: now).time
        return MQTTDevice.Moment(seconds: clock.seconds(at: now), time: time, localOffset: LocalTime.offset(at: time))
    }

    /// From now on only the last message of each device is published.
    func beginStopping() {
        let now = clock.time.uptime()
        state.withLock { state in
            state.stopping = true
            state.waiting = devices.compactMap { $0.availability(online: false) }
                .map { Waiting(due: now, publication: $0) }
        }
    }

    // MARK: The session's questions

    func sessionConnected(_ connection: MQTTConnection) {
        let now = clock.time.uptime()
        state.withLock { state in
            state.lastError = nil
            guard !state.stopping else { return }
            state.waiting = devices.compactMap { $0.availability(online: true) }
                .map { Waiting(due: now, publication: $0) }
            // Every device reports soon, a little apart from the others, and then at its own regular times.
            for (index, device) in devices.enumerated() {
                let spread = min(1, device.interval.inSeconds)
                let delay = chance.child(device.id).between(0, spread, 0)
                state.due[index] = now + .nanoseconds(Int64(delay * 1e9))
            }
        }
        report("bus \(bus): connected to \(connection.address)")
    }

    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        // An unanswered report of a sensor is lost; the next one will do.
        let words = error.description
        let isNews = state.withLock { state in
            defer { state.lastError = words }
            return state.lastError != words && !state.stopping
        }
        if isNews { report("bus \(bus): \(words)") }
    }

    func nextMessage() -> MQTTNext {
        let now = clock.time.uptime()
        return state.withLock { state in
            if !state.stopping { tick(&state, at: now) }
            if let next = state.waiting.first, next.due <= now {
                state.waiting.removeFirst()
                let message = next.publication
                return .message(
                    MQTTMessage(topic: message.topic, payload: message.payload, retained: message.retained)
                )
            }
            if state.stopping { return .idle(until: nil) }
            return .idle(until: (state.due + state.waiting.prefix(1).map(\.due)).min())
        }
    }

    func acknowledged(token: MQTTToken, code: UInt8) {
        if code < 0x80 { counts.count { $0.published += 1 } }
    }

    func received(_ message: MQTTReceived) {}

    // MARK: Ticks

    private func tick(_ state: inout State, at now: Uptime) {
        for (index, device) in devices.enumerated() where state.due[index] <= now {
            let moment = Self.moment(now, clock)
            let isOut = cables.isOut(bus, device.id)
            for publication in isOut ? [] : device.publications(since: state.last[index], at: moment) {
                state.ticks += 1
                guard let (faulty, delay) = befall(publication, of: device.id, number: state.ticks) else { continue }
                let due = now + delay
                let place = state.waiting.firstIndex { $0.due > due } ?? state.waiting.endIndex
                state.waiting.insert(Waiting(due: due, publication: faulty), at: place)
            }
            state.last[index] = moment
            let late = (now - state.due[index]).wholeNanoseconds / max(1, device.interval.wholeNanoseconds)
            state.due[index] = state.due[index] + device.interval * Int(late + 1)
        }
    }

    /// Applies faults to a message; nil when one swallows it. Faults of Modbus frames change nothing here.
    private func befall(
        _ publication: MQTTDevice.Publication,
        of device: String,
        number: Int64
    ) -> (MQTTDevice.Publication, Duration)? {
        var publication = publication
        let befallen = faults.enumerated().filter { index, fault in
            fault.befalls(device) && fault.kind.concernsMessages
                && chance.fraction(number, Int64(index)) < fault.probability
        }.map(\.element.kind)
        if !befallen.isEmpty { counts.count { $0.faulted += 1 } }
        if befallen.contains(.silence) { return nil }
        var delay = Duration.zero
        for kind in befallen {
            switch kind {
            case .late(let time): delay += time
            case .truncate: publication.payload.removeLast((publication.payload.count + 1) / 2)
            case .corrupt: if !publication.payload.isEmpty { publication.payload[0] = 0xff }
            case .noise: publication.payload = [0x00, 0xff, 0x7b] + publication.payload
            case .silence, .exception, .wrongUnit, .echo: break
            }
        }
        return (publication, delay)
    }
}

extension Fault.Kind {
    /// Exceptions, units and echoes concern Modbus frames only.
    fileprivate var concernsMessages: Bool {
        switch self {
        case .silence, .late, .truncate, .corrupt, .noise: true
        case .exception, .wrongUnit, .echo: false
        }
    }
}
