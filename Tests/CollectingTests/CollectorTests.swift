import Domain
import Foundation
import Platform
import Store
import TestSupport
import Testing

/// The collector between a real broker and a real database.
@Suite(.serialized) struct CollectorTests {
    private static let have = "select have from ledger l join epoch e on e.id = l.epoch order by e.id limit 1"

    @Test func `a message is not answered before its transaction is committed`() throws {
        let city = try CityBox()
        try city.start()
        try city.publish(seq: 1)
        #expect(try city.wait(for: "{[1,2)}", from: Self.have))
        let blocker = try city.connect()
        try blocker.run("begin; lock table ledger in access exclusive mode")
        let answers = city.broker.lines.count { $0.contains("Received PUBACK from kediri-collect") }
        try city.publish(seq: 2)
        let waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
        #expect(try city.wait(for: "1", from: waiting))
        #expect(city.broker.lines.count { $0.contains("Received PUBACK from kediri-collect") } == answers)
        try blocker.run("commit")
        #expect(city.broker.line(with: "Received PUBACK from kediri-collect", number: answers + 1) != nil)
        #expect(try city.wait(for: "{[1,3)}", from: Self.have))
    }

    @Test func `a message that comes again is stored once`() throws {
        let city = try CityBox()
        try city.start()
        for seq in [1, 2, 2, 1, 3] { try city.publish(seq: seq) }
        #expect(try city.wait(for: "{[1,4)}", from: Self.have))
        #expect(try city.wait(for: "3", from: "select count(*) from reading"))
    }

    @Test func `a database that comes back gets everything that came meanwhile`() throws {
        let city = try CityBox()
        try city.start()
        try city.publish(seq: 1)
        #expect(try city.wait(for: "{[1,2)}", from: Self.have))
        city.store.kill()
        for seq in 2...20 { try city.publish(seq: seq) }
        try city.store.start()
        #expect(try city.wait(for: "{[1,21)}", from: Self.have))
        #expect(try city.wait(for: "20", from: "select count(*) from reading"))
    }

    @Test func `a collector that was away gets what the broker kept`() throws {
        let city = try CityBox()
        try city.start()
        city.stop()
        for seq in 1...20 { try city.publish(seq: seq) }
        try city.start()
        #expect(try city.wait(for: "{[1,21)}", from: Self.have))
    }

    @Test func `a figure after a reading in a new gateway's first batch keeps the reading`() throws {
        let city = try CityBox()
        try city.start()
        city.stop()
        let golden = Repository.root + "/Tests/ContractTests/golden/figure/doubt-counter-gap.json"
        let figure = try String(contentsOfFile: golden, encoding: .utf8).replacing("kdr-soyo-01", with: "g")
        try city.publish(seq: 1)
        try city.publish(figure, to: "kediri/indicators/g/environment/water-volume/device-flow/hour")
        try city.publish(seq: 2)
        try city.start()
        #expect(try city.wait(for: "{[1,3)}", from: Self.have))
        #expect(try city.wait(for: "0", from: "select count(*) from set_aside"))
        #expect(try city.wait(for: "1", from: "select count(*) from part"))
    }

    @Test func `what is none of the contract is set aside and the rest goes on`() throws {
        let city = try CityBox()
        try city.start()
        let poison = ["junk", "{}", #"{"v":2}"#, #"{"v":1,"gateway":"other","epoch":"1-0badcafe","seq":1}"#]
        for payload in poison { try city.publish(payload, to: "kediri/readings/g/s/d") }
        try city.publish(seq: 5, epoch: "x")
        try city.publish(
            #"{"v":1,"id":"g.1-0badcafe.6","gateway":"g","epoch":"1-0badcafe","seq":6,"site":"s","device":"d","#
                + #""time":"2026-11-29T01:38:41.664Z","clock":"synchronised"}"#,
            to: "kediri/readings/g/s/d"
        )
        try city.publish(seq: 1)
        #expect(try city.wait(for: "{[1,2)}", from: Self.have))
        #expect(try city.wait(for: "6", from: "select count(*) from set_aside"))
        #expect(try city.wait(for: "1", from: "select count(*) from epoch"))
    }

    @Test func `a text with the character that PostgreSQL does not take is stored without it`() throws {
        let city = try CityBox()
        try city.start()
        try city.publish(
            #"{"v":1,"id":"g.1-0badcafe.1","gateway":"g","epoch":"1-0badcafe","seq":1,"site":"s","device":"d","#
                + #""time":"2026-11-29T01:38:41.664Z","clock":"synchronised","points":{"t":{"value":"a\u0000b"}}}"#,
            to: "kediri/readings/g/s/d"
        )
        #expect(try city.wait(for: "a\u{FFFD}b", from: "select x->'points'->'t'->>'value' from reading"))
    }

    @Test func `what the database refuses alone is set aside, counts as reported, and the others are stored`() throws {
        let city = try CityBox()
        try city.start()
        try city.connect().run("alter table reading add constraint odd check (seq <> 3)")
        for seq in 1...5 { try city.publish(seq: seq) }
        #expect(try city.wait(for: "{[1,3),[4,6)}", from: Self.have))
        #expect(try city.wait(for: "{[3,4)}", from: "select told from ledger limit 1"))
        #expect(try city.wait(for: "1", from: "select count(*) from set_aside"))
    }

    @Test func `a start closes the epoch before it, also one that was never heard of`() throws {
        let city = try CityBox()
        try city.start()
        let previous = #"{"epoch":"1-0badcafe","committed_through":83,"clean":true}"#
        try city.publish(
            event: "start",
            seq: 1,
            data: #"{"version":"1","configuration":"c","previous":\#(previous)}"#,
            epoch: "2-0badcafe"
        )
        let closed =
            "select e.name || l.closed_at || l.clean from ledger l join epoch e on e.id = l.epoch "
            + "where closed_at is not null"
        #expect(try city.wait(for: "1-0badcafe83true", from: closed))
    }

    @Test func `the same gap told by two events counts once, and one of another destination not at all`() throws {
        let city = try CityBox()
        try city.start()
        func gap(_ destination: String) -> String {
            #"{"reason":"limit","epoch":"1-0badcafe","first":7,"last":9,"count":3,"destinations":["\#(destination)"]}"#
        }
        try city.publish(event: "gap", seq: 1, data: gap("city"))
        try city.publish(event: "gap", seq: 2, data: gap("city"))
        try city.publish(event: "gap", seq: 3, data: gap("other").replacing("7", with: "8"))
        #expect(try city.wait(for: "{[1,4)}", from: Self.have))
        #expect(try city.wait(for: "{[7,10)}3", from: "select told::text || told_count from ledger limit 1"))
    }

    @Test func `entries of a box without a clock move to their time when it is set`() throws {
        let city = try CityBox()
        try city.start()
        let stale = #""clock":"unsynchronised","boot":"b1","uptime_ms":5000"#
        try city.publish(seq: 1, more: stale)
        #expect(try city.wait(for: "1", from: "select count(*) from unsynchronised"))
        try city.publish(
            event: "clock",
            seq: 2,
            data: #"{"clock":"synchronised","boot":"b1","boot_time_ms":1795900000000}"#
        )
        let time = "select extract(epoch from time)::bigint from reading where seq = "
        #expect(try city.wait(for: "1795900005", from: time + "1"))
        // One that had left before and comes after.
        try city.publish(seq: 3, more: stale.replacing("5000", with: "6000"))
        #expect(try city.wait(for: "1795900006", from: time + "3"))
        #expect(try city.wait(for: "0", from: "select count(*) from unsynchronised"))
    }

    @Test func `a reading lies in the partition of its local day, and one of long ago in the default one`() throws {
        let city = try CityBox()
        try city.start()
        let now = SystemClock().stamp().time
        let today = CityBox.zone.day(of: now).description.filter { $0 != "-" }
        try city.publish(seq: 1, time: now.description)
        try city.publish(seq: 2, time: "1970-01-01T00:00:05.000Z")
        let partition = "select tableoid::regclass from reading where seq = "
        #expect(try city.wait(for: "reading_\(today)", from: partition + "1"))
        #expect(try city.wait(for: "reading_default", from: partition + "2"))
    }
}
