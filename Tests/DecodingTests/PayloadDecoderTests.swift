import Decoding
import Domain
import Platform
import Profiles
import Synchronization
import Testing

@Suite struct PayloadDecoderTests {
    /// A profile with one message, these points and other parts.
    private static func profile(_ points: String, time: String = "", rest: String = "") throws -> Profile {
        try Written.profile(
            """
            profile: written
            name: Written
            measures: traffic
            source: a test
            mqtt:
              messages:
                m: { topic: t\(time.isEmpty ? "" : ", time: { \(time) }") }
                other: { topic: o }
            points:
            \(points)
            \(rest)
            """
        )
    }

    private static func decode(_ payload: String, by profile: Profile) -> PayloadDecoder.Decoded {
        PayloadDecoder(profile: profile) { _ in 25_200 }.decode(Array(payload.utf8), message: 0)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var point: String
        var payload: String
        var value: RawValue?

        var testDescription: String { name }

        init(_ name: String, _ point: String, _ payload: String, _ value: RawValue?) {
            self.name = name
            self.point = point
            self.payload = payload
            self.value = value
        }
    }

    static let cases = [
        Case("whole number", "path: a", #"{"a":12034}"#, .value(.integer(12_034))),
        Case("greatest unsigned", "path: a", #"{"a":18446744073709551615}"#, .value(.unsigned(.max))),
        Case(
            "beyond what a double holds",
            "path: a",
            #"{"a":9007199254740993}"#,
            .value(.integer(9_007_199_254_740_993))
        ),
        Case("least signed", "path: a", #"{"a":-9223372036854775808}"#, .value(.integer(.min))),
        Case("fraction", "path: a", #"{"a":0.1}"#, .value(.float64(0.1))),
        Case("exponent", "path: a", #"{"a":2.5e-3}"#, .value(.float64(0.0025))),
        Case("number in quotes", "path: a", #"{"a":"12.5"}"#, .value(.float64(12.5))),
        Case("whole number in quotes", "path: a", #"{"a":" 18446744073709551615 "}"#, .value(.unsigned(.max))),
        Case("nan in quotes", "path: a", #"{"a":"NaN"}"#, .missing(.notANumber)),
        Case("hexadecimal in quotes", "path: a", #"{"a":"0x10"}"#, .missing(.decode)),
        Case("words in quotes", "path: a", #"{"a":"twelve"}"#, .missing(.decode)),
        Case("nothing in quotes", "path: a", #"{"a":""}"#, .missing(.decode)),
        Case("null", "path: a", #"{"a":null}"#, .missing(.invalid)),
        Case("true for a number", "path: a", #"{"a":true}"#, .missing(.decode)),
        Case("list for a number", "path: a", #"{"a":[1]}"#, .missing(.decode)),
        Case("object for a number", "path: a", #"{"a":{"b":1}}"#, .missing(.decode)),
        Case("absent key", "path: a", #"{"b":1}"#, nil),
        Case("absent step", "path: a.b.c", #"{"a":{}}"#, nil),
        Case("step into a number", "path: a.b", #"{"a":1}"#, nil),
        Case(
            "nested",
            "path: HX711.WeightRaw",
            #"{"HX711":{"Weight":12,"WeightRaw":12034}}"#,
            .value(.integer(12_034))
        ),
        Case("element", "path: \"lanes[1].n\"", #"{"lanes":[{"n":1},{"n":2}]}"#, .value(.integer(2))),
        Case("element beyond the list", "path: \"lanes[2].n\"", #"{"lanes":[{"n":1},{"n":2}]}"#, nil),
        Case("marker", "path: a, invalid: [-127]", #"{"a":-127}"#, .missing(.invalid)),
        Case("bool", "path: a, type: bool", #"{"a":true}"#, .value(.bool(true))),
        Case("ON", "path: a, type: bool", #"{"a":"ON"}"#, .value(.bool(true))),
        Case("0 for a bool", "path: a, type: bool", #"{"a":0}"#, .value(.bool(false))),
        Case("2 for a bool", "path: a, type: bool", #"{"a":2}"#, .missing(.decode)),
        Case("text", "path: a, type: string", #"{"a":"x\"y\u00e9"}"#, .value(.string("x\"yé"))),
        Case("number for text", "path: a, type: string", #"{"a":1}"#, .missing(.decode)),
        Case("text as long as may be", "path: a, type: string, max_length: 4", #"{"a":"abé"}"#, .value(.string("abé"))),
        Case("text of a byte more", "path: a, type: string, max_length: 4", #"{"a":"abcé"}"#, .missing(.tooLong)),
        Case(
            "text as long as may be where the profile says nothing",
            "path: a, type: string",
            #"{"a":""# + String(repeating: "x", count: 256) + #""}"#,
            .value(.string(String(repeating: "x", count: 256)))
        ),
        Case(
            "text that is longer where the profile says nothing",
            "path: a, type: string",
            #"{"a":""# + String(repeating: "x", count: 257) + #""}"#,
            .missing(.tooLong)
        ),
        Case("bare text that is too long", "type: string, max_length: 3", "Online", .missing(.tooLong)),
        Case(
            "number in a text that is none",
            "path: a",
            #"{"a":""# + String(repeating: "1", count: 300) + #""}"#,
            .missing(.decode)
        ),
        Case("bare number", "unit: m", "1.25", .value(.float64(1.25))),
        Case("bare whole number with a line's end", "unit: m", " 42\n", .value(.integer(42))),
        Case("bare nan", "unit: m", "nan", .missing(.notANumber)),
        Case("bare word", "unit: m", "unavailable", .missing(.decode)),
        Case("bare nothing", "unit: m", "", .missing(.decode)),
        Case("bare switch", "type: bool", "off", .value(.bool(false))),
        Case("bare text", "type: string", "Online", .value(.string("Online"))),
        Case("not JSON", "path: a", "hello", .missing(.decode)),
        Case("JSON cut off", "path: a", #"{"a":1"#, .missing(.decode)),
        Case("empty payload", "path: a", "", .missing(.decode)),
        Case("JSON that is a number", "path: a", "5", nil),
    ]

    @Test(arguments: cases) func aPayloadSaysThis(shape: Case) throws {
        let profile = try Self.profile("  p: { message: m, \(shape.point) }")
        #expect(Self.decode(shape.payload, by: profile).values == [shape.value])
    }

    @Test func bytesThatAreNoTextAreNoNumber() throws {
        for point in ["unit: m", "type: string", "path: a"] {
            let profile = try Self.profile("  p: { message: m, \(point) }")
            let decoder = PayloadDecoder(profile: profile) { _ in 0 }
            #expect(decoder.decode([0xFF, 0xFE, 0x00, 0x31], message: 0).values == [.missing(.decode)])
        }
    }

    @Test func anotherMessagesPointsAreAbsent() throws {
        let profile = try Self.profile("  p: { message: m, path: a }\n  q: { message: other, path: a }")
        let decoded = PayloadDecoder(profile: profile) { _ in 0 }.decode(Array(#"{"a":1}"#.utf8), message: 1)
        #expect(decoded.values == [nil, .value(.integer(1))])
        #expect(decoded.hasPoints)
    }

    @Test func aMessageWithoutAnyPointHasNone() throws {
        #expect(!Self.decode("{}", by: try Self.profile("  p: { message: m, path: a }")).hasPoints)
    }

    /// On a thread as small as a broker session's: a hostile payload must not end the process.
    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")]) func deepNestingIsNoCrash(open: String, close: String) throws {
        let profile = try Self.profile("  p: { message: m, path: a }")
        let outcomes = Mutex<[[RawValue?]]>([])
        for depth in [100, 400, 511, 512, 513, 5_000, 200_000] {
            let payload =
                String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            let thread = try WorkerThread(name: "deep") {
                let values = Self.decode(payload, by: profile).values
                outcomes.withLock { $0.append(values) }
            }
            thread.join()
        }
        #expect(outcomes.withLock { $0.count } == 7)
        #expect(outcomes.withLock { $0.last } == [.missing(.decode)])
    }

    // MARK: Times

    struct Time: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var time: String
        var payload: String
        var instant: String?
    }

    static let times = [
        Time(
            testDescription: "local time in the gateway's zone",
            time: "path: Time, format: iso8601, zone: gateway",
            payload: #"{"Time":"2026-11-21T09:12:44"}"#,
            instant: "2026-11-21T02:12:44.000Z"
        ),
        Time(
            testDescription: "an offset in the text wins",
            time: "path: Time, format: iso8601, zone: gateway",
            payload: #"{"Time":"2026-11-21T09:12:44+00:00"}"#,
            instant: "2026-11-21T09:12:44.000Z"
        ),
        Time(
            testDescription: "UTC named",
            time: "path: Time, format: iso8601, zone: utc",
            payload: #"{"Time":"2026-11-21T09:12:44.5"}"#,
            instant: "2026-11-21T09:12:44.500Z"
        ),
        Time(
            testDescription: "an offset of the profile",
            time: "path: Time, format: iso8601, zone: \"-02:30\"",
            payload: #"{"Time":"2026-11-21T09:12:44"}"#,
            instant: "2026-11-21T11:42:44.000Z"
        ),
        Time(
            testDescription: "seconds with a fraction",
            time: "path: t, format: epoch_s",
            payload: #"{"t":1607123962.082975}"#,
            instant: "2020-12-04T23:19:22.083Z"
        ),
        Time(
            testDescription: "milliseconds",
            time: "path: t, format: epoch_ms",
            payload: #"{"t":1607123962083}"#,
            instant: "2020-12-04T23:19:22.083Z"
        ),
        Time(
            testDescription: "a fraction beyond milliseconds rounds to the next second",
            time: "path: t, format: epoch_s",
            payload: #"{"t":1795252679.9996}"#,
            instant: "2026-11-21T09:18:00.000Z"
        ),
        Time(
            testDescription: "half a millisecond of a double goes up as that of a text does",
            time: "path: t, format: epoch_s",
            payload: #"{"t":1795252689.0005}"#,
            instant: "2026-11-21T09:18:09.001Z"
        ),
        Time(
            testDescription: "half a millisecond of a text",
            time: "path: t, format: iso8601",
            payload: #"{"t":"2026-11-21T09:18:09.0005Z"}"#,
            instant: "2026-11-21T09:18:09.001Z"
        ),
        Time(
            testDescription: "milliseconds with a fraction",
            time: "path: t, format: epoch_ms",
            payload: #"{"t":1607123962082.5}"#,
            instant: "2020-12-04T23:19:22.083Z"
        ),
        Time(testDescription: "null", time: "path: t, format: epoch_s", payload: #"{"t":null}"#, instant: nil),
        Time(testDescription: "absent", time: "path: t, format: epoch_s", payload: "{}", instant: nil),
        Time(testDescription: "absurd", time: "path: t, format: epoch_s", payload: #"{"t":1e300}"#, instant: nil),
        Time(testDescription: "words", time: "path: t, format: iso8601", payload: #"{"t":"yesterday"}"#, instant: nil),
        Time(
            testDescription: "a day that is not",
            time: "path: t, format: iso8601",
            payload: #"{"t":"2026-02-30T00:00:00"}"#,
            instant: nil
        ),
    ]

    @Test(arguments: times) func aDevicesOwnTimeIsRead(shape: Time) throws {
        let profile = try Self.profile("  p: { message: m, path: a }", time: shape.time)
        #expect(Self.decode(shape.payload, by: profile).sourceTime?.description == shape.instant)
    }

    // MARK: Events

    private static let passage = """
        events:
          passage:
            message: m
            when: { type: end, after.label: [car, bus] }
            id: after.id
            data: { class: after.label, zones: after.entered_zones, gone: after.nothing }
        """

    private static func events(_ payload: String) throws -> [PayloadDecoder.DecodedEvent] {
        decode(payload, by: try profile("  p: { message: other, path: a }", rest: passage)).events
    }

    @Test func anEventHasItsIdAndTheDataThatIsNamedAndNothingElse() throws {
        let events = try Self.events(
            #"{"type":"end","after":{"id":"17.5-abc","label":"car","sub_label":"AG 1234 XY","#
                + #""entered_zones":["a","b"]}}"#
        )
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.name == "passage")
        #expect(event.id == "17.5-abc")
        #expect(event.data.map(\.key) == ["class", "zones"])
        #expect(event.data.map(\.value) == [.string("car"), .array([.string("a"), .string("b")])])
    }

    @Test func aValueOfAnEventThatIsTooLongIsLeftOutWholeAndNamed() throws {
        let profile = try Self.profile(
            "  p: { message: other, path: a }",
            rest: "events: { e: { message: m, id: id, data: { a: a, b: b, c: c, d: d }, max_length: 12 } }"
        )
        func event(_ payload: String) -> PayloadDecoder.DecodedEvent? { Self.decode(payload, by: profile).events.first }
        let whole = try #require(
            event(#"{"id":"123456789012","a":"123456789012","b":[1,2,3,4,5],"c":{"k":[1,2]},"d":1.5}"#)
        )
        #expect(whole.tooLong == [])
        #expect(whole.data.map(\.key) == ["a", "b", "c", "d"])
        let cut = try #require(event(#"{"id":"1","a":"1234567890123","b":[1,2,3,4,567],"c":{"k":[[[]]]},"d":true}"#))
        #expect(cut.tooLong == ["a", "b"])
        #expect(
            cut.data.map(\.value) == [.null, .null, .object([.init("k", .array([.array([.array([])])]))]), .bool(true)]
        )
        // An id that cannot be kept whole counts as none: otherwise two events would look like one.
        #expect(event(#"{"id":"1234567890123","a":"1"}"#) == nil)
    }

    static let noEvents = [
        ("another type", #"{"type":"update","after":{"id":"1","label":"car"}}"#),
        ("another label", #"{"type":"end","after":{"id":"1","label":"person"}}"#),
        ("no label", #"{"type":"end","after":{"id":"1"}}"#),
        ("no id", #"{"type":"end","after":{"label":"car"}}"#),
        ("empty id", #"{"type":"end","after":{"id":"","label":"car"}}"#),
        ("id that is null", #"{"type":"end","after":{"id":null,"label":"car"}}"#),
        ("label that is a list", #"{"type":"end","after":{"id":"1","label":["car"]}}"#),
        ("garbage", "\u{1}\u{2}"),
    ]

    @Test(arguments: noEvents) func thisIsNoEvent(name: String, payload: String) throws {
        #expect(try Self.events(payload).isEmpty)
    }

    @Test func anIdMayBeANumber() throws {
        #expect(
            try Self.events(#"{"type":"end","after":{"id":9007199254740993,"label":"bus"}}"#).first?.id
                == "9007199254740993"
        )
    }
}
