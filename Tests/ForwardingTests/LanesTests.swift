import Contract
import Domain
import Journal
import Testing

@testable import Forwarding

/// The lanes with a journal that the test controls: rows owed, and pages on request.
private final class Bench {
    enum Sent: Hashable {
        case live(Int64)
        case backfill(Int64)
        case state(String)
        case post(String)
    }

    var lanes: Lanes
    var owed: Set<Int64> = []
    var arrivals: [Int64: Uptime] = [:]
    /// The kinds of rows that are not readings.
    var kinds: [Int64: JournalEntry.Kind] = [:]
    var now = at(0)
    /// When to ask again.
    private(set) var until: Uptime?
    private(set) var tokens: [String: Int64] = [:]
    var askedPages: [Int64] = []
    /// Whether pages are answered at once.
    var turnsPages = true

    init(rate: Int = 1_000) {
        lanes = Lanes(
            settings: ForwarderSettings(
                destination: "city",
                topics: Topics(prefix: "kediri", gateway: "g"),
                backfillRate: rate,
                waitsForSubscriber: true
            )
        )
        lanes.connected()
    }

    func append(_ rows: ClosedRange<Int64>, offered: Bool) {
        for row in rows {
            owed.insert(row)
            arrivals[row] = now
            if offered { lanes.offer(entry(row, arrived: now), now: now) }
        }
    }

    func page(after cursor: Int64) -> [JournalEntry] {
        owed.filter { $0 > cursor }.sorted().prefix(Lanes.pageSize).map { row in
            var entry = entry(row, arrived: arrivals[row] ?? at(0))
            entry.kind = kinds[row] ?? .reading
            return entry
        }
    }

    /// Sends one thing; nil when the lanes have nothing now.
    func send() -> Sent? {
        while true {
            let owed = owed
            switch lanes.next(now: now, isPending: { owed.contains($0) }, owed: { owed.count }) {
            case .opening, .fence, .pack, .state: Issue.record("nothing of the kind was given")
            case .announcement(let topic, _, let token):
                tokens[topic] = token
                return .state(topic)
            case .post(let topic, _, let token):
                tokens[topic] = token
                return .post(topic)
            case .entry(let entry, .live): return .live(entry.row)
            case .entry(let entry, .backfill): return .backfill(entry.row)
            case .page(let cursor):
                askedPages.append(cursor)
                guard turnsPages else { return nil }
                lanes.turned(page(after: cursor), after: cursor, now: now)
            case .idle(let deadline):
                until = deadline
                return nil
            }
        }
    }

    /// Sends everything that can be sent now, or within two milliseconds of the one before: what a high rate allows.
    func sendAll(most: Int = 10_000) -> [Sent] {
        var sent: [Sent] = []
        while sent.count < most {
            if let next = send() {
                sent.append(next)
            } else if let until, until > now, until - now <= .milliseconds(2) {
                now = until
            } else {
                break
            }
        }
        return sent
    }

    /// Sends everything until a moment, and advances the clock as the lanes ask.
    func sendAll(until end: Uptime) -> [Sent] {
        var sent: [Sent] = []
        while now < end {
            sent += sendAll()
            now = min(end, max(until ?? end, now + .nanoseconds(1)))
        }
        return sent
    }

    func acknowledge(_ row: Int64) {
        #expect(answered(row))
        owed.remove(row)
    }

    // An expectation must not contain a mutating call.

    func answered(_ row: Int64) -> Bool { lanes.answered(row) != nil }

    func rest(_ lane: Lane, _ kind: JournalEntry.Kind = .reading, now: Uptime) -> Bool {
        var stream = Stream(entry(1), lane)
        stream.kind = kind
        return lanes.rest(stream, now: now)
    }

    func takenOver(now: Uptime) -> Bool { lanes.takenOver(now: now) }
}

@Suite struct LanesTests {
    /// Once, one device that an access list omitted held up all others.
    @Test func aTopicThatIsNotAllowedRestsAlone() {
        var lanes = Bench().lanes
        func offer(_ row: Int64, _ device: String) {
            var entry = entry(row, arrived: at(0))
            entry.device = device
            lanes.offer(entry, now: at(0))
        }
        func next() -> Int64? {
            guard case .entry(let entry, .live) = lanes.next(now: at(0), isPending: { _ in true }, owed: { 2 }) else {
                return nil
            }
            return entry.row
        }
        offer(1, "forbidden")
        guard case .entry(let refused, let lane) = lanes.next(now: at(0), isPending: { _ in true }, owed: { 1 }) else {
            Issue.record("nothing was sent")
            return
        }
        let isNew = lanes.rest(Stream(topicOf: refused, lane), now: at(0))
        offer(2, "forbidden")
        offer(3, "allowed")
        let sent = next()
        #expect(isNew)
        #expect(sent == 3)
    }

    @Test func nothingToSendIsNothingToWaitFor() {
        let bench = Bench()
        #expect(bench.send() == nil)
        #expect(bench.until == nil)
        #expect(bench.askedPages == [])
    }

    @Test func aFirstOfferIsLive() {
        let bench = Bench()
        bench.append(1...3, offered: true)
        #expect(bench.sendAll() == [.live(1), .live(2), .live(3)])
    }

    @Test func liveGoesFirstWhateverTheBacklog() {
        let bench = Bench()
        bench.append(1...50, offered: false)
        #expect(bench.sendAll(most: 2) == [.backfill(1), .backfill(2)])
        bench.append(51...52, offered: true)
        #expect(bench.sendAll(most: 3) == [.live(51), .live(52), .backfill(3)])
    }

    @Test func whatIsFiveSecondsOldIsStillLive() {
        let bench = Bench()
        bench.append(1...1, offered: true)
        bench.now = at(5)
        #expect(bench.sendAll() == [.live(1)])
    }

    @Test func whatIsOlderThanFiveSecondsIsBackfill() {
        let bench = Bench()
        bench.append(1...1, offered: true)
        bench.now = at(5.001)
        #expect(bench.sendAll() == [.backfill(1)])
    }

    @Test func withoutAConnectionTheLiveLaneIsBoundedAndTheRestIsBackfill() {
        let bench = Bench()
        bench.lanes.disconnected()
        bench.append(1...10_000, offered: true)
        bench.lanes.connected()
        let sent = bench.sendAll(most: 20_000)
        let live = sent.filter { if case .live = $0 { true } else { false } }
        #expect(!live.isEmpty && live.count < 10_000)
        // The newest are live, none is lost, and none is sent twice.
        #expect(live == (Int64(10_001 - live.count)...10_000).map { .live($0) })
        bench.now = at(20)
        let late = bench.sendAll(until: at(60))
        #expect(Set(sent + late).count == 10_000)
    }

    @Test func withAConnectionTheLiveLaneTakesWhateverComes() {
        let bench = Bench()
        bench.append(1...10_000, offered: true)
        #expect(bench.sendAll(most: 10_000) == (1...10_000).map { .live($0) })
    }

    @Test func theAgeCountsFromTheArrivalNotFromTheOffer() {
        let bench = Bench()
        bench.owed = [1]
        bench.lanes.offer(entry(1, arrived: at(-6)), now: at(0))
        #expect(bench.sendAll() == [.backfill(1)])
    }

    @Test func whatWasHeldBackOnPurposeIsLiveFromWhenItIsLetOut() {
        let bench = Bench()
        bench.owed = [1, 2]
        bench.lanes.offer(entry(1, arrived: at(-30)), since: at(0), now: at(0))
        #expect(bench.send() == .live(1))
        bench.lanes.offer(entry(2, arrived: at(-30)), since: at(-6), now: at(0))
        #expect(bench.sendAll() == [.backfill(2)])
    }

    @Test func rowsFoundAtStartAreBackfillOldestFirst() {
        let bench = Bench()
        bench.append(1...5, offered: false)
        #expect(bench.sendAll() == (1...5).map { .backfill($0) })
    }

    @Test func moreThanOnePageIsSentInOrderAndOnce() {
        let bench = Bench(rate: 100_000)
        bench.append(1...600, offered: false)
        #expect(bench.sendAll(until: at(2)) == (1...600).map { .backfill($0) })
        #expect(Array(bench.askedPages.prefix(3)) == [0, 256, 512])
    }

    @Test func nothingIsSentTwiceWithinAConnection() {
        let bench = Bench()
        bench.append(1...20, offered: false)
        bench.append(21...30, offered: true)
        var sent = bench.sendAll(until: at(3))
        bench.append(31...35, offered: true)
        sent += bench.sendAll(until: at(60))
        #expect(sent.count == 35)
        #expect(Set(sent).count == 35)
    }

    /// The page was requested before the PUBACK: its row is no longer owed.
    @Test func aRowAcknowledgedWhileItsPageWasOnTheWayIsNotSentAgain() {
        let bench = Bench()
        bench.append(1...2, offered: true)
        bench.append(3...3, offered: false)
        #expect(bench.sendAll(most: 2) == [.live(1), .live(2)])
        bench.turnsPages = false
        #expect(bench.send() == nil)
        let page = bench.page(after: 0)
        bench.acknowledge(1)
        bench.lanes.turned(page, after: 0, now: bench.now)
        #expect(bench.sendAll() == [.backfill(3)])
    }

    @Test func aPageIsAskedForOnce() {
        let bench = Bench()
        bench.turnsPages = false
        bench.append(1...3, offered: false)
        for _ in 0..<3 { #expect(bench.send() == nil) }
        #expect(bench.askedPages == [0])
        #expect(bench.until == nil)
    }

    @Test func aDisconnectionMakesWhatIsInFlightOwedAgain() {
        let bench = Bench()
        bench.append(1...3, offered: true)
        #expect(bench.sendAll() == [.live(1), .live(2), .live(3)])
        bench.acknowledge(2)
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [.backfill(1), .backfill(3)])
    }

    @Test func aPageOfTheConnectionBeforeDoesNoHarm() {
        let bench = Bench(rate: 100_000)
        bench.append(1...300, offered: false)
        bench.turnsPages = false
        #expect(bench.send() == nil)
        let first = bench.page(after: 0)
        bench.lanes.turned(first, after: 0, now: bench.now)
        #expect(bench.sendAll() == (1...256).map { .backfill($0) })
        #expect(bench.askedPages == [0, 256])
        bench.lanes.disconnected()
        bench.lanes.connected()
        // The page after row 256 comes when the oldest are requested again.
        bench.lanes.turned(bench.page(after: 256), after: 256, now: bench.now)
        bench.turnsPages = true
        #expect(bench.sendAll(until: bench.now + .seconds(2)) == (1...300).map { .backfill($0) })
    }

    @Test func anAnswerToWhatIsNotInFlightIsNothing() {
        let bench = Bench()
        bench.append(1...1, offered: true)
        _ = bench.sendAll()
        bench.lanes.disconnected()
        #expect(!bench.answered(1))
        #expect(!bench.answered(99))
    }

    // MARK: The rate

    @Test func theBackfillRateIsBounded() {
        let bench = Bench(rate: 50)
        bench.append(1...1_000, offered: false)
        let sent = bench.sendAll(until: at(10))
        #expect((495...510).contains(sent.count))
    }

    @Test func aLongPauseIsMadeUpForByATenthOfASecondOnly() {
        let bench = Bench(rate: 50)
        bench.append(1...1_000, offered: false)
        _ = bench.sendAll()
        bench.now = at(100)
        #expect((5...6).contains(bench.sendAll().count))
    }

    @Test func theRateDoesNotHoldLiveBack() {
        let bench = Bench(rate: 1)
        bench.append(1...10, offered: false)
        _ = bench.sendAll()
        bench.append(11...60, offered: true)
        #expect(bench.sendAll() == (11...60).map { .live($0) })
    }

    // MARK: Refusals

    @Test func aRefusalRestsTheBackfillLaneAndNotTheLiveOne() {
        let bench = Bench()
        bench.append(1...2, offered: false)
        #expect(bench.sendAll() == [.backfill(1), .backfill(2)])
        #expect(bench.answered(1))
        #expect(bench.rest(.backfill, now: bench.now))
        let over = bench.now + .seconds(30)
        #expect(bench.send() == nil)
        bench.now = at(1)
        bench.append(3...3, offered: true)
        #expect(bench.sendAll() == [.live(3)])
        bench.now = over
        #expect(bench.sendAll() == [.backfill(1)])
    }

    @Test func aRestIsToldOnce() {
        let bench = Bench()
        #expect(bench.rest(.backfill, now: at(0)))
        #expect(!bench.rest(.backfill, now: at(1)))
        #expect(bench.rest(.live, now: at(1)))
        #expect(!bench.rest(.live, now: at(2)))
    }

    @Test func whileLiveRestsItsEntriesAreBackfill() {
        let bench = Bench()
        #expect(bench.rest(.live, now: at(0)))
        bench.append(1...1, offered: true)
        #expect(bench.sendAll() == [.backfill(1)])
    }

    /// Once, a window full of events without a subscriber blocked the head for ever, and no reading behind it was
    /// reached.
    @Test func aStreamThatNobodySubscribesToDoesNotHoldUpTheOthers() {
        let bench = Bench()
        bench.kinds = Dictionary(uniqueKeysWithValues: (1...30).map { ($0, .gatewayEvent) })
        bench.append(1...40, offered: false)
        #expect(bench.sendAll(most: 20) == (1...20).map { .backfill($0) })
        for row in Int64(1)...20 { #expect(bench.answered(row)) }
        #expect(bench.rest(.backfill, .gatewayEvent, now: bench.now))
        #expect(bench.sendAll() == (31...40).map { .backfill($0) })
        for row in Int64(31)...40 { bench.acknowledge(row) }
        #expect(bench.sendAll(until: at(29)) == [])
        #expect(bench.sendAll(until: at(31)) == (1...30).map { .backfill($0) })
    }

    /// 0x10 on backfill: the row stays owed and comes again after the rest.
    @Test func backfillThatNobodySubscribesToWaitsAndIsSentAgain() {
        let bench = Bench()
        bench.append(1...3, offered: false)
        #expect(bench.sendAll(most: 1) == [.backfill(1)])
        #expect(bench.answered(1))
        #expect(bench.rest(.backfill, now: bench.now))
        #expect(bench.sendAll(until: at(29)) == [])
        #expect(bench.sendAll(until: at(31)) == [.backfill(1), .backfill(2), .backfill(3)])
    }

    @Test func aReconnectionEndsARest() {
        let bench = Bench()
        bench.append(1...1, offered: false)
        _ = bench.rest(.backfill, now: at(0))
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [.backfill(1)])
    }

    // MARK: Announcements

    @Test func stateGoesBeforeEverything() {
        let bench = Bench()
        bench.append(1...1, offered: true)
        bench.lanes.announce(topic: "status", payload: [1])
        #expect(bench.sendAll() == [.state("status"), .live(1)])
    }

    @Test func onlyTheNewestStateIsSent() {
        let bench = Bench()
        bench.lanes.announce(topic: "status", payload: [1])
        bench.lanes.announce(topic: "status", payload: [2])
        let next = bench.lanes.next(now: at(0), isPending: { _ in false }, owed: { 0 })
        guard case .announcement("status", [2], _) = next else {
            Issue.record("\(next)")
            return
        }
        #expect(bench.send() == nil)
    }

    @Test func everyStateIsSentAgainAtReconnection() {
        let bench = Bench()
        bench.lanes.announce(topic: "b", payload: [1])
        bench.lanes.announce(topic: "a", payload: [1])
        #expect(bench.sendAll() == [.state("b"), .state("a")])
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [.state("a"), .state("b")])
    }

    @Test func aClearedStateThatWasAcknowledgedIsNotSentAgain() {
        let bench = Bench()
        bench.lanes.announce(topic: "meta", payload: [])
        #expect(bench.sendAll() == [.state("meta")])
        _ = bench.lanes.answeredAnnouncement(bench.tokens["meta"] ?? 0, accepted: true)
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [])
    }

    /// The connection ended between the clearing and its PUBACK: the broker may still hold the state.
    @Test func aClearingThatWasNotAcknowledgedIsSentAgain() {
        let bench = Bench()
        bench.lanes.announce(topic: "meta", payload: [])
        #expect(bench.sendAll() == [.state("meta")])
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [.state("meta")])
    }

    @Test func aStateAnnouncedAfterItsClearingStays() {
        let bench = Bench()
        bench.lanes.announce(topic: "meta", payload: [])
        #expect(bench.sendAll() == [.state("meta")])
        bench.lanes.announce(topic: "meta", payload: [1])
        _ = bench.lanes.answeredAnnouncement(bench.tokens["meta"] ?? 0, accepted: true)
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [.state("meta")])
    }

    @Test func aStateThatIsSentOnceIsNotSentAgainOnceItIsAcknowledged() {
        let bench = Bench()
        bench.lanes.announce(topic: "figure", payload: [1], once: true)
        #expect(bench.sendAll() == [.state("figure")])
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [.state("figure")])
        #expect(bench.lanes.holdsState(of: ["figure"]))
        _ = bench.lanes.answeredAnnouncement(bench.tokens["figure"] ?? 0, accepted: true)
        #expect(!bench.lanes.holdsState(of: ["figure"]))
        bench.lanes.disconnected()
        bench.lanes.connected()
        #expect(bench.sendAll() == [])
    }

    @Test func aNewerStateIsNotForgottenWithTheOneThatWasAcknowledged() {
        let bench = Bench()
        bench.lanes.announce(topic: "figure", payload: [1], once: true)
        #expect(bench.sendAll() == [.state("figure")])
        let first = bench.tokens["figure"] ?? 0
        bench.lanes.announce(topic: "figure", payload: [2], once: true)
        _ = bench.lanes.answeredAnnouncement(first, accepted: true)
        #expect(bench.sendAll() == [.state("figure")])
    }

    // MARK: Takeovers

    @Test func twoTakeoversInTenMinutesAreAClone() {
        let bench = Bench()
        #expect(!bench.takenOver(now: at(0)))
        #expect(bench.takenOver(now: at(599)))
    }

    @Test func twoTakeoversTenMinutesApartAreNone() {
        let bench = Bench()
        #expect(!bench.takenOver(now: at(0)))
        #expect(!bench.takenOver(now: at(600)))
    }

    @Test func theAlarmIsRaisedOnce() {
        let bench = Bench()
        #expect([0.0, 10, 20, 30].map { bench.takenOver(now: at($0)) } == [false, true, false, false])
    }
}
