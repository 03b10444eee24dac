import Contract
import Domain
import JSON
import Journal
import Testing

@testable import Indicators

/// Reads on in the journal after the last row that a gateway has put into the bins.
@Suite struct `Reading on in the journal` {
    /// An entry as the journal stores it.
    private static func entry(_ row: Int64, _ device: String, _ stamp: Stamp, _ body: String) -> JournalEntry {
        JournalEntry(
            row: row,
            gateway: "kdr-test-01",
            epoch: "1-00000001",
            seq: UInt64(row),
            kind: .reading,
            site: nil,
            device: device,
            stamp: stamp,
            content: Array(body.utf8)
        )
    }

    private static func increase(_ row: Int64, _ time: String, _ increase: Int) -> JournalEntry {
        entry(
            row,
            "flow-soyo",
            EngineBench.stamp(at(time)),
            #""points":{"volume":{"value":1,"quality":"good","increase":\#(increase)}}"#
        )
    }

    private static func weight(_ row: Int64, _ time: String, _ kilograms: String) -> JournalEntry {
        entry(
            row,
            "scale-2",
            EngineBench.stamp(at(time)),
            #""points":{"weight":{"value":\#(kilograms),"quality":"good"}}"#
        )
    }

    /// Pages of entries as a journal returns them.
    private static func pages(_ entries: [JournalEntry]) -> (Int64, Int) -> [JournalEntry] {
        { row, limit in Array(entries.filter { $0.row > row }.prefix(limit)) }
    }

    private static func volume(_ bench: inout EngineBench) throws -> String? {
        try bench.figure("water-volume", "gateway", .day, at("21 10:00")).text
    }

    @Test func `counts the rows after those in the bins, each once`() throws {
        var bench = try EngineBench()
        // More than a page.
        let entries = (1...1_203).map { Self.increase(Int64($0), "21 10:05", 1) }
        bench.engine.replay(through: 700, reading: Self.pages(entries))
        #expect(try Self.volume(&bench) == "700")
        #expect(bench.engine.appliedThrough == 700)
        bench.engine.replay(through: .max, reading: Self.pages(entries))
        #expect(try Self.volume(&bench) == "1203")
        #expect(bench.engine.appliedThrough == 1_203)
    }

    @Test func `counts what waited for its clock`() throws {
        var bench = try EngineBench()
        let early = EngineBench.stamp(moment("2020-01-01T00:00:00Z"), synchronised: false, uptime: 60_000)
        let boot = at("21 10:00").millisecondsSince1970
        let entries = [
            Self.entry(
                1,
                "flow-soyo",
                early,
                #""points":{"volume":{"value":1,"quality":"good","increase":4}}"#
            ),
            JournalEntry(
                row: 2,
                gateway: "kdr-test-01",
                epoch: "1-00000001",
                seq: 2,
                kind: .gatewayEvent,
                site: nil,
                device: nil,
                stamp: EngineBench.stamp(at("21 10:02")),
                content: Array(
                    #""event":"clock","data":{"clock":"synchronised","boot":"boot-1","boot_time_ms":\#(boot)}"#.utf8
                )
            ),
        ]
        bench.engine.replay(through: .max, reading: Self.pages(entries))
        #expect(try Self.volume(&bench) == "4")
    }

    @Test func `counts a weighing that no event has told yet, and not a second time when one does`() throws {
        var bench = try EngineBench()
        var entries = ["0", "0", "2.5", "2.5", "0", "0"].enumerated().map { index, weight in
            Self.weight(Int64(index + 1), "21 10:0\(index)", weight)
        }
        bench.engine.replay(through: .max, reading: Self.pages(entries))
        let event = try #require(bench.engine.unheardWeighings.first)
        #expect(try bench.figure("waste-collected", "gateway", .day, at("21 10:00")).text == "0")
        var reader = bench.engine
        reader.countUnheardWeighings()
        #expect(reader.unheardWeighings.isEmpty)
        let heard = bench
        bench.engine = reader
        let figure = try bench.figure("waste-collected", "gateway", .day, at("21 10:00"))
        #expect(figure.text == "2.5" && figure.received == 6)
        // Its event is in the journal: then the event counts.
        bench = heard
        entries.append(
            JournalEntry(
                row: 7,
                gateway: "kdr-test-01",
                epoch: "1-00000001",
                seq: 7,
                kind: .deviceEvent,
                site: nil,
                device: "scale-2",
                stamp: event.stamp,
                content: EventText.of(event)
            )
        )
        bench.engine.replay(through: .max, reading: Self.pages(entries))
        bench.engine.countUnheardWeighings()
        #expect(try bench.figure("waste-collected", "gateway", .day, at("21 10:00")).text == "2.5")
    }
}

/// An event's body, as the journal stores it.
private enum EventText {
    static func of(_ event: Event) -> [UInt8] {
        var json = JSONText()
        json.object([
            ("event", .string(event.name.rawValue)), ("data", .object(event.data.map { .init($0.key, $0.value) })),
        ])
        return Array(json.bytes.dropFirst().dropLast())
    }
}
