import Contract
import Domain
import JSON
import Platform
import TestSupport
import Testing

@Suite struct `A pack` {
    private static func entries(_ count: Int64) -> [JournalEntry] {
        (1...count).map { row in
            JournalEntry(
                row: row,
                gateway: "kdr-soyo-01",
                epoch: "7-3f2a9c1d",
                seq: UInt64(row),
                kind: row % 5 == 0 ? .gatewayEvent : .reading,
                site: "sumber-soyo",
                device: "flow-soyo",
                stamp: arrived,
                content: Array(
                    (row % 5 == 0
                        ? #""event":"clock","severity":"info","data":{"n":\#(row)}"#
                        : #""points":{"discharge":{"value":\#(row).53,"unit":"L/s"}}"#).utf8
                )
            )
        }
    }

    @Test(arguments: [Lane.live, .backfill])
    func `holds the very payloads that would go one by one`(lane: Lane) throws {
        let entries = Self.entries(20)
        let payload = try #require(PackWriter().write(entries, lane: lane) { $0.stamp })
        let singles = entries.map { EntryMessage.encode($0, stamp: $0.stamp, lane: lane) }
        let text = try PackMessage.text(of: payload)
        #expect(text == Array("[".utf8) + singles.joined(separator: Array(",".utf8)) + Array("]".utf8))
        #expect(try PackMessage(decoding: payload).entries == singles.map { try EntryMessage(decoding: $0) })
    }

    @Test func `is written anew each time by the same writer`() throws {
        let writer = PackWriter()
        for count in [300, 1, 2, 50] as [Int64] {
            let payload = try #require(writer.write(Self.entries(count), lane: .live) { $0.stamp })
            #expect(try PackMessage(decoding: payload).entries.map(\.seq) == (1...UInt64(count)).map { $0 })
        }
    }

    @Test func `has no payload where its text is longer than a mebibyte`() {
        #expect(PackWriter().write(Self.entries(4_000), lane: .live) { $0.stamp } != nil)
        #expect(PackWriter().write(Self.entries(9_000), lane: .live) { $0.stamp } == nil)
    }

    @Test func `has no payload where it is larger than 128 KiB when it is compressed`() {
        var chance = SeededChance(7)
        let entries = Self.entries(3_000).map { entry in
            var entry = entry
            let noise = (0..<8).map { _ in String(chance.next(), radix: 36) }.joined()
            entry.content = Array(#""points":{"text":{"value":"\#(noise)"}}"#.utf8)
            return entry
        }
        let writer = PackWriter()
        #expect(writer.write(entries, lane: .live) { $0.stamp } == nil)
        // The writer is as good as before after that.
        #expect(writer.write(Array(entries.prefix(500)), lane: .live) { $0.stamp }.map { $0.count < 128 << 10 } == true)
    }

    @Test func `that is torn, damaged or no pack is refused`() throws {
        let payload = try #require(PackWriter().write(Self.entries(20), lane: .live) { $0.stamp })
        let text = try PackMessage.text(of: payload)
        #expect(throws: NotJSON.self) { try PackMessage(decoding: Array(payload.dropLast())) }
        #expect(throws: NotJSON.self) { try PackMessage(decoding: []) }
        #expect(throws: NotJSON.self) { try PackMessage(decoding: Array("[]".utf8)) }
        for place in payload.indices.dropFirst(2) {
            var damaged = payload
            damaged[place] ^= 0x10
            // A few bits between the last code and the checksum say nothing.
            let read = try? PackMessage.text(of: damaged)  // nil is the refusal
            #expect(read == nil || read == text, "byte \(place)")
        }
    }

    @Test func `goes to a topic of the gateway's own`() {
        let topics = Topics(prefix: "kota/kediri", gateway: "kdr-soyo-01")
        #expect(topics.packs(of: "kdr-soyo-01") == "kota/kediri/packs/kdr-soyo-01")
        #expect(Topic("kota/kediri/packs/kdr-soyo-01", prefix: "kota/kediri") == .packs(gateway: "kdr-soyo-01"))
        #expect(Topic("kota/kediri/packs/", prefix: "kota/kediri") == nil)
        #expect(Topic("kota/kediri/packs/a/b", prefix: "kota/kediri") == nil)
    }
}
