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
public final class Forwarder: MQTTSessionOwner {
    public let settings: ForwarderSettings
    private let journal: Journal
    private let time: any TimeSource
    private let format: any DestinationSession
    private let notify: @Sendable (ForwarderNotice) -> Void
    private let lanes: Mutex<Lanes>
    private let deliveredCount = Atomic<UInt64>(0)
    /// Set once, before the session starts.
    private let session: Mutex<MQTTSession?> = Mutex(nil)

    /// - Parameters:
    ///   - format: defines the messages of the destination, and what proves that they have arrived.
    ///   - notify: called on the session's thread; must return quickly.
    public init(
        settings: ForwarderSettings,
        format: any DestinationSession,
        journal: Journal,
        time: any TimeSource,
        notify: @escaping @Sendable (ForwarderNotice) -> Void
    ) {
        self.settings = settings
        self.journal = journal
        self.time = time
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
        let session = MQTTSession(settings: settings, owner: self, time: time, name: name, loop: loop)
        self.session.withLock { $0 = session }
        session.start()
    }

    public func stop(within limit: Duration) {
        session.withLock { $0 }?.stop(within: limit)
    }

    /// Readings and events that the destination has acknowledged since the start.
    public var delivered: UInt64 { deliveredCount.load(ordering: .relaxed) }

    /// Why and since when the broker refuses every entry; nil while it takes any.
    public var refusal: (words: String, since: Uptime)? {
        lanes.withLock { $0.judge.present }.map { ($0.cause.words, $0.since) }
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
        lanes.withLock { $0.offer(entry, since: since, now: now) }
        wake()
    }

    /// Publishes the newest state of a retained topic, now and after each reconnection; nil payload clears it.
    public func announce(topic: String, payload: [UInt8]?) {
        lanes.withLock { $0.announce(topic: topic, payload: payload ?? []) }
        wake()
    }

    /// Sends a message that is not retained, between live readings and the backlog, and again after a lost connection
    /// until it is answered.
    ///
    /// - Parameter done: called once, on the session's thread, with whether the broker has acknowledged it. The caller
    ///   stores what must outlive this process.
    public func post(topic: String, payload: [UInt8], done: @escaping @Sendable (Bool) -> Void) {
        lanes.withLock { $0.post(Lanes.Post(topic: topic, payload: payload, done: done)) }
        wake()
    }

    private func wake() { session.withLock { $0 }?.wake() }

    // MARK: MQTTSessionOwner

    public func will() -> MQTTMessage? { format.will() }

    public func sessionConnected(_ connection: MQTTConnection) {
        let opening = format.opening()
        lanes.withLock { $0.connected(saying: opening) }
        notify(.connected(address: connection.address.description, window: connection.window))
    }

    public func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        let now = time.uptime()
        let (finding, cloned) = lanes.withLock { lanes in
            let finding = lanes.disconnected(Lanes.Loss(at: now, byBroker: error.kind.isTheBrokersDoing))
            return (finding, error.kind == .takenOver && lanes.takenOver(now: now))
        }
        if error.kind != .stopped { notify(.disconnected(error.description)) }
        if cloned { notify(.identityCloned) }
        if let finding { tell(finding) }
    }

    public func nextMessage() -> MQTTNext {
        // A step without a message in the format is done, and the next one is tried.
        while true {
            if let next = nextStep() { return next }
        }
    }

    /// - Returns: nil where the format has no message for the next step.
    private func nextStep() -> MQTTNext? {
        let now = time.uptime()
        let journal = journal
        let destination = settings.destination
        let next = lanes.withLock { lanes in
            lanes.next(
                now: now,
                isPending: { journal.isPending(row: $0, destination: destination) },
                owed: { journal.pending(destination: destination).count }
            )
        }
        switch next {
        case .opening(let message): return .message(message.named(.opening))
        case .announcement(let topic, let payload, let count):
            if let message = format.message(ofState: topic, payload: payload) {
                return .message(message.named(.announcement(count)))
            }
            answered(announcement: count, code: 0)
            return nil
        case .post(let topic, let payload, let count):
            if let message = format.message(ofPost: topic, payload: payload) {
                return .message(message.named(.post(count)))
            }
            answered(post: count, code: 0)
            return nil
        case .entry(let entry, let lane):
            if let message = format.message(of: entry, lane: lane) {
                return .message(message.named(.entry(entry.row)))
            }
            answered(row: entry.row, code: 0)
            return nil
        case .fence(let count): return .fence(MessageName.fence(count).token)
        case .page(let cursor):
            requestPage(after: cursor)
            return .idle(until: nil)
        case .idle(let deadline): return .idle(until: deadline)
        }
    }

    private func requestPage(after cursor: Int64) {
        journal.requestPage(destination: settings.destination, after: cursor, limit: Lanes.pageSize) {
            [weak self] page in
            guard let self else { return }
            let now = self.time.uptime()
            self.lanes.withLock { $0.turned(page, after: cursor, now: now) }
            self.wake()
        }
    }

    public func acknowledged(token: MQTTToken, code: UInt8) {
        switch MessageName(token) {
        case .entry(let row): answered(row: row, code: code)
        case .announcement(let count): answered(announcement: count, code: code)
        case .post(let count): answered(post: count, code: code)
        case .fence(let count): answered(fence: count, code: code)
        case .opening:
            if !Verdict(code: code).isTaken { notify(.refused(code: code, words: Verdict.name(of: code), topic: "")) }
        }
    }

    private func answered(announcement count: Int64, code: UInt8) {
        let accepted = Verdict(code: code).isTaken
        let topic = lanes.withLock { $0.answeredAnnouncement(count, accepted: accepted) }
        if !accepted, let topic { notify(.refused(code: code, words: Verdict.name(of: code), topic: topic)) }
    }

    private func answered(post count: Int64, code: UInt8) {
        guard let post = lanes.withLock({ $0.answeredPost(count) }) else { return }
        let accepted = Verdict(code: code).isTaken
        if !accepted { notify(.refused(code: code, words: Verdict.name(of: code), topic: post.topic)) }
        post.done(accepted)
    }

    /// The fence's answer proves the entries before it; a refused fence proves nothing, and they are sent again.
    private func answered(fence count: Int64, code: UInt8) {
        let isProof = Verdict(code: code).isTaken
        let rows = lanes.withLock { lanes in
            let rows = lanes.fences?.answered(count) ?? []
            for row in rows where !isProof { _ = lanes.answered(row) }
            return rows
        }
        if isProof { for row in rows { answered(row: row, code: 0) } }
    }

    private func answered(row: Int64, code: UInt8) {
        let now = time.uptime()
        let verdict = Verdict(code: code)
        guard let sent = lanes.withLock({ $0.answered(row) }) else { return }
        let stream = Stream(sent.entry, sent.lane)
        switch verdict {
        case .delivered:
            delivered(row)
            if sent.lane == .backfill { _ = lanes.withLock { $0.note(stream, hasSubscriber: true) } }
        case .nobodySubscribes where sent.lane == .live || !settings.waitsForSubscriber:
            delivered(row)
        case .nobodySubscribes:
            let isNews = lanes.withLock { lanes in
                _ = lanes.rest(stream, now: now)
                return lanes.note(stream, hasSubscriber: false)
            }
            if isNews { notify(.withoutSubscriber(topic: settings.topics.topic(of: sent.entry, lane: sent.lane))) }
        case .condition:
            let first = lanes.withLock { lanes in
                lanes.judge.undecided(row, now: now)
                // Code 0x87 concerns the rights of one topic; other passing refusals concern the whole stream.
                return lanes.rest(code == 0x87 ? Stream(topicOf: sent.entry, sent.lane) : stream, now: now)
            }
            let topic = settings.topics.topic(of: sent.entry, lane: sent.lane)
            if first { notify(.refused(code: code, words: Verdict.name(of: code), topic: topic)) }
        case .neverTaken:
            let finding = lanes.withLock { $0.judge.refused(sent.entry, by: .answer(code), now: now) }
            if let finding { tell(finding) }
        }
        if verdict.isTaken { release(lanes.withLock { $0.judge.taken(row, now: now) }) }
    }

    /// Entries that the broker refuses while it acknowledges others are no longer owed.
    private func release(_ release: RefusalJudge.Release) {
        if let lasted = release.conditionLasted { notify(.takesAgain(lasted)) }
        for (row, suspect) in release.setAside {
            guard let cause = suspect.cause else { continue }
            journal.setAside(row: row, destination: settings.destination)
            notify(
                .quarantined(
                    epoch: suspect.epoch,
                    seq: suspect.seq,
                    code: cause.code,
                    words: cause.words,
                    ofQuarantine: suspect.tellsOfQuarantine
                )
            )
        }
    }

    private func tell(_ finding: RefusalJudge.Finding) {
        switch finding {
        case .condition(let cause, let since, let isAlarm):
            notify(.refusesAll(code: cause.code, words: cause.words, since: since, isAlarm: isAlarm))
        }
    }

    private func delivered(_ row: Int64) {
        journal.acknowledge(row: row, destination: settings.destination)
        deliveredCount.add(1, ordering: .relaxed)
    }

    public func received(_ message: MQTTReceived) {
        guard format.received(message) == .openAgain else { return }
        let opening = format.opening()
        lanes.withLock { $0.opening = Deque(opening) }
        wake()
    }
}

extension MQTTMessage {
    fileprivate func named(_ name: MessageName) -> MQTTMessage {
        var named = self
        named.token = name.token
        return named
    }
}

extension MQTTError.Kind {
    /// Whether the broker ended a connection because of what it received. A bad uplink mostly looks different, but not
    /// always.
    fileprivate var isTheBrokersDoing: Bool {
        switch self {
        case .connectionLost, .closedByBroker, .notAuthorised, .protocolViolation, .tls: true
        default: false
        }
    }
}
