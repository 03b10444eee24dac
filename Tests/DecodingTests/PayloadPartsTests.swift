import Decoding
import Domain
import Profiles
import Testing

/// What stands inside the texts of messages, as gateways and platforms of the field write it.
@Suite struct PayloadPartsTests {
    static func profile(parts: String, points: String, time: String = "", topic: String = "t") throws -> Profile {
        try Written.profile(
            """
            profile: written
            name: Written
            measures: water
            source: a test
            mqtt:
              messages:
                m:
                  topic: \(topic)
                  parts:
                    \(parts.replacing("\n", with: "\n        "))
            \(time.isEmpty ? "" : "      time: { \(time) }")
            points:
              \(points.replacing("\n", with: "\n  "))
            """
        )
    }

    static func decode(_ payload: String, by profile: Profile) -> PayloadDecoder.Decoded {
        PayloadDecoder(profile: profile) { _ in 25_200 }.decode(Array(payload.utf8), message: 0)
    }

    // MARK: JSON in JSON, and lists

    private static let pentarium =
        #"{"m2m:rsp":{"rsc":2001,"pc":{"m2m:cin":{"con":"{\"type\":\"uplink\",\"data\":\"182;76.40;28.46;0\"}"}}}}"#

    @Test func `a list in JSON in a JSON string gives its items, the first being 1`() throws {
        let profile = try Self.profile(
            parts: """
                con: { path: "m2m:rsp.pc.m2m:cin.con", as: json }
                list: { part: con, path: data, as: list, separator: ";" }
                """,
            points: """
                level: { message: m, part: list, item: 1 }
                humidity: { message: m, part: list, item: 2 }
                kind: { message: m, part: con, path: type, type: string }
                """
        )
        let decoded = Self.decode(Self.pentarium, by: profile)
        #expect(decoded.values == [.value(.integer(182)), .value(.float64(76.4)), .value(.string("uplink"))])
        #expect(decoded.faults == [])
    }

    @Test func `an object where others put its text is taken as it is`() throws {
        let profile = try Self.profile(
            parts: "con: { path: con, as: json }",
            points: "level: { message: m, part: con, path: level }"
        )
        #expect(Self.decode(#"{"con":{"level":7}}"#, by: profile).values == [.value(.integer(7))])
        #expect(Self.decode(#"{"con":"{\"level\":7}"}"#, by: profile).values == [.value(.integer(7))])
    }

    @Test func `a list with fewer items than are read is damaged as a whole`() throws {
        let profile = try Self.profile(
            parts: "list: { as: list, separator: \",\" }",
            points: "a: { message: m, part: list, item: 1 }\nb: { message: m, part: list, item: 3 }"
        )
        let decoded = Self.decode("1,2", by: profile)
        #expect(decoded.values == [.missing(.decode), .missing(.decode)])
        #expect(decoded.faults == [PartFault(part: "list", why: "2 items, fewer than 3")])
        #expect(decoded.whys == [0: "part list: 2 items, fewer than 3", 1: "part list: 2 items, fewer than 3"])
    }

    @Test func `a list whose last items may be missing lacks them and has the others`() throws {
        let profile = try Self.profile(
            parts: "list: { as: list, separator: \",\", items: 2-3 }",
            points: "a: { message: m, part: list, item: 1 }\nb: { message: m, part: list, item: 3 }"
        )
        #expect(Self.decode("1,2", by: profile).values == [.value(.integer(1)), nil])
        #expect(Self.decode("1,2,3", by: profile).values == [.value(.integer(1)), .value(.integer(3))])
        #expect(Self.decode("1,2,3,4", by: profile).values == [.missing(.decode), .missing(.decode)])
    }

    @Test func `items have units and decimal commas, names, and blanks between them`() throws {
        let units = try Self.profile(
            parts: "list: { as: list, separator: \";\" }",
            points: "w: { message: m, part: list, item: 2, text: { unit: kg, decimal: \",\" } }"
        )
        #expect(Self.decode("A; 12,5 kg ;", by: units).values == [.value(.float64(12.5))])
        let named = try Self.profile(
            parts: "list: { as: list, separator: \";\", pairs: \"=\" }",
            points: "t: { message: m, part: list, item: TEMP }"
        )
        #expect(Self.decode("HUM=70;TEMP = 28.5", by: named).values == [.value(.float64(28.5))])
        #expect(Self.decode("HUM=70", by: named).values == [nil])
        #expect(Self.decode("TEMP=1;TEMP=2", by: named).values == [.missing(.decode)])
        let blanks = try Self.profile(
            parts: "list: { as: list, separator: \" \" }",
            points: "t: { message: m, part: list, item: 2 }"
        )
        #expect(Self.decode("  1    2 ", by: blanks).values == [.value(.integer(2))])
    }

    @Test func `an item that is no number says so`() throws {
        let profile = try Self.profile(
            parts: "list: { as: list, separator: \";\" }",
            points: "a: { message: m, part: list, item: 2 }"
        )
        let decoded = Self.decode("1;--;3", by: profile)
        #expect(decoded.values == [.missing(.decode)])
        #expect(decoded.whys == [0: "part list: item 2 is no number"])
    }

    // MARK: Bytes

    private static func frame(_ points: String, order: String = "big", part: String = "") throws -> Profile {
        try profile(parts: "f: { path: data, as: hex, byte_order: \(order)\(part) }", points: points)
    }

    struct Bytes: Sendable, CustomTestStringConvertible {
        var hex: String
        var point: String
        var order = "big"
        var value: RawValue
        var testDescription: String { "\(hex) as \(point), \(order)" }
    }

    static let bytes = [
        Bytes(hex: "0102", point: "bytes: 1-2, type: uint16", value: .value(.unsigned(0x0102))),
        Bytes(hex: "0102", point: "bytes: 1-2, type: uint16", order: "little", value: .value(.unsigned(0x0201))),
        Bytes(hex: "ff", point: "bytes: 1, type: int8", value: .value(.integer(-1))),
        Bytes(hex: "00ff", point: "bytes: 2, type: uint8", value: .value(.unsigned(255))),
        Bytes(hex: "fffffe", point: "bytes: 1-3, type: int24", value: .value(.integer(-2))),
        Bytes(hex: "feffff", point: "bytes: 1-3, type: int24", order: "little", value: .value(.integer(-2))),
        Bytes(hex: "010203", point: "bytes: 1-3, type: uint24", value: .value(.unsigned(0x010203))),
        Bytes(hex: "ffffffffffffffff", point: "bytes: 1-8, type: int64", value: .value(.integer(-1))),
        Bytes(hex: "4212806b", point: "bytes: 1-4, type: float32", value: .value(.float32(36.625408))),
        Bytes(hex: "806b4212", point: "bytes: 1-4, type: float32", order: "CDAB", value: .value(.float32(36.625408))),
        Bytes(hex: "12426b80", point: "bytes: 1-4, type: float32", order: "BADC", value: .value(.float32(36.625408))),
        Bytes(hex: "7fc00000", point: "bytes: 1-4, type: float32", value: .missing(.notANumber)),
        Bytes(hex: "20240518", point: "bytes: 1-4, type: bcd32", value: .value(.unsigned(20_240_518))),
        Bytes(hex: "180524", point: "bytes: 1-3, type: bcd24", order: "little", value: .value(.unsigned(240_518))),
        Bytes(hex: "1a", point: "bytes: 1, type: bcd8", value: .missing(.decode)),
        Bytes(hex: "41422000", point: "bytes: 1-4, type: string", value: .value(.string("AB"))),
        Bytes(hex: "0a0b", point: "bytes: 1-2, type: hex", value: .value(.string("0A0B"))),
        Bytes(hex: "31322e35", point: "bytes: 1-4, type: number", value: .value(.float64(12.5))),
        Bytes(hex: "02", point: "bytes: 1, type: bool", value: .missing(.decode)),
        Bytes(hex: "01", point: "bytes: 1, type: bool", value: .value(.bool(true))),
        Bytes(hex: "ffff", point: "bytes: 1-2, type: uint16, invalid: [0xFFFF]", value: .missing(.invalid)),
        Bytes(hex: "7fff", point: "bytes: 1-2, type: int16, invalid: [32767]", value: .missing(.invalid)),
        Bytes(hex: "0x01:02", point: "bytes: 1-2, type: uint16", value: .value(.unsigned(0x0102))),
    ]

    @Test(arguments: bytes) func `bytes become the value of their type`(shape: Bytes) throws {
        let profile = try Self.frame("p: { message: m, part: f, \(shape.point) }", order: shape.order)
        #expect(Self.decode(#"{"data":"\#(shape.hex)"}"#, by: profile).values == [shape.value])
    }

    @Test(arguments: [
        ("0", "an odd number of hexadecimal digits"), ("0g01", "not hexadecimal"), ("01", "1 bytes, fewer than 2"),
        ("", "0 bytes, fewer than 2"), ("0 102", "a separator stands within a byte"),
    ]) func `damaged hexadecimal is no number and says why`(shape: (hex: String, why: String)) throws {
        let profile = try Self.frame("p: { message: m, part: f, bytes: 1-2, type: uint16 }")
        let decoded = Self.decode(#"{"data":"\#(shape.hex)"}"#, by: profile)
        #expect(decoded.values == [.missing(.decode)])
        #expect(decoded.faults == [PartFault(part: "f", why: shape.why)])
    }

    @Test(arguments: ["AQI=", "AQI", "-_8=", "+/8", " AQI= \n"]) func `base64 has either alphabet and any padding`(
        text: String
    ) throws {
        let profile = try Self.profile(
            parts: "f: { path: data, as: base64, byte_order: big, length: 2 }",
            points: "p: { message: m, part: f, bytes: 1-2, type: uint16 }"
        )
        let value: UInt64 = text.contains("A") ? 0x0102 : 0xFBFF
        let json = text.replacing("\n", with: "\\n")
        #expect(Self.decode(#"{"data":"\#(json)"}"#, by: profile).values == [.value(.unsigned(value))])
    }

    @Test(arguments: ["AQJ", "A", "AQ=", "AQI==", "A*I=", "====", "AQID"]) func `damaged base64 is no number`(
        text: String
    ) throws {
        let profile = try Self.profile(
            parts: "f: { path: data, as: base64, byte_order: big, length: 2 }",
            points: "p: { message: m, part: f, bytes: 1-2, type: uint16 }"
        )
        #expect(Self.decode(#"{"data":"\#(text)"}"#, by: profile).values == [.missing(.decode)])
    }

    @Test func `a part that the message does not carry is absent, and null is no value`() throws {
        let profile = try Self.frame("p: { message: m, part: f, bytes: 1-2, type: uint16 }")
        #expect(Self.decode(#"{"other":1}"#, by: profile).values == [nil])
        #expect(Self.decode(#"{"data":null}"#, by: profile).values == [.missing(.invalid)])
        #expect(Self.decode(#"{"data":12}"#, by: profile).values == [.missing(.decode)])
        #expect(Self.decode("no JSON", by: profile).values == [.missing(.decode)])
    }

    @Test func `another kind of frame on the same topic is not read by this layout`() throws {
        let profile = try Self.profile(
            parts: "f: { path: data, as: hex, byte_order: big, when: { fPort: 2 }, begins: \"0B\" }",
            points: "p: { message: m, part: f, bytes: 2-3, type: uint16 }"
        )
        #expect(Self.decode(#"{"fPort":2,"data":"0b0102"}"#, by: profile).values == [.value(.unsigned(258))])
        #expect(Self.decode(#"{"fPort":5,"data":"0b0102"}"#, by: profile).values == [nil])
        #expect(Self.decode(#"{"fPort":2,"data":"0c0102"}"#, by: profile).values == [nil])
        #expect(Self.decode(#"{"data":"0b0102"}"#, by: profile).values == [nil])
    }

    @Test func `the payload itself may be the bytes`() throws {
        let profile = try Self.profile(
            parts: "f: { as: bytes, byte_order: little }",
            points: "p: { message: m, part: f, bytes: 2-3, type: uint16 }"
        )
        let decoder = PayloadDecoder(profile: profile) { _ in 0 }
        #expect(decoder.decode([0xFF, 0x01, 0xFF], message: 0).values == [.value(.unsigned(0xFF01))])
        #expect(decoder.decode([0xFF], message: 0).values == [.missing(.decode)])
    }

    // MARK: Channels

    private static let channels = """
        tlv:
          path: data
          as: hex
          byte_order: little
          channels:
            battery: { id: "01 75", bytes: 1 }
            distance: { id: "03 82", bytes: 2 }
            serial: { id: "FF 16", bytes: 8 }
            log: { id: "20 CE", bytes: counted }
        """

    private static func channeled() throws -> Profile {
        try profile(
            parts: channels,
            points: """
                battery: { message: m, part: tlv, channel: battery, type: uint8 }
                distance: { message: m, part: tlv, channel: distance, type: uint16 }
                """
        )
    }

    @Test func `channels are found in any order, and those that are not sent are absent`() throws {
        let profile = try Self.channeled()
        let both: [RawValue?] = [.value(.unsigned(100)), .value(.unsigned(30))]
        #expect(Self.decode(#"{"data":"01756403821e00"}"#, by: profile).values == both)
        #expect(Self.decode(#"{"data":"03821e00017564"}"#, by: profile).values == both)
        #expect(Self.decode(#"{"data":"03821e00"}"#, by: profile).values == [nil, .value(.unsigned(30))])
        #expect(Self.decode(#"{"data":"20ce03aabbcc20ce00017564"}"#, by: profile).values == [both[0], nil])
    }

    @Test(arguments: [
        ("0175640667", "channel 06 67 at byte 4 is not known"), ("0175640382ff", "ends within channel distance"),
        ("0175", "ends within channel battery"), ("20ce05aa", "ends within channel log"),
        ("01", "channel 01 at byte 1 is not known"),
    ]) func `a frame that cannot be walked to its end has no value`(shape: (hex: String, why: String)) throws {
        let decoded = Self.decode(#"{"data":"\#(shape.hex)"}"#, by: try Self.channeled())
        #expect(decoded.values == [.missing(.decode), .missing(.decode)])
        #expect(decoded.faults == [PartFault(part: "tlv", why: shape.why)])
    }

    @Test func `a channel that comes twice has no value, and the others have theirs`() throws {
        let decoded = Self.decode(#"{"data":"017564017563 0382 1e00"}"#, by: try Self.channeled())
        #expect(decoded.values == [.missing(.decode), .value(.unsigned(30))])
        #expect(decoded.whys == [0: "part tlv: the channel comes twice"])
    }

    // MARK: Times and arrays

    @Test(arguments: [
        ("part: list, item: 1, format: epoch_s", "1795000000;5"),
        ("part: list, item: 1, format: epoch_ms", "1795000000000;5"),
        ("part: list, item: 1, format: iso8601, zone: utc", "2026-11-18T11:06:40;5"),
    ]) func `a time stands in a part too`(shape: (time: String, payload: String)) throws {
        let profile = try Self.profile(
            parts: "list: { as: list, separator: \";\" }",
            points: "a: { message: m, part: list, item: 2 }",
            time: shape.time
        )
        let decoded = Self.decode(shape.payload, by: profile)
        #expect(decoded.sourceTime?.millisecondsSince1970 == 1_795_000_000_000)
    }

    @Test func `a time of four bytes is read in the part's order`() throws {
        let profile = try Self.profile(
            parts: "f: { path: d, as: hex, byte_order: little }",
            points: "a: { message: m, part: f, bytes: 5, type: uint8 }",
            time: "part: f, bytes: 1-4, type: uint32, format: epoch_s"
        )
        #expect(Self.decode(#"{"d":"c06bfd6a05"}"#, by: profile).sourceTime?.millisecondsSince1970 == 1_794_993_088_000)
    }

    @Test func `an element is found by the value of a member, and two of that value are none`() throws {
        let profile = try Written.profile(
            """
            profile: written
            name: Written
            measures: traffic
            source: a test
            mqtt: { messages: { m: { topic: t } } }
            points:
              cars: { message: m, path: "counters[name=car].count" }
              left: { message: m, path: "counters[\\"lane no\\"='2'].count" }
            """
        )
        let payload =
            #"{"counters":[{"name":"bus","count":1,"lane no":2},{"count":7,"name":"car"},"#
            + #"{"name":"car park","count":9}]}"#
        #expect(Self.decode(payload, by: profile).values == [.value(.integer(7)), .value(.integer(1))])
        let twice = #"{"counters":[{"name":"car","count":1},{"name":"car","count":2}]}"#
        #expect(Self.decode(twice, by: profile).values == [nil, nil])
    }
}
