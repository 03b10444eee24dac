import Contract
import Domain
import JSON
import TestSupport
import Testing

@Suite("Bodies")
struct EntryBodyTests {
    private static let stamp = HandClock().stamp()

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var reading: Reading
        var text: String
    }

    private static let word = ReadingShape(
        site: "s",
        device: "d",
        points: [
            PointFace(
                name: "status",
                unit: nil,
                fields: [.init(name: "stable", low: 0, high: 0), .init(name: "mode", low: 4, high: 7)]
            )
        ]
    )

    static let cases: [Case] = [
        Case(
            testDescription: "good, unsigned and bad",
            reading: flowReading(stamp),
            text: #""points":{"discharge":{"value":12.53,"unit":"L/s"},"volume":{"value":184223,"unit":"m3"},"#
                + #""signal":{"value":null,"unit":"%","quality":"bad","reason":"timeout"}}"#
        ),
        Case(
            testDescription: "a counter with everything",
            reading: Reading(
                shape: flow,
                stamp: stamp,
                samples: [
                    nil,
                    Sample(
                        value: .decimal(DecimalNumber(negative: false, magnitude: 18_422_375, exponent: -2)),
                        reason: .counterReset,
                        increase: .decimal(DecimalNumber(negative: false, magnitude: 625, exponent: -4)),
                        since: Instant(millisecondsSince1970: 1_795_252_684_944)
                    ), nil,
                ],
                missed: 2,
                thinned: 7,
                spread: .milliseconds(1_250),
                sourceTime: Instant(millisecondsSince1970: 0)
            ),
            text: #""points":{"volume":{"value":184223.75,"unit":"m3","quality":"uncertain","reason":"counter_reset","#
                + #""increase":0.0625,"since":"2026-11-21T09:18:04.944Z"}},"missed":2,"thinned":7,"spread_ms":1250,"#
                + #""source_time":"1970-01-01T00:00:00.000Z""#
        ),
        Case(
            testDescription: "a status word with fields",
            reading: Reading(shape: word, stamp: stamp, samples: [Sample(value: .unsigned(0xA1))]),
            text: #""points":{"status":{"value":161,"fields":{"stable":1,"mode":10}}}"#
        ),
        Case(
            testDescription: "a status word that is null has no fields",
            reading: Reading(shape: word, stamp: stamp, samples: [.bad(.crc)]),
            text: #""points":{"status":{"value":null,"quality":"bad","reason":"crc"}}"#
        ),
        Case(
            testDescription: "text is escaped",
            reading: Reading(shape: word, stamp: stamp, samples: [Sample(value: .string("a\"\\\n\u{7f}é"))]),
            text: "\"points\":{\"status\":{\"value\":\"a\\\"\\\\\\u000a\u{7f}é\"}}"
        ),
        Case(
            testDescription: "only the first and the last point",
            reading: Reading(
                shape: flow,
                stamp: stamp,
                samples: [Sample(value: .float32(0.1)), nil, Sample(value: .unsigned(7))]
            ),
            text: #""points":{"discharge":{"value":0.1,"unit":"L/s"},"signal":{"value":7,"unit":"%"}}"#
        ),
        Case(
            testDescription: "only the last point",
            reading: Reading(shape: flow, stamp: stamp, samples: [nil, nil, Sample(value: .integer(-7))]),
            text: #""points":{"signal":{"value":-7,"unit":"%"}}"#
        ),
        Case(
            testDescription: "no point at all",
            reading: Reading(shape: word, stamp: stamp, samples: [nil]),
            text: #""points":{}"#
        ),
    ]

    @Test("of readings hold what never changes", arguments: cases)
    func reading(_ example: Case) {
        let (content, form) = EntryBody.encode(example.reading, ReadingForms())
        #expect(Self.text(content, form) == example.text)
        #expect((form == nil) == example.reading.samples.contains { $0 == nil })
    }

    private static func text(_ content: [UInt8], _ form: BodyForm?) -> String {
        var text = JSONText()
        if let form { form.write(filling: content, to: &text) } else { text.raw(content) }
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test("of readings with a form are little more than their digits")
    func size() {
        let (content, _) = EntryBody.encode(flowReading(Self.stamp), ReadingForms())
        #expect(
            String(decoding: content, as: UTF8.self)
                == "12.53\n\n184223\n\nnull\n,\"quality\":\"bad\",\"reason\":\"timeout\"\n"
        )
    }

    @Test("of events hold what never changes")
    func event() {
        let event = Event(
            "weighing",
            severity: .info,
            stamp: Self.stamp,
            site: "bsu",
            device: "scale-07",
            sourceTime: Instant(millisecondsSince1970: 0),
            byDevice: true,
            data: [("net", .number(.float32(0.1))), ("labels", .object([.init("category", .string("pla\"stik"))]))]
        )
        #expect(
            String(decoding: EntryBody.encode(event), as: UTF8.self)
                == #""event":"weighing","severity":"info","device":"scale-07","site":"bsu","#
                + #""source_time":"1970-01-01T00:00:00.000Z","data":{"net":0.1,"labels":{"category":"pla\"stik"}}"#
        )
        let bare = Event("start", severity: .alarm, stamp: Self.stamp)
        #expect(
            String(decoding: EntryBody.encode(bare), as: UTF8.self) == #""event":"start","severity":"alarm","data":{}"#
        )
    }
}
