import Contract
import DequeModule
import Domain
import Installation
import Journal
import MQTT

/// The state of a forwarder's lanes; every decision about what to send next is made here, without I/O.
struct Lanes: Sendable {
    enum Next {
        /// The newest state of a retained topic, and its count.
        case announcement(topic: String, payload: [UInt8], Int64)
        /// A message that is sent once, such as a closed window, and its count.
        case post(topic: String, payload: [UInt8], Int64)
        case entry(JournalEntry, Lane)
        /// Several entries as one message, and its count.
        case pack([JournalEntry], Lane, Int64)
        /// The newest reading of a device, which acknowledges nothing, and its count.
        case state(JournalEntry, Int64)
        /// The format's first message on a connection.
        case opening(MQTTMessage)
        /// A packet whose answer proves what was sent before it, by its count.
        case fence(Int64)
        /// Ask the journal for the page after this row.
        case page(after: Int64)
        case idle(until: Uptime?)
    }

    struct Sent: Sendable {
        var entry: JournalEntry
        var lane: Lane
    }

    static let pageSize = 256
    /// When a page brought nothing although something is owed (in flight, or not committed yet), the next look is after
    /// this time.
    static let lookAgain = Duration.seconds(1)

    let settings: ForwarderSettings
    var live: Deque<(entry: JournalEntry, until: Uptime)> = []
    var liveBytes = 0
    /// About how many bytes the live lane's entries have in a pack.
    var liveText = 0
    var isConnected = false

    var page: Deque<JournalEntry> = []
    var cursor: Int64 = 0
    var pageIsComing = false
    var pageAskedAgainAt: Uptime?
    /// The progress of this pass over the backlog: after a pass of only resting streams, no new pass begins before a
    /// rest ends.
    var pass = (sent: 0, skipped: 0)
    var resting: [Stream: Uptime] = [:]
    /// Streams of the backlog without a subscriber; each stays here until it has one.
    private var withoutSubscriber: Set<Stream> = []
    /// Backfill may send unless this moment is in the future; each message moves it on by its share of a second.
    var backfillAllowedAt: Uptime?

    var inFlight: [Int64: Sent] = [:]
    private var states: [String: [UInt8]] = [:]
    /// Topics whose state is done once the broker has acknowledged it.
    private var onlyOnce: Set<String> = []
    private var announcements: Deque<String> = []
    /// The same topics, for look-ups.
    private var awaiting: Set<String> = []
    private var announcementCount: Int64 = 0
    /// The announcements in flight, by their counts.
    var announced: [Int64: String] = [:]
    var posts: Deque<Post> = []
    private var postCount: Int64 = 0
    var posted: [Int64: Post] = [:]
    private var takeovers: [Uptime] = []

    /// The format's first messages that are still unsent on this connection.
    var opening: Deque<MQTTMessage> = []
    /// Used where entries have no answers of their own.
    var fences: Fences?
    /// Used where entries go in packs.
    var packs: Packs?
    /// Used where the newest readings go besides packs.
    var newest: NewestReadings?

    var judge: RefusalJudge
    var refusals: TopicRefusals
    var solitude = Solitude()

    struct Post: Sendable {
        var topic: String
        var payload: [UInt8]
        var done: @Sendable (Bool) -> Void
    }

    init(settings: ForwarderSettings, proof: DeliveryProof = .answer) {
        self.settings = settings
        if case .fence(let every) = proof { fences = Fences(every: every) }
        packs = settings.pack.map(Packs.init)
        newest = packs == nil ? nil : settings.state.map(NewestReadings.init)
        judge = RefusalJudge(longestRest: settings.refusalRest, between: settings.pack?.live ?? .zero)
        refusals = TopicRefusals(rest: settings.refusalRest, between: settings.pack?.live ?? .zero)
    }

    // MARK: What comes in

    /// - Returns: whether something may go out now that could not before.
    @discardableResult
    mutating func offer(_ entry: JournalEntry, since: Uptime? = nil, now: Uptime) -> Bool {
        live.append((entry, (since ?? entry.stamp.uptime) + settings.liveAge))
        liveBytes += Self.bytes(of: entry)
        guard packs != nil else {
            dropFromLive(now)
            return true
        }
        liveText += Packs.text(of: entry)
        dropFromLive(now)
        let hasState = newest?.note(entry) ?? false
        return hasState || live.count <= 1 || isLivePackFull
    }

    /// Entries that are too old to be live become backfill; without a connection so does everything beyond the lane's
    /// room.
    mutating func dropFromLive(_ now: Uptime) {
        while let first = live.first, first.until < now || (!isConnected && liveBytes > settings.liveRoom) {
            _ = popLive()
        }
    }

    mutating func popLive() -> JournalEntry? {
        guard let entry = live.popFirst()?.entry else { return nil }
        liveBytes -= Self.bytes(of: entry)
        if packs != nil { liveText -= Packs.text(of: entry) }
        return entry
    }

    /// The bytes of an entry, including about what it takes besides its body.
    private static func bytes(of entry: JournalEntry) -> Int { entry.content.count + 256 }

    mutating func announce(topic: String, payload: [UInt8], once: Bool = false) {
        states[topic] = payload
        if once { onlyOnce.insert(topic) } else { onlyOnce.remove(topic) }
        if awaiting.insert(topic).inserted { announcements.append(topic) }
    }

    func holdsState(of topics: [String]) -> Bool { topics.contains { states[$0] != nil } }

    mutating func post(_ post: Post) { posts.append(post) }

    /// - Parameter largestPacket: the largest packet that the broker takes, in bytes; nil where it names none.
    mutating func connected(saying first: [MQTTMessage] = [], largestPacket: Int? = nil) {
        isConnected = true
        packs?.size.connected(
            largestPacket: largestPacket,
            topic: settings.topics.packs(of: settings.topics.gateway)
        )
        opening = Deque(first)
        announcements = Deque(states.keys.sorted())
        awaiting = Set(announcements)
        restart()
    }

    /// - Parameters:
    ///   - loss: how an established connection ended; nil where that proves nothing.
    ///   - isPending: whether the journal still owes that row.
    /// - Returns: what must be reported.
    @discardableResult
    mutating func disconnected(
        _ loss: Loss? = nil,
        isPending: (Int64) -> Bool = { _ in true }
    ) -> RefusalJudge.Finding? {
        let finding = isConnected ? loss.flatMap { judged($0) } : nil
        lostPacks(at: loss, isPending: isPending)
        isConnected = false
        inFlight.removeAll()
        announced.removeAll()
        // It is unknown whether they arrived: they are sent again, so posts must tolerate repetition.
        for (_, post) in posted.sorted(by: { $0.key > $1.key }) { posts.prepend(post) }
        posted.removeAll()
        fences?.lost()
        solitude.ends()
        refusals.lost()
        restart()
        return finding
    }

    /// Backfill begins at the oldest entry again: what was in flight is owed again.
    private mutating func restart() {
        page.removeAll()
        cursor = 0
        pageAskedAgainAt = nil
        resting.removeAll()
        pass = (0, 0)
    }

    /// Whether that was the second takeover in ten minutes.
    mutating func takenOver(now: Uptime) -> Bool {
        takeovers = takeovers.filter { now - $0 < .seconds(600) } + [now]
        return takeovers.count == 2
    }

    // MARK: What goes out

    /// - Parameters:
    ///   - isPending: whether the journal still owes that row.
    ///   - owed: how many rows it owes.
    mutating func next(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        if let message = opening.popFirst() { return .opening(message) }
        if let part = nextPart() { return part }
        while let topic = announcements.popFirst() {
            awaiting.remove(topic)
            guard let payload = states[topic] else { continue }
            announcementCount += 1
            announced[announcementCount] = topic
            return .announcement(topic: topic, payload: payload, announcementCount)
        }
        if let fence = fences?.next(isIdle: false) { return .fence(fence) }
        if fences?.isFull ?? false { return .idle(until: nil) }
        let next = nextEntry(now: now, isPending: isPending, owed: owed)
        guard case .idle(let deadline) = next else { return next }
        if let fence = fences?.next(isIdle: true) { return .fence(fence) }
        // Waiting entries of the live lane become backfill when their time is over, even without a wake-up.
        let waits = [deadline, live.first?.until].compactMap { $0 }
        return .idle(until: waits.min())
    }

    /// Returns everything except suspects: live, then posts, then backfill.
    mutating func flow(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        if packs != nil { return packedFlow(now: now, isPending: isPending, owed: owed) }
        if let entry = nextLive(now: now, isPending: isPending) { return sending(entry, .live) }
        return nextPost() ?? nextBackfill(now: now, isPending: isPending, owed: owed)
    }

    mutating func nextPost() -> Next? {
        guard let post = posts.popFirst() else { return nil }
        postCount += 1
        posted[postCount] = post
        return .post(topic: post.topic, payload: post.payload, postCount)
    }

    mutating func nextLive(now: Uptime, isPending: (Int64) -> Bool) -> JournalEntry? {
        dropFromLive(now)
        // Entries that a full journal has given up and reported as lost must not follow later; resting ones become
        // backfill.
        while let entry = popLive() {
            if isPending(entry.row), inFlight[entry.row] == nil, !rests(entry, .live, now: now) { return entry }
        }
        return nil
    }

    /// Whether the entry's stream or its topic rests.
    mutating func rests(_ entry: JournalEntry, _ lane: Lane, now: Uptime) -> Bool {
        if resting.isEmpty { return false }
        if settings.isPacked(lane) { return rests(stream(of: entry, lane), now: now) }
        return rests(Stream(entry, lane), now: now) || rests(Stream(topicOf: entry, lane), now: now)
    }

    private mutating func rests(_ stream: Stream, now: Uptime) -> Bool {
        guard let until = resting[stream] else { return false }
        if until > now { return true }
        resting[stream] = nil
        return false
    }

    mutating func sending(_ entry: JournalEntry, _ lane: Lane) -> Next {
        fences?.sent(entry.row)
        inFlight[entry.row] = Sent(entry: entry, lane: lane)
        return .entry(entry, lane)
    }

    // MARK: What was answered

    mutating func answered(_ row: Int64) -> Sent? {
        solitude.answered(row)
        return inFlight.removeValue(forKey: row)
    }

    /// The broker has acknowledged or refused a state; a cleared state is done once the broker has acknowledged it.
    ///
    /// - Returns: the topic of the state.
    mutating func answeredAnnouncement(_ count: Int64, accepted: Bool) -> String? {
        guard let topic = announced.removeValue(forKey: count) else { return nil }
        // A newer state of the topic may wait already.
        let isDone = onlyOnce.contains(topic) || states[topic]?.isEmpty == true
        if accepted, isDone, !awaiting.contains(topic), !announced.values.contains(topic) {
            states[topic] = nil
            onlyOnce.remove(topic)
        }
        return topic
    }

    /// The broker has taken a message with that entry.
    mutating func took(_ entry: JournalEntry, _ lane: Lane, now: Uptime) {
        guard !refusals.isEmpty else { return }
        refusals.took(settings.topic(of: entry, lane), lane, now: now)
    }

    mutating func answeredPost(_ count: Int64) -> Post? { posted.removeValue(forKey: count) }

    /// Whether part of the backlog waits for a subscriber.
    var waitsForSubscriber: Bool { !withoutSubscriber.isEmpty }

    /// Notes whether the topics of a stream have a subscriber.
    ///
    /// - Returns: whether that is new.
    mutating func note(_ stream: Stream, hasSubscriber: Bool) -> Bool {
        hasSubscriber ? withoutSubscriber.remove(stream) != nil : withoutSubscriber.insert(stream).inserted
    }

    /// Lets a stream rest.
    ///
    /// - Returns: whether the rest is new.
    mutating func rest(_ stream: Stream, now: Uptime) -> Bool {
        let isNew = !rests(stream, now: now)
        resting[stream] = now + settings.refusalRest
        return isNew
    }
}
