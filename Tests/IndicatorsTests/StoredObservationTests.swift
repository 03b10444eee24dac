import Contract
import Domain
import Testing

@testable import Indicators
@testable import Journal

/// The parts of an appended entry.
struct Appended: Sendable, CustomTestStringConvertible {
    enum What: Sendable {
        case reading(Reading)
        case event(Event)
    }

    var testDescription: String
    var what: What
}

@Suite struct `An entry read back` {
    private static let stamp = EngineBench.stamp(at("21 10:00"))

    private static let shape = ReadingShape(
        site: "sumber-soyo",
        device: "flow-soyo",
        points: [
            PointFace(name: "discharge", unit: Unit("L/s")), PointFace(name: "volume", unit: Unit("m3")),
            PointFace(name: "status", unit: nil, fields: [.init(name: "ok", low: 0, high: 0)]),
        ]
    )

    private static func reading(_ name: String, _ samples: Sample?..., source: Instant? = nil) -> Appended {
        Appended(
            testDescription: name,
            what: .reading(Reading(shape: shape, stamp: stamp, samples: samples, missed: 2, sourceTime: source))
        )
    }

    private static func value(_ value: Value) -> Appended {
        reading("\(value)", Sample(value: value), nil, nil)
    }

    static let readings =
        [
            reading(
                "all good",
                Sample(value: .float32(12.53)),
                Sample(value: .unsigned(184_223)),
                Sample(value: .unsigned(5))
            ),
            reading("nothing carried", nil, nil, nil),
            reading("bad", .bad(.timeout), .bad(.crc), .bad(.notANumber)),
            reading("bad that was measured", Sample(value: .float64(-1e9), reason: .outOfRange), nil, nil),
            reading(
                "a counter",
                nil,
                Sample(
                    value: .decimal(DecimalNumber(negative: false, magnitude: 18_422_375, exponent: -2)),
                    increase: .decimal(DecimalNumber(negative: false, magnitude: 625, exponent: -4)),
                    since: at("21 09:59:59")
                ),
                nil
            ),
            reading(
                "a counter that was reset",
                nil,
                Sample(value: .integer(5), reason: .counterReset, increase: .integer(5), since: at("21 09:59")),
                nil,
                source: moment("2026-11-21T02:59:58.123Z")
            ),
            reading("a text", Sample(value: .string("R")), Sample(value: .string("12.5")), nil),
        ]
        + [
            .bool(true), .bool(false), .integer(.min), .integer(.max), .unsigned(.max), .float32(0.1),
            .float32(36.625408),
            .float32(16_777_216), .float32(.leastNonzeroMagnitude),
            .float32(.greatestFiniteMagnitude), .float64(0.1), .float64(123_456_789.123_456_79), .float64(1e22),
            .float64(.leastNonzeroMagnitude), .float64(1.7976931348623157e308), .float64(-2.5e-9), .float64(1e26),
            .decimal(DecimalNumber(negative: true, magnitude: .max, exponent: -19)),
            .decimal(DecimalNumber(negative: false, magnitude: 31, exponent: 25)),
            .decimal(DecimalNumber(negative: false, magnitude: 15, exponent: -10)),
        ].map(value)

    private static func event(
        _ name: String,
        source: Instant? = nil,
        _ data: (key: String, value: DataValue)...
    ) -> Appended {
        Appended(
            testDescription: name + (data.isEmpty ? "" : ", " + data.map(\.key).joined(separator: ", ")),
            what: .event(
                Event(
                    EventName(rawValue: name),
                    severity: .info,
                    stamp: stamp,
                    site: "bank",
                    device: "scale-1",
                    sourceTime: source,
                    byDevice: true,
                    data: data
                )
            )
        )
    }

    static let events = [
        event("stop"),
        event(
            "weighing",
            ("event_id", .string("kdr-1.7-3f2a9c1d.12")),
            ("net", .number(.decimal(DecimalNumber(negative: false, magnitude: 1_205, exponent: -2)))),
            ("unit", .string("kg")),
            ("labels", .object([.init("category", .string("plastik")), .init("é\"", .string("\\"))]))
        ),
        event(
            "passage",
            source: at("21 09:58:59"),
            ("event_id", .string("1607123955.475377-mxklsc")),
            ("class", .string("car")),
            ("zones", .array([.string("utara"), .string("selatan")])),
            ("score", .number(.float64(0.958984375))),
            ("count", .number(.unsigned(.max))),
            ("none", .null)
        ),
        event(
            "clock",
            ("clock", .string("synchronised")),
            ("boot", .string("b")),
            ("boot_time_ms", .integer(1_795_000_000_000))
        ),
        event("truths", ("clean", .bool(true)), ("dirty", .bool(false))),
        event("values", ("text", .number(.string("12"))), ("truth", .number(.bool(true)))),
        event("deep", ("a", .object([.init("b", .object([.init("c", .integer(-3)), .init("d", .bool(true))]))]))),
    ]

    @Test(arguments: readings + events) func `is what was observed when it was appended`(appended: Appended) throws {
        var entry = JournalEntry(
            row: 9,
            gateway: "kdr-test-01",
            epoch: "7-3f2a9c1d",
            seq: 12,
            kind: .reading,
            site: "sumber-soyo",
            device: "flow-soyo",
            stamp: Self.stamp,
            content: []
        )
        let live: Observation
        switch appended.what {
        case .reading(let reading):
            (entry.content, entry.form) = EntryBody.encode(reading, ReadingForms())
            live = Observation(entry, reading, wanted: Set(reading.shape.points.map(\.name)))
        case .event(let event):
            entry.kind = .deviceEvent
            entry.content = EntryBody.encode(event)
            live = Observation(entry, event)
        }
        #expect(try #require(Observation(reading: entry)) == live)
    }

    @Test func `leaves out what nobody wants`() {
        guard case .reading(let reading) = Self.readings[0].what else { return }
        let entry = JournalEntry(
            row: 1,
            gateway: "g",
            epoch: "1-a",
            seq: 1,
            kind: .reading,
            site: nil,
            device: "flow-soyo",
            stamp: Self.stamp,
            content: []
        )
        let observation = Observation(entry, reading, wanted: ["volume"])
        #expect(observation.content == .reading([.good("volume", "184223")]))
    }

    @Test(arguments: ["", "\"points\":5", "\"nothing\":{}", "\"points\":{"])
    func `is nothing when this program did not write it`(
        body: String
    ) {
        let entry = JournalEntry(
            row: 1,
            gateway: "g",
            epoch: "1-a",
            seq: 1,
            kind: .reading,
            site: nil,
            device: "d",
            stamp: Self.stamp,
            content: Array(body.utf8)
        )
        #expect(Observation(reading: entry) == nil)
    }
}
