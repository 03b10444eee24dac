package import Diagnosing
package import Domain
package import MQTT
import Platform
package import Profiles
import Synchronization

/// Listens to everything that a broker lets this user hear, for a limited time.
package final class TopicScan: MQTTSessionOwner {
    private struct Listening: Sendable {
        var survey: TopicSurvey
        var connectedAt: Uptime?
        var failure: MQTTError?
    }

    private let listening: Mutex<Listening>
    private let settings: MQTTSettings
    private let time: any TimeSource
    private let news = WakeFlag()

    /// - Parameter settings: for the broker, with a client id of the probe's own.
    package init(profiles: [Profile], settings: MQTTSettings, time: any TimeSource) {
        listening = Mutex(Listening(survey: TopicSurvey(profiles: profiles)))
        var settings = settings
        settings.subscriptions = ["#"]
        settings.connectTimeout = .seconds(5)
        // The first failure is the result.
        settings.backoff = .seconds(60) ... .seconds(60)
        self.settings = settings
        self.time = time
    }

    /// Blocks until the time is over, the user stops it, or the broker fails.
    ///
    /// - Parameter tell: called every second with what was heard so far and the time left.
    /// - Returns: what was heard, and why the broker does not serve.
    package func run(
        for wait: Duration,
        stop: StopFlag,
        tell: (TopicSurvey, Duration) -> Void
    ) -> (survey: TopicSurvey, finding: Finding?) {
        let session = MQTTSession(settings: settings, owner: self, time: time, name: "probe")
        session.start()
        defer { session.stop(within: .seconds(1)) }
        var toldAt: Uptime?
        while true {
            let now = time.uptime()
            let seen = listening.withLock { ($0.survey, $0.connectedAt, $0.failure) }
            if let failure = seen.2 { return (seen.0, failure.finding) }
            let left = seen.1.map { $0 + wait - now } ?? wait
            if left <= .zero || stop.isRaised { return (seen.0, nil) }
            if toldAt.map({ now - $0 >= .seconds(1) }) ?? true {
                tell(seen.0, left)
                toldAt = now
            }
            news.wait(until: now + min(left, .milliseconds(200)), time: time)
        }
    }

    // MARK: MQTTSessionOwner

    package func sessionConnected(_ connection: MQTTConnection) {
        listening.withLock { $0.connectedAt = time.uptime() }
        news.raise()
    }

    package func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        // A message too large for this scan ends the connection: what was heard before it counts.
        guard error.kind != .stopped else { return }
        listening.withLock { $0.failure = error }
        news.raise()
    }

    package func nextMessage() -> MQTTNext { .idle(until: nil) }

    package func acknowledged(token: MQTTToken, code: UInt8) {}

    package func received(_ message: MQTTReceived) {
        listening.withLock {
            $0.survey.add(message.payload, on: message.topic, isRetained: message.retained, at: message.arrived)
        }
    }
}
