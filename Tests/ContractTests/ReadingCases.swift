import Domain

/// When the readings and events of the cases arrived, by a clock that the kernel confirms.
let arrived = Stamp(
    time: moment("2026-11-21T09:18:09.944Z"),
    clock: .synchronised,
    boot: "b00t",
    uptime: Uptime(nanoseconds: 100_000_000_000)
)

/// As above, before the clock was synchronised.
let arrivedWithoutClock = Stamp(
    time: moment("1970-01-01T00:01:40.000Z"),
    clock: .unsynchronised,
    boot: "b00t",
    uptime: Uptime(nanoseconds: 100_000_000_000)
)

extension DecimalNumber {
    /// A wrong text is a programmer's mistake in a case.
    static func of(_ text: String) -> DecimalNumber {
        guard let number = DecimalNumber(text) else { preconditionFailure(text) }
        return number
    }
}

extension Unit {
    static func of(_ code: String) -> Unit {
        guard let unit = Unit(code) else { preconditionFailure(code) }
        return unit
    }
}

/// Readings, live and late.
enum ReadingCases {
    static let all = ordinary + values + reasons + counters + clocks

    private static let shape = ReadingShape(
        site: "sumber-soyo",
        device: "flow-soyo",
        points: [
            PointFace(name: "discharge", unit: .of("L/s")), PointFace(name: "volume", unit: .of("m3")),
            PointFace(name: "signal", unit: .of("%")),
        ]
    )

    /// A reading with a sample of each of the points, which have no units.
    private static func reading(_ points: [(name: String, sample: Sample?)], stamp: Stamp = arrived) -> Reading {
        let faces = points.map { PointFace(name: $0.name, unit: nil) }
        return Reading(
            shape: ReadingShape(site: "sumber-soyo", device: "flow-soyo", points: faces),
            stamp: stamp,
            samples: points.map(\.sample)
        )
    }

    private static func flow(
        stamp: Stamp = arrived,
        discharge: Sample? = Sample(value: .decimal(.of("12.53")))
    )
        -> Reading
    {
        let volume = Sample(
            value: .decimal(.of("184223.75")),
            increase: .decimal(.of("0.0625")),
            since: moment("2026-11-21T09:18:04.944Z")
        )
        return Reading(shape: shape, stamp: stamp, samples: [discharge, volume, .bad(.timeout)])
    }

    private static func afterHeld(
        discharge: Sample? = Sample(value: .decimal(.of("12.53"))),
        stamp: Stamp = arrived
    ) -> Reading {
        var reading = flow(stamp: stamp, discharge: discharge)
        reading.missed = 2
        reading.held = 29
        reading.heldUntil = stamp.time + .seconds(-10)
        return reading
    }

    private static let ordinary = [
        GoldenCase("reading/live") { Payload.of(flow()) },
        GoldenCase("backfill/late") { Payload.of(flow(), isLate: true) },
        GoldenCase("reading/without-points") { Payload.of(reading([])) },
        GoldenCase("reading/only-some-points") { Payload.of(flow(discharge: nil)) },
        GoldenCase("reading/no-point-of-the-shape") { Payload.of(reading([("a", nil), ("b", nil)])) },
        GoldenCase("reading/with-all-members") { Payload.of(full()) },
        GoldenCase("backfill/with-all-members") { Payload.of(full(), isLate: true) },
        GoldenCase("backfill/only-some-points") { Payload.of(flow(discharge: nil), isLate: true) },
        GoldenCase("reading/of-an-earlier-name-of-the-gateway") {
            Payload.of(flow(), Identity(gateway: "kdr-old", epoch: "1-00000000", seq: 1))
        },
        GoldenCase("reading/after-held-ones") { Payload.of(afterHeld()) },
        GoldenCase("backfill/after-held-ones-only-some-points") {
            Payload.of(afterHeld(discharge: nil, stamp: arrivedWithoutClock), isLate: true)
        },
        GoldenCase("reading/greatest-numbers") {
            var reading = full()
            (reading.missed, reading.thinned) = (.max, .max)
            reading.spread = .milliseconds(Int64.max / 1_000_000)
            return Payload.of(reading, Identity(seq: .max))
        },
        GoldenCase("reading/names-that-need-escapes") {
            let face = PointFace(
                name: "a \"quoted\" \\name\u{1}\n",
                unit: .of("{vehicles}"),
                fields: [.init(name: "bit \"é\"", low: 0, high: 0)]
            )
            let shape = ReadingShape(site: "pond \"é\"", device: "gate\\1\t", points: [face])
            return Payload.of(Reading(shape: shape, stamp: arrived, samples: [Sample(value: .unsigned(1))]))
        },
        GoldenCase("reading/names-that-need-escapes-in-parts") {
            let faces = [PointFace(name: "a\"\\\u{7}", unit: .of("[pH]")), PointFace(name: "b", unit: nil)]
            let shape = ReadingShape(site: "pond", device: "gate", points: faces)
            return Payload.of(Reading(shape: shape, stamp: arrived, samples: [Sample(value: .bool(true)), nil]))
        },
    ]

    /// A reading with every member that is possible besides its points.
    private static func full() -> Reading {
        var reading = flow()
        reading.missed = 2
        reading.thinned = 7
        reading.spread = .milliseconds(1_250)
        reading.sourceTime = moment("2026-11-21T09:18:03.500Z")
        return reading
    }

    private static let values: [GoldenCase] = [
        GoldenCase("reading/values-of-every-kind") {
            let values: [(String, Value?)] = [
                ("false", .bool(false)), ("true", .bool(true)), ("integer", .integer(-7)),
                ("integer_least", .integer(.min)), ("integer_greatest", .integer(.max)), ("unsigned", .unsigned(7)),
                ("unsigned_greatest", .unsigned(.max)), ("float32", .float32(0.1)), ("float32_whole", .float32(3)),
                ("float32_least", .float32(.leastNonzeroMagnitude)),
                ("float32_greatest", .float32(.greatestFiniteMagnitude)), ("float32_negative_zero", .float32(-0.0)),
                ("float64", .float64(0.1)), ("float64_whole", .float64(1e16)), ("float64_small", .float64(1.5e-7)),
                ("float64_least", .float64(.leastNonzeroMagnitude)),
                ("float64_greatest", .float64(-.greatestFiniteMagnitude)), ("decimal", .decimal(.of("-12.50"))),
                ("decimal_zero", .decimal(.of("0"))), ("decimal_whole", .decimal(.of("120"))),
                ("decimal_small", .decimal(.of("0.000000001"))), ("decimal_large", .decimal(.of("12e20"))),
                ("decimal_of_19_digits", .decimal(.of("1234567890.123456789"))), ("text_empty", .string("")),
                ("text", .string("L-OK é 水")),
                ("text_with_escapes", .string("a\"b\\c/d\n\r\t\u{0}\u{1f}\u{7f}\u{2028}")),
            ]
            let samples = values.map { ($0.0, Sample(value: $0.1) as Sample?) }
            return Payload.of(reading(samples + [("null", .bad(.decode))]))
        },
        GoldenCase("reading/status-words") {
            let fields: [PointFace.Field] = [
                .init(name: "stable", low: 0, high: 0), .init(name: "mode", low: 4, high: 7),
                .init(name: "all", low: 0, high: 63),
            ]
            let words: [Value?] = [
                .unsigned(0xA1), .integer(-1), .bool(true), .unsigned(.max), .float32(1), .string("no word"), nil,
            ]
            let faces = words.indices.map { PointFace(name: "status_\($0)", unit: nil, fields: fields) }
            let samples = words.map { $0.map { Sample(value: $0) } ?? .bad(.crc) }
            return Payload.of(
                Reading(
                    shape: ReadingShape(site: "bsu-tosaren", device: "scale", points: faces),
                    stamp: arrived,
                    samples: samples
                )
            )
        },
        GoldenCase("reading/named-values") {
            let run = Label(en: "run", id: "jalan")
            let words = PointWords(label: Label(en: "pump", id: "pompa"), show: nil, names: [1: run])
            let fields: [PointFace.Field] = [
                .init(name: "stable", low: 0, high: 0), .init(name: "step", low: 4, high: 7, names: [2: run]),
            ]
            let faces = [
                PointFace(name: "pump", unit: nil, words: words), PointFace(name: "other", unit: nil, words: words),
                PointFace(name: "door", unit: nil, words: words), PointFace(name: "lost", unit: nil, words: words),
                PointFace(name: "status", unit: nil, fields: fields),
                PointFace(name: "idle", unit: nil, fields: fields),
            ]
            let samples: [Sample?] = [
                Sample(value: .unsigned(1), reason: .unstable), Sample(value: .unsigned(7)), Sample(value: .bool(true)),
                .bad(.crc), Sample(value: .unsigned(0x21)), Sample(value: .unsigned(0x10)),
            ]
            let shape = ReadingShape(site: "pond", device: "pump", points: faces)
            return Payload.of(Reading(shape: shape, stamp: arrived, samples: samples))
        },
        GoldenCase("reading/status-word-in-parts") {
            let word = PointFace(name: "status", unit: nil, fields: [.init(name: "step", low: 8, high: 15)])
            let shape = ReadingShape(
                site: "bsu-tosaren",
                device: "scale",
                points: [PointFace(name: "weight", unit: .of("kg")), word]
            )
            let samples = [nil, Sample(value: .unsigned(0x5200), reason: .unstable)]
            return Payload.of(Reading(shape: shape, stamp: arrived, samples: samples))
        },
    ]

    private static let everyReason: [Reason] =
        [.timeout, .noConnection, .port, .crc, .badFrame, .foreignReply, .distrusted] + (1...11).map { .exception($0) }
        + [
            .borrowed, .notSeen, .offline, .retained, .decode, .notANumber, .tooLong, .invalid, .outOfRange, .condition,
            .unstable, .tiny, .lowHead, .counterReset, .counterGap, .deviceClock,
        ]

    private static let reasons = [
        GoldenCase("reading/every-reason-without-a-value") {
            Payload.of(reading(everyReason.map { ($0.word, Sample(value: nil, reason: $0)) }))
        },
        GoldenCase("reading/every-reason-with-a-value") {
            // Nothing of a text that is too long is published.
            let reasons = everyReason.filter { $0 != .tooLong }
            return Payload.of(reading(reasons.map { ($0.word, Sample(value: .decimal(.of("1.5")), reason: $0)) }))
        },
        GoldenCase("reading/every-reason-in-parts") {
            let points = everyReason.map { ($0.word, Sample(value: nil, reason: $0) as Sample?) }
            return Payload.of(reading(points + [("not_there", nil)]))
        },
    ]

    private static let counters = [
        GoldenCase("reading/counters") {
            let since = moment("2026-11-21T09:18:04.944Z")
            let total = Value.unsigned(4_294_967_295)
            return Payload.of(
                reading([
                    ("first", Sample(value: total)),
                    ("counted", Sample(value: total, increase: .unsigned(12), since: since)),
                    ("stood_still", Sample(value: total, increase: .unsigned(0), since: since)),
                    ("counted_float", Sample(value: .float64(1.5), increase: .float64(0.25), since: since)),
                    ("reset", Sample(value: .unsigned(3), reason: .counterReset, increase: .unsigned(3), since: since)),
                    ("reset_unknown", Sample(value: .unsigned(3), reason: .counterReset)),
                    ("gap", Sample(value: total, reason: .counterGap, increase: .unsigned(99), since: since)),
                    ("gap_unknown", Sample(value: total, reason: .counterGap)),
                    ("device_clock", Sample(value: total, reason: .deviceClock)),
                    ("retained", Sample(value: total, reason: .retained)), ("bad", .bad(.crc)),
                ])
            )
        }
    ]

    private static let clocks = [
        GoldenCase("reading/without-a-clock") { Payload.of(flow(stamp: arrivedWithoutClock)) },
        GoldenCase("backfill/without-a-clock") { Payload.of(flow(stamp: arrivedWithoutClock), isLate: true) },
        GoldenCase("backfill/whose-clock-came") {
            Payload.of(flow(stamp: arrivedWithoutClock), isLate: true, clock: .synchronised)
        },
        GoldenCase("backfill/of-another-boot-without-a-clock") {
            var stamp = arrivedWithoutClock
            stamp.boot = "0ther"
            return Payload.of(flow(stamp: stamp), isLate: true, clock: .synchronised)
        },
        GoldenCase("reading/with-its-arrival-beyond-the-calendar") {
            var stamp = arrived
            stamp.time = Instant(millisecondsSince1970: .max)
            return Payload.of(flow(stamp: stamp))
        },
    ]
}
