import Documents
import Foundation
import Profiles
import TestSupport
import Testing

/// `devices/profile.schema.json` has exactly the keys that the readers know.
@Suite struct SchemaTests {
    /// Every key of the format at least once: what the shipped profiles lack, together with them.
    static let maximal = [
        """
        profile: maximal
        name: Every key of a Modbus profile
        measures: water
        source: this test
        caveats: [none]
        supersedes: [0123456789abcdef]
        modbus:
          numbering: from_0
          word_order: ABCD
          line: { baud: 9600, parity: none, data_bits: 8, stop_bits: 1 }
          max_registers: 100
          max_gap: 2
          avoid: [7, "9-12"]
          unit_register: 15
          reply_time: 500ms
          worst_reply: 2s
        points:
          a:
            holding: 20
            type: int32
            word_order: CDAB
            unit: m3/h
            publish: L/s
            scale: 0.1
            offset: -1
            decimals: 1
            range: [-1, 1]
            counter: { bits: 32, max_rate: 1 }
            good_when: { s.ok: [0, 1] }
            stable: s.ok
            plus: b
            negative_when: s.ok
            invalid: [0x8000, -9999]
            optional: true
            codes: { 0: nothing, 0x52: measuring }
            private: true
          b: { input: 1, type: int16, unit: m, decimals_from: d }
          d: { input: 2, type: uint16 }
          s: { holding: 30, bits: { ok: 1, step: { bits: 8-15, signed: true, codes: { -1: none } } } }
          e: { holding: 60, type: uint64, word_order: CDABGHEF }
          f: { field: s.step, unit: "%" }
          t: { holding: 40, type: string, registers: 3 }
          c: { coil: 0 }
          i: { discrete: 0 }
          x: { holding: 50, type: float32, tiny: zero, exponent_from: d, times: d, divided_by: d, least: 0 }
          n: { sunspec: { model: 103, point: W } }
          y: { holding: 70, type: string, registers: 8, chars: low, every: 1h }
          w:
            weir:
              level: b
              angle: 90
              coefficient: 1.365
              zero: 0
              head_correction: 0.00085
              greatest_head: 0.38
              surveyed: 2026-10-03
            unit: m3/s
        vectors:
          - source: this test
            request: 01 03 00 14 00 02
            holding: { 20: 0001 0002 }
            input: { 1: 0001 }
            coil: { 0: 1 }
            discrete: { 0: 0 }
            values: { a: 1 }
        """,
        """
        profile: maximal
        name: Every key of an MQTT profile
        measures: traffic
        source: this test
        caveats: []
        mqtt:
          messages:
            m: { topic: "a/{node}", time: { path: t, format: epoch_ms, zone: "+07:00" } }
          availability: { topic: b, online: up, offline: down }
        points:
          p: { message: m, path: "x[0].y", type: bool }
          n: { message: m, path: n, text: { prefix: about, unit: [kg, g], decimal: "," } }
          s: { message: m, path: z, type: string, max_length: 40 }
        events:
          e: { message: m, id: i, when: { k: [a, b] }, data: { d: x }, max_length: 80 }
        vectors:
          - source: this test
            topic: a/{node}
            payload: "{}"
            values: { p: null, s: null }
            event: { d: [a, b] }
        """,
    ]

    @Test func theSchemaHasTheKeysThatTheReadersKnowAndNoOther() throws {
        let (_, log) = Shipped.load()
        for text in Self.maximal {
            let map = try #require(Document.mapping(of: text, file: "maximal.yaml", log: log))
            #expect(ProfileReader.read(map, expectedID: "maximal", hash: "") != nil)
        }
        #expect(log.problems.map(\.description) == [])
        let schema = try Schema(file: Shipped.folder + "/profile.schema.json")
        let described = schema.shapes()
        #expect(Set(log.shapes.keys) == Set(described.keys))
        for (path, keys) in log.shapes {
            #expect(keys.sorted() == described[path, default: []].sorted(), "at \"\(path)\"")
        }
    }

    @Test func everyMappingOfTheSchemaIsClosedAndEveryPropertyDescribed() throws {
        let schema = try Schema(file: Shipped.folder + "/profile.schema.json")
        var open: [String] = []
        var silent: [String] = []
        schema.walk { path, node in
            // A condition's keys are paths into a message, so any word is allowed there.
            if node["type"] as? String == "object", node["additionalProperties"] as? Bool != false,
                path != "events.*.when"
            {
                open.append(path)
            }
            if !path.isEmpty, !path.hasSuffix("*"), node["description"] == nil { silent.append(path) }
        }
        #expect(open == [])
        #expect(silent == [])
    }

    @Test(arguments: Shipped.ids) func everyProfileNamesTheSchemaInItsFirstLine(id: String) throws {
        let text = try String(contentsOfFile: Shipped.folder + "/\(id).yaml", encoding: .utf8)
        #expect(text.hasPrefix("# yaml-language-server: $schema=profile.schema.json\n"))
    }
}
