import Contract
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
        lanes.withLock { $0.connected(saying: opening, largestPacket: connection.largestPacket) }
        notify(.connected(address: connection.address.description, window: connection.window))
    }

    public func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        let now = time.uptime()
        let isPending = isPending
        let (finding, cloned) = lanes.withLock { lanes in
            let loss = Lanes.Loss(at: now, byBroker: error.kind.isTheBrokersDoing)
            let finding = lanes.disconnected(loss, isPending: isPending)
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
                owed: { journal.toSend(destination: destination) }
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
        case .pack(let entries, let lane, let count): return message(ofPack: entries, lane, count)
        case .entry(let entry, let lane) where settings.isPacked(lane):
            if let message = format.message(ofPack: [entry], lane: lane) {
                return .message(message.named(.entry(entry.row)))
            }
            answered(row: entry.row, code: 0x95)
            return nil
        case .state(let entry, let count): return message(ofNewest: entry, count)
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
        case .pack(let count): answered(pack: count, code: code)
        case .state(let count): answered(newest: count, code: code)
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
        let sent = lanes.withLock { lanes in
            lanes.answeredAlone(row, code: code)
            return lanes.answered(row)
        }
        if let sent { answered([sent], code: code) }
    }

    /// Takes the answer to one message: an entry, or a pack of several of one lane and gateway.
    func answered(_ sent: [Lanes.Sent], code: UInt8) {
        guard let first = sent.first else { return }
        let now = time.uptime()
        let (entry, lane) = (first.entry, first.lane)
        let verdict = PubackVerdict(code: code)
        switch verdict {
        case .delivered:
            delivered(sent)
            if lane == .backfill {
                _ = lanes.withLock { $0.note($0.stream(of: entry, lane), hasSubscriber: true) }
            }
        case .nobodySubscribes where lane == .live || !settings.waitsForSubscriber:
            delivered(sent)
        case .nobodySubscribes:
            let isNews = lanes.withLock { lanes in
                let stream = lanes.stream(of: entry, lane)
                _ = lanes.rest(stream, now: now)
                return lanes.note(stream, hasSubscriber: false)
            }
            if isNews { notify(.withoutSubscriber(topic: settings.topic(of: entry, lane))) }
        case .mayPass:
            let topic = settings.topic(of: entry, lane)
            let isNews = lanes.withLock { lanes in
                for sent in sent { lanes.judge.undecided(sent.entry.row, now: now) }
                lanes.refusals.refused(topic, code: code, lane, now: now)
                return lanes.rest(after: code, to: entry, lane, now: now)
            }
            if isNews { notify(.refused(code: code, words: PubackVerdict.name(of: code), topic: topic)) }
        case .neverTaken where sent.count > 1: break
        case .neverTaken:
            let finding = lanes.withLock { $0.judge.refused(entry, by: .answer(code), now: now) }
            if let finding { tell(finding) }
        }
        guard verdict.isTaken else { return }
        lanes.withLock { $0.took(entry, lane, now: now) }
        for sent in sent { release(lanes.withLock { $0.judge.taken(sent.entry.row, now: now) }) }
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

    private func delivered(_ sent: [Lanes.Sent]) {
        for sent in sent { journal.acknowledge(row: sent.entry.row, destination: settings.destination) }
        deliveredCount.add(UInt64(sent.count), ordering: .relaxed)
        answerNextRequest()
    }
}

extension MQTTMessage {
    func named(_ name: MessageName) -> MQTTMessage {
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
