public import Contract
import DequeModule
public import Domain
public import Journal
public import MQTT
public import Platform
import Synchronization

/// Sends the journal's entries to one destination, in two lanes.
///
/// Invariants:
/// - Live goes first, always. An entry is live once: offered at its arrival, and sent within `liveAge`, in this
///   process. An entry that was not sent then, or was sent and not acknowledged when the connection ended, is backfill.
/// - Only the journal knows what is owed. Backfill sends what the journal lists as pending, is not in flight and does
///   not wait in the live lane; so nothing is sent twice within a connection and nothing is forgotten.
/// - An entry leaves the journal's queue in one place: `acknowledged`. A refused entry stays owed until `RefusalJudge`
///   has proof that the entry is at fault.
/// - Memory is bounded: the live lane by `liveAge`, and without a connection by `liveRoom`; backfill by one page, the
///   window by the broker.
/// - In packs a row is live if it is offered in the first pack that closes after it came. `Packs` says what holds for
///   them besides.
public final class Forwarder: Sendable {
    public let settings: ForwarderSettings
    let journal: Journal
    let time: any TimeSource
    let format: any DestinationSession
    let notify: @Sendable (ForwarderNotice) -> Void
    let carried: @Sendable (Traffic) -> Void
    let lanes: Mutex<Lanes>
    let requests = Mutex(RequestJudge())
    let deliveredCount = Atomic<UInt64>(0)
    /// Set once, before the session starts.
    private let session: Mutex<MQTTSession?> = Mutex(nil)

    /// - Parameters:
    ///   - format: defines the messages of the destination, and what proves that they have arrived.
    ///   - carried: called with what the session's sockets carried, as `MQTTSessionOwner` says.
    ///   - notify: called on the session's thread; must return quickly.
    public init(
        settings: ForwarderSettings,
        format: any DestinationSession,
        journal: Journal,
        time: any TimeSource,
        carried: @escaping @Sendable (Traffic) -> Void = { _ in },
        notify: @escaping @Sendable (ForwarderNotice) -> Void
    ) {
        self.settings = settings
        self.journal = journal
        self.time = time
        self.carried = carried
        self.notify = notify
        self.format = format
        lanes = Mutex(Lanes(settings: settings, proof: format.proof))
    }

    /// Starts the session that this forwarder owns.
    ///
    /// - Parameter loop: serves the session while it is connected.
    public func start(_ settings: MQTTSettings, name: String, on loop: EventLoop) {
        var settings = settings
        settings.subscriptions = format.subscriptions
        settings.refusable = format.refusable
        let session = MQTTSession(settings: settings, owner: self, time: time, name: name, loop: loop)
        self.session.withLock { $0 = session }
        session.start()
    }

    /// What waits for its pack goes out before the end.
    public func stop(within limit: Duration) {
        lanes.withLock { $0.packs?.isEnding = true }
        session.withLock { $0 }?.stop(within: limit)
    }

    /// Readings and events that the destination has acknowledged since the start.
    public var delivered: UInt64 { deliveredCount.load(ordering: .relaxed) }

    /// Why and since when the broker refuses every entry, or those to a topic; nil while it refuses nothing.
    public var refusal: BrokerRefusal? {
        let now = time.uptime()
        let (judged, passing) = lanes.withLock { ($0.judge.present, $0.refusals.present(now: now)) }
        if let judged {
            return BrokerRefusal(code: judged.cause.code, words: judged.cause.words, since: judged.since)
        }
        return passing.map { refusal in
            BrokerRefusal(
                code: refusal.code,
                words: PubackVerdict.name(of: refusal.code),
                since: refusal.since,
                topic: refusal.topic
            )
        }
    }

    /// Whether the backlog waits for a subscriber.
    public var waitsForSubscriber: Bool { lanes.withLock { $0.waitsForSubscriber } }

    public var heartbeat: Heartbeat? { session.withLock { $0 }?.heartbeat }

    public var snapshot: MQTTSnapshot? { session.withLock { $0 }?.snapshot }

    /// Offers an entry that the journal has just appended to the live lane; from any thread.
    ///
    /// - Parameter since: when it became live, where that is not its arrival: a message may be held back.
    public func offer(_ entry: JournalEntry, since: Uptime? = nil) {
        let now = time.uptime()
        if lanes.withLock({ $0.offer(entry, since: since, now: now) }) { wake() }
    }

    /// Publishes the newest state of a retained topic, now and after each reconnection; nil payload clears it.
    ///
    /// - Parameter once: not again once the broker has acknowledged it.
    public func announce(topic: String, payload: [UInt8]?, once: Bool = false) {
        lanes.withLock { $0.announce(topic: topic, payload: payload ?? [], once: once) }
        wake()
    }

    /// Whether the state of one of these topics would go out again after a reconnection.
    public func owesState(of topics: [String]) -> Bool { lanes.withLock { $0.holdsState(of: topics) } }

    /// Sends a message that is not retained, between live readings and the backlog, and again after a lost connection
    /// until it is answered.
    ///
    /// - Parameter done: called once, on the session's thread, with whether the broker has acknowledged it. The caller
    ///   stores what must outlive this process.
    public func post(topic: String, payload: [UInt8], done: @escaping @Sendable (Bool) -> Void) {
        lanes.withLock { $0.post(Lanes.Post(topic: topic, payload: payload, done: done)) }
        wake()
    }

    func wake() { session.withLock { $0 }?.wake() }
}
