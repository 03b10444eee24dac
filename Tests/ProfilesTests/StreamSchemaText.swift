/// Every key of a profile of a device that sends text.
enum StreamSchemaText {
    static let maximal = """
        profile: maximal
        name: Every key of a profile of text
        measures: waste
        source: this test
        variants: { model: { values: [a, b], default: a } }
        stream:
          by: { model: { b: { reply_time: 1s } } }
          line: { baud: 9600, parity: even, data_bits: 7, stop_bits: 1 }
          start: "\\x02"
          end: "\\r"
          length: 14
          ask: "R\\r"
          reply_time: 500ms
          checksum: { kind: sum, over: "2-10", at: [-3, -2], as: hex, bits: 7 }
          frames:
            weight: { pattern: "{state:1}{sign:1}{weight:6}{unit:2}{:2}" }
            over: { pattern: "{:*}OL{:2}", bad: out_of_range }
            date: { pattern: "D{day}", ignore: true }
        points:
          w: { frame: weight, field: weight, sign: sign, reversed: true, decimal: ",", unit: kg, stable: { s.on: 1 } }
          s: { frame: [weight], bytes: 2, bits: { on: 0 } }
          u: { frame: weight, field: unit, words: { kg: 0 } }
        vectors:
          - source: this test
            frame: "\\x02"
            values: { w: null }
          - source: this test
            hex: "02"
            values: { w: null }
        """
}
