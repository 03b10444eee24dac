import Decoding
import Documents
import Domain
import Normalizing
import Profiles
import Testing

/// Every attribute on every kind of point changes what is published, or the profile is refused.
@Suite struct `A kind of point` {
    struct Kind: Sendable, CustomTestStringConvertible {
        var name: String
        /// The keys that make the point.
        var keys: String
        var raw: [RawValue?]
        var mqtt = false
        /// Further lines of points.
        var others = ""

        var testDescription: String { name }
    }

    private static let registers =
        "  d: { holding: 90, type: uint16, private: true }\n  z: { holding: 91, type: uint16, private: true }\n"
    private static let messages =
        "  d: { message: m, path: d, private: true }\n  z: { message: m, path: z, private: true }\n"
    private static let beside: [RawValue?] = [.whole(2), .whole(0)]

    private static let numbers: [(type: String, raw: RawValue)] = [
        ("uint16", .whole(7)), ("int32", .value(.integer(7))), ("uint64", .whole(7)), ("bcd16", .whole(7)),
        ("float32", .value(.float32(7))), ("float64", .value(.float64(7))), ("bits", .whole(7)),
    ]

    static let kinds: [Kind] =
        numbers.map { Kind(name: $0.type, keys: "holding: 0, type: \($0.type)", raw: [$0.raw] + beside) } + [
            Kind(
                name: "string",
                keys: "holding: 0, type: string, registers: 2",
                raw: [.value(.string("7"))] + beside
            ),
            Kind(name: "coil", keys: "coil: 0", raw: [.value(.bool(true))] + beside),
            Kind(name: "discrete", keys: "discrete: 0", raw: [.value(.bool(true))] + beside),
            Kind(name: "message", keys: "message: m, path: a", raw: [.value(.integer(7))] + beside, mqtt: true),
            Kind(
                name: "message bool",
                keys: "message: m, path: a, type: bool",
                raw: [.value(.bool(true))] + beside,
                mqtt: true
            ),
            Kind(
                name: "message string",
                keys: "message: m, path: a, type: string",
                raw: [.value(.string("7"))] + beside,
                mqtt: true
            ),
            Kind(
                name: "field",
                keys: "field: w.f",
                raw: [nil] + beside + [.whole(7)],
                others: "  w: { holding: 1, bits: { f: 0-7 }, private: true }\n"
            ),
            Kind(
                name: "weir",
                keys: "weir: { level: h, angle: 90, coefficient: 1.365, zero: 0 }",
                raw: [nil] + beside + [.value(.float32(0.2))],
                others: "  h: { holding: 1, type: float32, private: true }\n"
            ),
        ]

    static let attributes = [
        "scale: 3", "offset: 1", "decimals: 1", "decimals_from: d", "exponent_from: d", "times: d", "divided_by: d",
        "plus: d", "least: 100", "range: [1000, 2000]", "negative_when: d", "good_when: { d: 1 }", "stable: z",
        "stable: 3", "unit: m3/h, publish: L/s", "private: true", "counter: { bits: 16, max_rate: 5 }",
        "counter: { wraps_at: 9990, max_rate: 5 }", "invalid: [7]", "bits: { x: 0 }", "tiny: zero", "chars: low",
        "every: 1h", "max_length: 1", "text: { unit: kg }",
    ]

    @Test(arguments: kinds, attributes) func `obeys an attribute or is refused`(kind: Kind, attribute: String) throws {
        let plain = try #require(Self.profile(kind, "").profile).points[0]
        let (profile, isRefused) = Self.profile(kind, ", " + attribute)
        if isRefused { return }
        let points = try #require(profile).points
        switch attribute.prefix(while: { $0 != ":" }) {
        case "invalid": #expect(points[0].invalid != plain.invalid || !points[0].invalidNumbers.isEmpty)
        case "bits": #expect(points[0].fields.count == 1)
        case "tiny": #expect(points[0].tiny == .zero)
        case "chars": #expect(points[0].chars == .low)
        case "every": #expect(points[0].every == .seconds(3_600))
        case "max_length": #expect(points[0].maxLength == 1)
        case "text": #expect(points[0].text != nil)
        case "counter":
            var normalizer = Normalizer(points: points)
            _ = normalizer.normalize(kind.raw, stamp: stamp(0))
            #expect(normalizer.normalize(kind.raw, stamp: stamp(10))[0]?.increase != nil)
        default:
            var normalizer = Normalizer(points: points)
            let before = try #require(Self.profile(kind, "").profile)
            var unchanged = Normalizer(points: before.points)
            let obeyed = normalizer.normalize(kind.raw, stamp: stamp(0)).first ?? nil
            let ignored = unchanged.normalize(kind.raw, stamp: stamp(0)).first ?? nil
            #expect(obeyed?.words != ignored?.words)
            // A number that takes part stays a number: refused or obeyed, never without a word.
            if obeyed?.reason == .decode { Issue.record("\(kind.name) cannot obey \(attribute), and check accepts it") }
        }
    }

    private static func profile(_ kind: Kind, _ attribute: String) -> (profile: Profile?, isRefused: Bool) {
        let access =
            kind.mqtt ? "mqtt: { messages: { m: { topic: t } } }" : "modbus: { numbering: from_0, word_order: ABCD }"
        let text =
            "profile: written\nname: Written\nmeasures: water\nsource: a test\n\(access)\npoints:\n  p: { \(kind.keys)"
            + "\(attribute) }\n" + (kind.mqtt ? messages : registers) + kind.others
        let log = ProblemLog()
        guard let map = Document.mapping(of: text, file: "written.yaml", log: log) else { return (nil, true) }
        let profile = ProfileReader.read(map, expectedID: nil, hash: "")
        return (profile, !log.problems.isEmpty || !log.slips.isEmpty)
    }
}
