import Contract
import Domain
import Testing

@testable import Forwarding

@Suite struct `The topics that a broker refuses` {
    private var refusals = TopicRefusals(rest: .seconds(30))

    @Test func `are none at first`() {
        #expect(refusals.present(now: at(0)) == nil)
    }

    @Test mutating func `are all where nothing is taken, from the first refusal on`() {
        refusals.refused("events", code: 0x87, .live, now: at(1))
        for second in [2.0, 32, 62, 92] { refusals.refused("readings", code: 0x87, .live, now: at(second)) }
        #expect(refusals.present(now: at(100)) == TopicRefusals.Present(code: 0x87, since: at(1), topic: nil))
    }

    @Test mutating func `are named where others are taken`() {
        for second in stride(from: 0.0, to: 200, by: 30) {
            refusals.refused("backfill", code: 0x87, .backfill, now: at(second))
            refusals.took("readings", .live, now: at(second + 1))
        }
        #expect(refusals.present(now: at(182)) == TopicRefusals.Present(code: 0x87, since: at(0), topic: "backfill"))
    }

    @Test mutating func `are all again where nothing is taken any more`() {
        for second in stride(from: 0.0, to: 200, by: 30) {
            refusals.refused("backfill", code: 0x87, .backfill, now: at(second))
            if second < 100 { refusals.took("readings", .live, now: at(second + 1)) }
        }
        #expect(refusals.present(now: at(182))?.topic == nil)
    }

    @Test mutating func `are over for a topic when one of its messages is taken`() {
        refusals.refused("packs", code: 0x87, .live, now: at(0))
        refusals.refused("packs", code: 0x87, .backfill, now: at(1))
        refusals.took("packs", .live, now: at(31))
        #expect(refusals.present(now: at(32)) == nil)
    }

    @Test mutating func `are over for a lane when the refusal was not about rights`() {
        refusals.refused("a", code: 0x97, .live, now: at(0))
        refusals.refused("b", code: 0x97, .backfill, now: at(0))
        refusals.took("c", .live, now: at(31))
        #expect(refusals.present(now: at(32))?.topic == "b")
        refusals.took("d", .backfill, now: at(33))
        #expect(refusals.present(now: at(34)) == nil)
    }

    @Test mutating func `are forgotten when nobody tries them, and with the connection`() {
        refusals.refused("readings", code: 0x87, .live, now: at(0))
        #expect(refusals.present(now: at(119)) != nil)
        #expect(refusals.present(now: at(121)) == nil)
        refusals.lost()
        #expect(refusals.isEmpty)
    }

    @Test mutating func `are tried less often where packs are seldom`() {
        refusals = TopicRefusals(rest: .seconds(30), between: .seconds(600))
        refusals.refused("packs", code: 0x87, .live, now: at(0))
        #expect(refusals.present(now: at(1_300)) != nil)
    }

    @Test mutating func `are remembered up to a number`() {
        for number in 0..<1_000 { refusals.refused("readings/\(number)", code: 0x87, .live, now: at(0)) }
        for number in 0..<256 { refusals.took("readings/\(number)", .live, now: at(1)) }
        #expect(refusals.isEmpty)
    }

    @Test func `are those of the lanes`() {
        let settings = ForwarderSettings(
            destination: "city",
            topics: Topics(prefix: "kediri", gateway: "g"),
            backfillRate: 1_000,
            waitsForSubscriber: true
        )
        var lanes = Lanes(settings: settings)
        let first = entry(1)
        let topic = settings.topic(of: first, .live)
        lanes.connected()
        lanes.refusals.refused(topic, code: 0x87, .live, now: at(0))
        #expect(lanes.refusals.present(now: at(1))?.code == 0x87)
        lanes.took(first, .live, now: at(31))
        #expect(lanes.refusals.isEmpty)
        lanes.refusals.refused(topic, code: 0x87, .live, now: at(32))
        lanes.disconnected()
        #expect(lanes.refusals.isEmpty)
    }
}
