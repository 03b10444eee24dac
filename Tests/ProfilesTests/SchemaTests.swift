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
        send: { when: changed, at_least_every: 1h, deadband: {} }
        variants:
          phases: { values: [1, 3], default: 3, label: { id: fasa, en: phases } }
        modbus:
          by: { phases: { 1: { max_gap: 1 } } }
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
            label: { id: debit, en: discharge }
            show: m3/d
            only: { phases: [1, 3] }
            step: { phases: 0 }
            by: { phases: { 1: { range: [0, 1] } } }
            private: true
          b: { input: 1, type: int16, unit: m, decimals_from: d }
          d: { input: 2, type: uint16 }
          s: { holding: 30, bits: { ok: 1, step: { bits: 8-15, signed: true, codes: { -1: none },
            names: { 1: { id: satu, en: one } }, label: { id: langkah, en: step } } } }
          e: { holding: 60, type: uint64, word_order: CDABGHEF }
          f: { field: s.step, unit: "%" }
          g: { field: s.step, names: { 0: { id: diam, en: idle } } }
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
            set: { phases: 3 }
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
        variants: { model: { values: [a, b], default: a } }
        mqtt:
          by: { model: { a: { reports: on_change } } }
          messages:
            m: { topic: "a/{node}", node_in: id, only: { model: a }, by: { model: { b: { topic: c } } },
              time: { path: t, format: epoch_ms, zone: "+07:00" } }
            b:
              topic: "a/+/{node}"
              time: { part: f, bytes: 1-4, type: uint32, byte_order: big, format: epoch_s }
              parts:
                j: { path: t, as: json }
                l: { part: j, path: l, as: list, separator: ";", pairs: "=", items: 1-2, begins: a,
                  when: { k: [a, b] } }
                f: { part: l, item: 1, as: hex, byte_order: big, length: 4-8, begins: "01" }
                c: { part: f, bytes: 1-4, as: bytes, channels: { x: { id: "01", bytes: 2 } } }
                d: { part: c, channel: x, as: bytes, byte_order: big }
            u: { topic: u, time: { part: l, item: 1, format: epoch_s }, parts: { l: { as: list, separator: "," } } }
            v:
              topic: v
              time: { part: c, channel: x, type: uint32, byte_order: big, format: epoch_s }
              parts: { c: { as: bytes, channels: { x: { id: "01", bytes: 4 } } } }
          availability: { topic: b, online: up, offline: down }
        points:
          p: { message: m, path: "x[0].y", type: bool }
          n: { message: m, path: n, text: { prefix: about, unit: [kg, g], decimal: "," } }
          s: { message: m, path: z, type: string, max_length: 40 }
          q: { message: b, part: c, channel: x, bytes: 1-2, byte_order: little, type: uint16 }
          r: { message: b, part: l, item: 1 }
        events:
          e: { only: { model: [a, b] }, by: { model: { b: { id: j } } }, message: m, id: i,
              when: { k: [a, b] }, data: { d: x }, max_length: 80 }
        vectors:
          - source: this test
            topic: a/{node}
            payload: "{}"
            values: { p: null, s: null }
            event: { d: [a, b] }
        """,
        StreamSchemaText.maximal,
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
            // A condition's keys are paths into a message, so any word is allowed there; `by` has the keys of what it
            // stands in.
            if node["type"] as? String == "object", node["additionalProperties"] as? Bool != false,
                path != "events.*.when", path != "mqtt.messages.*.parts.*.when", !path.hasSuffix(".by.*.*")
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
