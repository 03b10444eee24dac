import Contract
import DequeModule
public import Domain
import Journal
public import MQTT
import Synchronization

/// What the forwarder does with its session: it says what goes out next, and takes the answers.
extension Forwarder: MQTTSessionOwner {
    public func will() -> MQTTMessage? { format.will() }

    public func sessionCarried(_ traffic: Traffic) { carried(traffic) }

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
            guard !PubackVerdict(code: code).isTaken else { return }
            notify(.refused(code: code, words: PubackVerdict.name(of: code), topic: ""))
        }
    }

    private func answered(announcement count: Int64, code: UInt8) {
        let accepted = PubackVerdict(code: code).isTaken
        let topic = lanes.withLock { $0.answeredAnnouncement(count, accepted: accepted) }
        if !accepted, let topic { notify(.refused(code: code, words: PubackVerdict.name(of: code), topic: topic)) }
    }

    private func answered(post count: Int64, code: UInt8) {
        guard let post = lanes.withLock({ $0.answeredPost(count) }) else { return }
        let accepted = PubackVerdict(code: code).isTaken
        if !accepted { notify(.refused(code: code, words: PubackVerdict.name(of: code), topic: post.topic)) }
        post.done(accepted)
    }

    /// The fence's answer proves the entries before it; a refused fence proves nothing, and they are sent again.
    private func answered(fence count: Int64, code: UInt8) {
        let isProof = PubackVerdict(code: code).isTaken
        let rows = lanes.withLock { lanes in
            let rows = lanes.fences?.answered(count) ?? []
            for row in rows where !isProof { _ = lanes.answered(row) }
            return rows
        }
        if isProof { for row in rows { answered(row: row, code: 0) } }
    }

    private func answered(row: Int64, code: UInt8) {
        let now = time.uptime()
        let verdict = PubackVerdict(code: code)
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
        case .mayPass:
            let first = lanes.withLock { lanes in
                lanes.judge.undecided(row, now: now)
                // Code 0x87 concerns the rights of one topic; other passing refusals concern the whole stream.
                return lanes.rest(code == 0x87 ? Stream(topicOf: sent.entry, sent.lane) : stream, now: now)
            }
            let topic = settings.topics.topic(of: sent.entry, lane: sent.lane)
            if first { notify(.refused(code: code, words: PubackVerdict.name(of: code), topic: topic)) }
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
