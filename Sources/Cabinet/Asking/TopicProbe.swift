package import Diagnosing
package import Domain
package import MQTT
import Platform
import Profiles
import Synchronization

/// Listens to one field broker, for a limited time, for what its devices publish.
package final class TopicProbe: MQTTSessionOwner {
    private struct Listening: Sendable {
        var states: [TopicState]
        var connectedAt: Uptime?
        var failure: MQTTError?
    }

    private let decoders: [TopicDecoder]
    private let listening: Mutex<Listening>
    private let settings: MQTTSettings
    private let time: any TimeSource
    private let news = WakeFlag()

    /// - Parameters:
    ///   - targets: devices whose profiles have messages.
    ///   - settings: for the broker, with a client id of the probe's own: an id in use would take over that connection.
    ///   - gatewayOffset: as in `PayloadDecoder`.
    package init(
        _ targets: [ProbeTarget],
        settings: MQTTSettings,
        time: any TimeSource,
        gatewayOffset: @escaping @Sendable (Instant) -> Int64
    ) {
        decoders = targets.map { TopicDecoder($0, gatewayOffset: gatewayOffset) }
        listening = Mutex(Listening(states: decoders.map { TopicState($0) }))
        var settings = settings
        settings.subscriptions = TopicFilter.subscriptions(decoders.flatMap(\.topics)).map(\.description).sorted()
        settings.connectTimeout = .seconds(5)
        // The first failure is the result: no second attempt comes before the probe has ended.
        settings.backoff = .seconds(60) ... .seconds(60)
        self.settings = settings
        self.time = time
    }

    /// How long to wait for a device: one and a half of its intervals, 2 s to 30 s.
    package static func wait(for interval: Duration) -> Duration { min(.seconds(30), max(.seconds(2), interval * 1.5)) }

    /// Blocks until every device has sent everything, its time is over, or the broker has failed.
    ///
    /// - Parameters:
    ///   - wait: for each device, counted from the connection; nil means `wait(for:)`.
    ///   - tell: called with each device's report as soon as it is known.
    package func run(wait: Duration? = nil, isStopping: () -> Bool = { false }, tell: (DeviceReport) -> Void) {
        let session = MQTTSession(settings: settings, owner: self, time: time, name: "probe")
        session.start()
        var open = Array(listening.withLock { $0.states.indices })
        while !open.isEmpty, !isStopping() {
            let now = time.uptime()
            let seen = listening.withLock {
                Listening(states: $0.states, connectedAt: $0.connectedAt, failure: $0.failure)
            }
            if let failure = seen.failure {
                for index in open {
                    var report = DeviceReport(target: seen.states[index].target)
                    report.finding = failure.finding
                    tell(report)
                }
                break
            }
            var next = now + .milliseconds(200)  // a stop is looked for that often
            if let connected = seen.connectedAt {
                open.removeAll { index in
                    let limit = wait ?? Self.wait(for: seen.states[index].target.interval)
                    guard seen.states[index].isComplete || connected + limit <= now else {
                        next = min(next, connected + limit)
                        return false
                    }
                    tell(seen.states[index].report(waited: limit))
                    return true
                }
            }
            if !open.isEmpty { news.wait(until: next, time: time) }
        }
        session.stop(within: .seconds(1))
    }

    // MARK: MQTTSessionOwner

    package func sessionConnected(_ connection: MQTTConnection) {
        listening.withLock { $0.connectedAt = time.uptime() }
        news.raise()
    }

    package func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        guard error.kind != .stopped else { return }
        listening.withLock { $0.failure = error }
        news.raise()
    }

    package func nextMessage() -> MQTTNext { .idle(until: nil) }

    package func acknowledged(token: MQTTToken, code: UInt8) {}

    package func received(_ message: MQTTReceived) {
        let stamp = time.stamp(at: message.arrived)
        let said = decoders.map { $0.decode(message.payload, on: message.topic, isRetained: message.retained) }
        listening.withLock { listening in
            for (index, said) in said.enumerated() {
                if let said { listening.states[index].accept(said, stamp: stamp) }
            }
        }
        news.raise()
    }
}

extension MQTTError {
    /// What to say to a technician about a broker that does not serve.
    var finding: Finding {
        .broker(Finding.BrokerFault(rawValue: trouble.rawValue) ?? .refused, address: "\(address)", detail: detail)
    }
}
