import Domain
import Records
import Speech
import Testing
import TestSupport

@Suite struct `The frames of a record` {
    private func record(
        _ frames: [(Double, String, String)],
        points: String = "",
        more: String = ""
    ) throws -> CommissioningRecord {
        let members = frames.map { #"{"at_ms":\#($0),"direction":"\#($1)","bytes":"\#($2)"}"# }
        return try CommissioningRecord(
            json: """
                {"version":1,"program":"gateway","profile":"p","profile_name":"P","profile_hash":"h","bus":"b",
                 "endpoint":"e","framing":"rtu","by":"X","began":"2026-11-24T12:00:00.000Z",
                 "ended":"2026-11-24T12:00:01.000Z","clock":"synchronised","rounds":1,"ok":true,"comparisons":[],
                 "points":[\(points)],"requests":{"sent":1,"answered":1,"timeouts":0,"crc_errors":0,"exceptions":0,
                 "other_errors":0,"error_rate":0},"frames":[\(members.joined(separator: ","))]\(more)}
                """
        )
    }

    @Test func `are questions with what came back until the next`() throws {
        let exchanges = try record([
            (0, "sent", "01 03"), (34.5, "received", "01 83 02"), (100, "sent", "01 04"), (200, "sent", "01 03"),
            (210, "received", "AA"), (215, "received", "BB"),
        ])
        .exchanges
        #expect(exchanges.map(\.request) == [[1, 3], [1, 4], [1, 3]])
        #expect(exchanges.map(\.reply) == [[1, 0x83, 2], nil, [0xAA, 0xBB]])
        #expect(exchanges.map(\.latency) == [.microseconds(34_500), .zero, .milliseconds(10)])
    }

    @Test func `that are no hexadecimal, or at no time, are left out`() throws {
        #expect(try record([(0, "sent", "XY"), (1, "received", "01")]).exchanges.isEmpty)
        #expect(try record([(1e300, "sent", "01 03"), (-1e300, "received", "01")]).exchanges.isEmpty)
    }

    @Test func `come with a text for either language`() throws {
        let record = try record([(0, "sent", "01 03")])
        let english = record.text(in: .en, offset: 25_200)
        #expect(english.contains("2026-11-24 19:00:00 to 19:00:01 (UTC+7), clock OK"))
        let indonesian = record.text(in: .id, offset: -12_600)
        #expect(indonesian.contains("2026-11-24 08:30:00 sampai 08:30:01 (UTC-3:30)"))
        #expect(record.text(in: .id, offset: 25_200).contains("19:00:01 (WIB), jam gateway OK"))
        #expect(try CommissioningRecord(json: record.json) == record)
    }

    /// People sign one page; the frames may be a hundred lines.
    @Test func `stand behind the signatures, as an appendix`() throws {
        let frames = (0..<100).map { (Double($0), "sent", "01 03") }
        let point = #"{"name":"discharge","value":12.5,"unit":"L/s","quality":"bad","reason":"condition"}"#
        let record = try record(frames, points: point, more: #","unit":1"#)
        for (language, result, signatures, appendix, value) in [
            (Language.en, "PASSED", "Signatures", "Appendix: raw frames", "12.5 L/s"),
            (.id, "LULUS", "Tanda tangan", "Lampiran: frame mentah", "12,5 L/s"),
        ] {
            let text = record.text(in: language, offset: 25_200)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let places = try [result, value, signatures, appendix].map { word in
                try #require(lines.firstIndex { $0.contains(word) }, "\(word)")
            }
            #expect(places == places.sorted())
            #expect(places[2] < 45, "the signatures stand on the first page")
        }
        #expect(record.text(in: .id, offset: 0).contains("tidak sah: condition"))
    }

    /// A title of more than 26 columns pushed the columns behind it out.
    @Test(arguments: ["volume_of_the_whole_day_before", String(repeating: "volume_", count: 10)])
    func `stand below readings whose columns are aligned, whatever their titles`(_ name: String) throws {
        let points = ["level", name].map { #"{"name":"\#($0)","value":12.5,"unit":"m","quality":"good"}"# }
        let text = try record([], points: points.joined(separator: ",")).text(in: .en, offset: 0)
        let lines = text.split(separator: "\n").map(String.init)
        let places = lines.filter { $0.hasSuffix("good") }.map { line in
            line.firstRange(of: "12.5 m").map { line.distance(from: line.startIndex, to: $0.lowerBound) }
        }
        #expect(places.count == 2 && places[0] != nil && places[0] == places[1], "\(text)")
        #expect(lines.contains { $0.hasPrefix("  " + name) } && lines.allSatisfy { $0.count <= 80 }, "\(text)")
    }

    @Test func `are the messages, as they came, for an MQTT device`() throws {
        let payload = "weight " + String(repeating: "x", count: 100)
        let message = #"{"at":"2026-11-24T12:00:00.000Z","topic":"scale/1","retained":true,"payload":"\#(payload)"}"#
        let record = try record([], more: #","messages":[\#(message)]"#)
        let text = record.text(in: .en, offset: 25_200)
        #expect(text.contains("2026-11-24 19:00:00 scale/1 (retained: an old one)"), "\(text)")
        #expect(text.replacing("\n    ", with: "").contains(payload), "\(text)")
        #expect(try CommissioningRecord(json: record.json) == record)
    }

    @Test func `stand in the file as in that of every release`() throws {
        let json = try record([(34.5, "received", "01 83 02")]).json
        let frame = """
              "frames" : [
                {
                  "at_ms" : 34.5,
                  "bytes" : "01 83 02",
                  "direction" : "received"
                }
              ],
            """
        #expect(json.contains(frame), "\(json)")
    }

    @Test func `of a later program are refused with a reason`() throws {
        let json = try record([]).json.replacing("\"version\" : 1", with: "\"version\" : 2")
        #expect(throws: CommissioningRecord.Unreadable.self) { try CommissioningRecord(json: json) }
    }
}
