import Documents
import Profiles
import Testing

@Suite struct ProfileTextTests {
    private static func page(_ points: String) throws -> String {
        let log = ProblemLog()
        let text = """
            profile: shown
            name: Shown
            measures: water
            source: a test
            modbus: { numbering: from_0, word_order: ABCD }
            points:
            \(points)
            """
        let map = try #require(Document.mapping(of: text, file: "shown.yaml", log: log))
        let profile = try #require(ProfileReader.read(map, expectedID: nil, hash: ""), "\(log.problems)")
        return ProfileText.page(profile).map(\.description).joined(separator: "\n")
    }

    @Test func aWeirIsShownWithAllThatItsNumberDependsOn() throws {
        let level = "  h: { holding: 0, type: uint16, unit: mm }\n"
        let page = try Self.page(
            level + "  q: { weir: { level: h, angle: 90, coefficient: 1.365, zero: 0.1, surveyed: 2026-10-03,\n"
                + "    head_correction: 0.00085, greatest_head: 0.38 }, unit: m3/s }"
        )
        #expect(
            page.contains(
                "weir over h, 90 degrees, coefficient 1.365, zero at 0.1 m, surveyed 2026-10-03, "
                    + "head correction 0.00085 m, head at most 0.38 m, in m3/s"
            )
        )
        let older = try Self.page(level + "  q: { weir: { level: h, angle: 60, coefficient: 1.38, zero: 0 } }")
        #expect(older.contains("weir over h, 60 degrees, coefficient 1.38, zero at 0 m, no survey named"))
    }

    @Test func aFloatWhoseTinyValuesAreZeroIsShownSo() throws {
        let page = try Self.page("  p: { holding: 0, type: float32, tiny: zero }\n  o: { holding: 2, type: float32 }")
        #expect(page.split(separator: "tiny is 0").count == 2)
    }

    // MARK: Everything that decides

    /// What the page says for each key of a point; a new key of the readers needs a line here.
    private static let shown: [String: String] = [
        "holding": "holding 20-21 int32 (number 21-22)", "input": "input 0 int16", "coil": "coil 0",
        "discrete": "discrete 3",
        "message": "m x[0].y", "path": "m x[0].y", "type": "int32", "registers": "holding 40-42 string",
        "word_order": "order CDAB", "unit": "in m3/h", "publish": "published in L/s", "scale": "x 0.1",
        "offset": "+ -1",
        "decimals": "1 decimals", "decimals_from": "decimals from d", "range": "from -1 to 1",
        "counter": "counter that shows 0 again at 4294967296 counts, at most 1 m3/h a second, refreshed every 30s, "
            + "in steps of 10 m3/h",
        "bits": "bits: ok 1, step 8-15 signed (1 one)", "field": "field step of s",
        "good_when": "good when s.ok is 0 or 1 and t is \"fine\"",
        "stable": "stable when s.ok", "plus": "plus b", "negative_when": "negative when s.ok",
        "invalid": "no value: 0x8000, 0xFFFFD8F1", "tiny": "tiny is 0", "weir": "weir over b",
        "max_length": "at most 40 bytes", "private": "not published", "codes": "codes (0 nothing; 0x52 measuring)",
        "optional": "some models lack it", "label": "called \"step\" / \"langkah\"", "show": "shown in 1",
        "names": "names: 0 \"idle\"; 1 \"run\" / \"jalan\"",
        "exponent_from": "x 10 to the power of d", "times": "times d",
        "divided_by": "divided by d", "least": "less than 0 is 0", "chars": "chars low", "every": "read every 1h",
        "sunspec": "SunSpec model 103 at 14 int16",

        "part": "b c channel x bytes 1-2 uint16, little order", "channel": "channel x", "bytes": "bytes 1-2",
        "byte_order": "little order", "item": "b l item 1",
        "text": "text of \"about\" and number with a decimal comma and \"kg\" or \"g\"",
    ]

    /// As `shown`, for the keys of `modbus` and `mqtt`.
    private static let shownOfAccess: [String: String] = [
        "numbering": "registers numbered from 1 in its manual", "word_order": "word order ABCD", "line": "19200 8N1",
        "max_registers": "at most 100 registers", "max_gap": "bridge 2 unused",
        "avoid": "by a scan: 6, 8-11 (numbers 7, 9-12)", "unit_register": "holding register 14 (number 15)",
        "identity": "says of itself: Acme", "reply_time": "within 700 ms", "worst_reply": "at worst 3.0 s",
        "request_gap": "needs 50 ms of silence", "connect_pause": "mute for 1.0 s", "retries": "up to 2 times",
        "messages": "m: a/{node}", "availability": "availability: c, \"up\" or \"down\"", "reports": "only changes",
    ]

    private static let registers = """
        profile: shown
        name: Shown
        measures: water
        source: a test
        modbus: { numbering: from_1, word_order: ABCD, max_gap: 2, avoid: [7, "9-12"], unit_register: 15,
          identity: Acme,
          line: { baud: 19200 }, max_registers: 100, reply_time: 700ms, worst_reply: 3s, request_gap: 50ms,
          connect_pause: 1s, retries: 2 }
        points:
          a:
            holding: 21
            type: int32
            word_order: CDAB
            unit: m3/h
            publish: L/s
            scale: 0.1
            offset: -1
            decimals: 1
            range: [-1, 1]
            counter: { bits: 32, max_rate: 1, refresh: 30s, step: 10 }
            good_when: { s.ok: [0, 1], t: fine }
            stable: s.ok
            plus: b
            negative_when: s.ok
            invalid: [0x8000, -9999]
            optional: true
            codes: { 0: nothing, 0x52: measuring }
            private: true
          b: { input: 1, type: int16, unit: m, decimals_from: d }
          d: { input: 2, type: uint16 }
          s: { holding: 31, bits: { ok: 1, step: { bits: 8-15, signed: true, codes: { 1: one } } } }
          f: { field: s.step, unit: "%", show: "1", label: { id: langkah, en: step } }
          o: { field: s.ok, names: { 0: idle, 1: { id: jalan, en: run } } }
          t: { holding: 41, type: string, registers: 3 }
          c: { coil: 1 }
          i: { discrete: 4 }
          x: { holding: 51, type: float32, tiny: zero, exponent_from: d, times: d, divided_by: d, least: 0 }
          z: { sunspec: { model: 103, point: W } }
          y: { holding: 70, type: string, registers: 8, chars: low, every: 1h }
          w: { weir: { level: b, angle: 90, coefficient: 1.365, zero: 0 }, unit: m3/s }
        """

    private static let messages = """
        profile: shown
        name: Shown
        measures: water
        source: a test
        mqtt:
          messages:
            m: { topic: "a/{node}", time: { path: t, format: iso8601, zone: "+07:00" } }
            r: { topic: b, time: { path: t, format: epoch_s }, row: end }
            b:
              topic: "a/+/{node}"
              time: { part: f, bytes: 1-4, type: uint32, byte_order: big, format: epoch_s }
              parts:
                j: { path: t, as: json }
                l: { part: j, path: l, as: list, separator: ";", pairs: "=", items: 1-2, begins: a,
                  when: { k: [a, b] } }
                f: { part: l, item: 1, as: hex, byte_order: big, length: 4, begins: "01" }
                c: { part: f, bytes: 1-4, as: bytes,
                  channels: { x: { id: "01 75", bytes: 2 }, y: { id: "02", bytes: rest } } }
          availability: { topic: c, online: up, offline: down }
          reports: on_change
        points:
          p: { message: m, path: "x[0].y", type: bool }
          n: { message: m, path: n, text: { prefix: about, unit: [kg, g], decimal: "," } }
          s: { message: m, path: z, type: string, max_length: 40 }
          q: { message: b, part: c, channel: x, bytes: 1-2, byte_order: little, type: uint16 }
          u: { message: b, part: l, item: 1 }
        events:
          e: { message: m, id: i, when: { k: [a, b] }, data: { d: x }, max_length: 80 }
        """

    @Test func `a profile's page shows every key of a point that decides`() throws {
        let log = ProblemLog()
        var page = ""
        for text in [Self.registers, Self.messages] {
            let map = try #require(Document.mapping(of: text, file: "shown.yaml", log: log))
            let profile = try #require(ProfileReader.read(map, expectedID: nil, hash: ""), "\(log.problems)")
            page += ProfileText.page(profile).map(\.description).joined(separator: "\n") + "\n"
        }
        let keys = try #require(log.shapes["points.*"])
        #expect(keys.subtracting(Self.shown.keys) == [], "a key without a line in this test")
        for (key, words) in Self.shown { #expect(page.contains(words), "\(key): \(words)\n\(page)") }
        let access = try #require(log.shapes["modbus"]).union(log.shapes["mqtt"] ?? [])
        #expect(access.subtracting(Self.shownOfAccess.keys) == [], "a key without a line in this test")
        for (key, words) in Self.shownOfAccess { #expect(page.contains(words), "\(key): \(words)\n\(page)") }
        for words in [
            "m: a/{node}, time at t as iso8601, without an offset in +07:00",
            "b: a/+/{node}, time at f bytes 1-4 as epoch_s", "part j: JSON, at t",
            "part l: list with \";\" between items, and \"=\" after an item's name, j l, 1-2 long, begins with "
                + "\"a\", when k is \"a\" or \"b\"",
            "part f: bytes in hexadecimal, l item 1, bytes in big order, 4 long, begins with 01",
            "part c: bytes, f bytes 1-4, channels x 01 75 (2), y 02 (the rest)",
            "r: b, time at t as epoch_s, the row of an interval that its time is the end of",
            "event e: message m, when k is \"a\" or \"b\", counted once by i, keeps d from x, at most 80 bytes each",
        ] { #expect(page.contains(words), "\(words)\n\(page)") }
    }
}
