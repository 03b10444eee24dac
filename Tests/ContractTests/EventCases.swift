import Domain
import Journal
import TestSupport

/// Events, by devices and by the gateway.
enum EventCases {
    static let all = byDevices + incidents + recomputed

    // MARK: By devices

    private static let byDevices = [
        GoldenCase("device-event/passage") { Payload.of(passage()) },
        GoldenCase("device-event/passage-late") { Payload.of(passage(), isLate: true) },
        GoldenCase("device-event/passage-without-a-clock") {
            var event = passage()
            event.stamp = arrivedWithoutClock
            return Payload.of(event)
        },
        GoldenCase("device-event/too-long") {
            var event = passage()
            event.data = [("event_id", .string("1607123955.475377-mxklsc")), ("class", .null), ("zones", .null)]
            event.tooLong = ["class", "zones"]
            return Payload.of(event)
        },
        GoldenCase("device-event/only-its-id") {
            var event = passage()
            event.sourceTime = nil
            event.data = [("event_id", .string("1"))]
            return Payload.of(event)
        },
        GoldenCase("device-event/data-of-every-kind") {
            var event = passage()
            event.data = [
                ("event_id", .string("a\"b\\c\u{1}")), ("null", .null), ("true", .bool(true)),
                ("integer", .integer(-7)), ("unsigned", .number(.unsigned(.max))), ("float", .number(.float64(0.1))),
                ("decimal", .number(.decimal(.of("12.50")))), ("array", .array([.integer(1), .string("b"), .null])),
                ("empty_array", .array([])), ("empty_object", .object([])),
                ("object", .object([.init("a \"key\"", .array([.object([.init("b", .bool(false))])]))])),
            ]
            return Payload.of(event)
        },
        GoldenCase("device-event/weighing") { Payload.of(try weighing(sourceTime: nil)) },
        GoldenCase("device-event/weighing-by-the-devices-clock") {
            Payload.of(try weighing(sourceTime: moment("2026-11-21T09:18:02.000Z")))
        },
    ]

    private static func passage() -> Event {
        Event(
            "passage",
            severity: .info,
            stamp: arrived,
            site: "bsu-tosaren",
            device: "cam",
            sourceTime: moment("2020-12-04T23:19:22.500Z"),
            byDevice: true,
            data: [
                ("event_id", .string("1607123955.475377-mxklsc")), ("class", .string("car")),
                ("camera", .string("simpang_4")), ("zones", .array([.string("utara")])),
            ]
        )
    }

    /// The event that the indicators find in the readings of a scale that was loaded and cleared.
    private static func weighing(sourceTime: Instant?) throws -> Event {
        var counting = Counting(try FigureCases.field())
        for (index, weight) in ["0", "12.5", "12.5", "0"].enumerated() {
            let time = sourceTime.map { $0 + .seconds(Int64(index)) }
            let stamp = Stamp(
                time: arrived.time + .seconds(Int64(index)),
                clock: .synchronised,
                boot: "b00t",
                uptime: arrived.uptime + .seconds(Int64(index))
            )
            counting.take(FigureCases.reading(of: "scale", stamp, sourceTime: time, ["net": .decimal(.of(weight))]))
        }
        guard let event = counting.weighings.first else { throw Missing(words: "a weighing") }
        return event
    }

    // MARK: By the gateway

    private static func told(_ incident: JournalIncident) -> @Sendable () -> [UInt8] {
        { Payload.of(Event.of(incident, arrived)) }
    }

    private static let incidents = [
        GoldenCase(
            "gateway-event/gap-limit",
            told(.loss(.of(.limit, first: 12, last: 40, count: 20, of: ("sumber-soyo", "flow-soyo"))))
        ),
        GoldenCase("gateway-event/gap-limit-of-many", told(.loss(.of(.limit, first: 12, last: 4_000, count: 20)))),
        GoldenCase(
            "gateway-event/gap-of-a-device-without-a-site",
            told(.loss(.of(.limit, first: 12, last: 12, count: 1, of: (nil, "flow-soyo"))))
        ),
        GoldenCase(
            "gateway-event/gap-storage-stalled",
            told(.loss(.of(.stalled, first: 1, last: 9, count: 9, of: ("pond", "gate"))))
        ),
        GoldenCase("gateway-event/gap-damaged", told(.loss(.of(.damaged, first: 7, last: 7, count: 1)))),
        GoldenCase(
            "gateway-event/gap-not-kept",
            told(.loss(.of(.notKept, first: 97, last: 106, count: 10, to: ["city"])))
        ),
        GoldenCase(
            "gateway-event/gap-destination-removed",
            told(
                .destinationRemoved(
                    id: "city",
                    owed: 12,
                    ranges: [
                        OwedRange(epoch: "6-00c0ffee", first: 40, last: 49, count: 9),
                        OwedRange(epoch: "7-3f2a9c1d", first: 1, last: 3, count: 3),
                    ]
                )
            )
        ),
        GoldenCase(
            "gateway-event/storage-corrupt-file-set-aside",
            told(
                .corruptFileSetAside(
                    file: "/var/lib/gateway/journal.sqlite.damaged-1",
                    message: "malformed \"page\" 7\\\n"
                )
            )
        ),
        GoldenCase("gateway-event/storage-slow-commit", told(.slowCommit(.milliseconds(2_345)))),
        GoldenCase(
            "gateway-event/storage-stalled-full",
            told(.stalled(.diskFull(file: "/var/lib/gateway/journal.sqlite")))
        ),
        GoldenCase(
            "gateway-event/storage-stalled-busy",
            told(.stalled(.busy(file: "/var/lib/gateway/journal.sqlite")))
        ),
        GoldenCase("gateway-event/storage-resumed", told(.resumed)),
        GoldenCase("gateway-event/storage-resumed-late") { Payload.of(Event.of(.resumed, arrived), isLate: true) },
        GoldenCase("gateway-event/storage-resumed-without-a-clock") {
            Payload.of(Event.of(.resumed, arrivedWithoutClock))
        },
    ]

    private static let recomputed = [
        GoldenCase("gateway-event/recomputed") {
            let day = "2026-11-01T00:00:00+07:00"
            return Payload.of(
                try Event.recomputed(
                    from: "2026-11-01",
                    to: "2026-11-02",
                    changes: [
                        ("water-volume", "site-sumber-soyo", day, "12.5", "13"),
                        ("traffic-level", "site-simpang", day, "C", nil),
                        ("water-volume", "gateway", day, nil, "13"),
                    ],
                    refused: 2,
                    arrived
                )
            )
        },
        GoldenCase("gateway-event/recomputed-without-a-device") {
            Payload.of(
                try Event.recomputed(
                    from: "2026-11-01",
                    to: "2026-11-01",
                    without: "flow-soyo",
                    changes: [],
                    refused: 0,
                    arrived
                )
            )
        },
        GoldenCase("gateway-event/recomputed-with-a-device") {
            Payload.of(
                try Event.recomputed(
                    from: "2026-11-01",
                    to: "2026-11-01",
                    with: "flow-soyo",
                    changes: [],
                    refused: 0,
                    arrived
                )
            )
        },
        GoldenCase("gateway-event/recomputed-more-than-it-names") {
            let changes = (1...52).map {
                (
                    indicator: "water-volume", scope: "device-\($0)", from: "2026-11-01T00:00:00+07:00",
                    old: nil as String?, new: "\($0)" as String?
                )
            }
            return Payload.of(
                try Event.recomputed(from: "2026-11-01", to: "2026-11-01", changes: changes, refused: 0, arrived)
            )
        },
    ]
}
