import Contract
import Domain

/// The retained messages of gateways and devices: status, will and meta.
enum StateCases {
    static let all = statuses + metas

    private static let oldest = moment("2026-11-22T01:38:29.499Z")

    private static let statuses = [
        GoldenCase("status/will") { Payload.will },
        GoldenCase("status/online") {
            Payload.status(
                devices: (total: 4, answering: 2, verified: 1),
                destinations: [("city", true, 1, oldest), ("archive", false, 0, nil)]
            )
        },
        GoldenCase("status/with-what-is-owed") {
            Payload.status(
                devices: (total: 4, answering: 2, verified: 1),
                destinations: [("city", true, 5_000, oldest)],
                owed: .init(
                    epochs: [
                        .init(name: "6-00c0ffee", ranges: [83...83]),
                        .init(name: "7-3f2a9c1d", ranges: [1...9, 1_229_570...1_234_567]),
                    ],
                    hasOlder: true
                ),
                askedAgain: 12
            )
        },
        GoldenCase("status/of-an-earlier-version") {
            Payload.status(
                devices: (total: 4, answering: 2, verified: 1),
                destinations: [("city", true, 1, oldest)],
                lastSeq: nil
            )
        },
        GoldenCase("request/for-entries-again") {
            guard let request = ResendRequest(epoch: "7-3f2a9c1d", ranges: [97...106, 112...112]) else {
                throw Missing(words: "a request")
            }
            return request.payload
        },
        GoldenCase("status/with-traffic") {
            var (today, month) = (Traffic(), Traffic())
            (today.sent, today.received) = (3_000_000, 123_456)
            (month.readings, month.events, month.indicators, month.rest) = (30_000_000, 12_000, 8_000_000, 700_000)
            (month.sent, month.received) = (45_000_000, 2_000_000)
            return Payload.status(
                devices: (total: 4, answering: 2, verified: 1),
                destinations: [("city", true, 0, nil)],
                traffic: .init(
                    today: today,
                    month: month,
                    budget: TrafficBudget(bytes: 300_000_000, per: .month)
                )
            )
        },
        GoldenCase("status/with-the-box") {
            Payload.status(
                devices: (total: 4, answering: 2, verified: 1),
                destinations: [("city", true, 0, nil)],
                field: .init(
                    missed: 7,
                    buses: [.init(id: "line", load: 0.123_4, errors: 3), .init(id: "field", load: nil, errors: 0)]
                ),
                box: .init(free: 12_345_678_901, celsius: 48.249, uptime: 86_400.9)
            )
        },
        GoldenCase("status/with-a-box-that-measures-little") {
            Payload.status(
                devices: (total: 0, answering: 0, verified: 0),
                destinations: [],
                field: .init(missed: 0, buses: []),
                box: .init(free: nil, celsius: -12, uptime: nil)
            )
        },
        GoldenCase("status/stopping") {
            Payload.status(
                "stopping",
                devices: (total: 4, answering: 2, verified: 1),
                destinations: [("city", true, 0, nil)]
            )
        },
        GoldenCase("status/offline-in-order") {
            Payload.status(
                "offline",
                devices: (total: 4, answering: 2, verified: 1),
                destinations: [("city", true, 1, oldest)]
            )
        },
        GoldenCase("status/without-a-clock") {
            Payload.status(
                clock: .unsynchronised,
                devices: (total: 1, answering: 0, verified: 0),
                destinations: [("city", false, 12_345_678, Instant(millisecondsSince1970: 0))]
            )
        },
        GoldenCase("status/without-devices-and-destinations") {
            Payload.status(
                devices: (total: 0, answering: 0, verified: 0),
                destinations: [],
                bytes: 0,
                limit: 1_000_000_000_000
            )
        },
    ]

    private static func meta(_ name: String, profile: String, site: String, device: String) -> GoldenCase {
        GoldenCase("meta/" + name) {
            let text = """
                gateway: kdr-soyo-01
                sites: { \(site) }
                buses: { net: { tcp: 192.168.1.5 } }
                destinations: { city: { mqtt: mqtt://127.0.0.1 } }
                storage: { path: /var/lib/gateway, limit: 64MB }
                devices: { flow-soyo: { profile: flow, bus: net, unit: 1, site: sumber-soyo, \(device) } }
                """
            return try Payload.meta(Written(text, profiles: ["flow": profile]).configuration)
        }
    }

    private static let metas = [
        meta(
            "with-everything",
            profile: """
                profile: flow
                name: A "quoted" \\ meter é
                measures: water
                source: the tests
                modbus: { numbering: from_0, word_order: ABCD }
                points:
                  velocity: { holding: 0, type: float32, unit: m/s, range: [-32, 32] }
                  discharge: { holding: 2, type: float32, unit: m3/h, publish: L/s, range: [-2000, 2000.5] }
                  temperature: { holding: 4, type: int16, scale: 0.1, unit: Cel, publish: K, range: [0, 60] }
                  volume:
                    { holding: 6, type: uint32, unit: m3, counter: { bits: 32, max_rate: 1 }, range: [0, 1000000] }
                  errors: { holding: 8, type: bits, bits: { cell: 0, step: 4-7 } }
                  text: { holding: 9, type: string, registers: 2 }
                  hidden: { holding: 12, type: uint16, private: true }
                """,
            site: """
                sumber-soyo: { name: "Sumber \\"Soyo\\" é", kelurahan: Bawang, kecamatan: Pesantren, latitude: -7.850, \
                longitude: 112.06 }
                """,
            device: """
                interval: 2s, owner: DLHKP "Kota", serial: "20117431", labels: { category: plastik, "a.b": "c\\"d" }, \
                verified: { by: Diskominfo, on: 2026-10-03 }
                """
        ),
        meta(
            "with-words",
            profile: """
                profile: flow
                name: Flow
                measures: energy
                source: the tests
                variants: { phases: { values: [1, 3], default: 1 }, model: { values: [a, b] } }
                modbus: { numbering: from_0, word_order: ABCD }
                points:
                  discharge:
                    { holding: 0, type: uint16, unit: L/s, show: m3/h, label: { id: debit, en: discharge } }
                  pump: { holding: 1, type: uint16, names: { 10: run, 0: { id: diam, en: idle }, -1: "?" } }
                """,
            site: "sumber-soyo: {}",
            device: "interval: 10s, set: { model: b }"
        ),
        meta(
            "by-exception",
            profile: """
                profile: flow
                name: Flow
                measures: water
                source: the tests
                modbus: { numbering: from_0, word_order: ABCD }
                send: { deadband: { ph: 1 %, level: 3 }, at_least_every: 1h }
                points:
                  discharge: { holding: 0, type: uint16, unit: L/s }
                  ph: { holding: 1, type: uint16, unit: "[pH]" }
                  level: { holding: 2, type: uint16, unit: m }
                """,
            site: "sumber-soyo: {}",
            device: "interval: 10s, send: { when: changed, deadband: { discharge: 0.05, level: 2.5 } }"
        ),
        meta(
            "with-the-minimum",
            profile: """
                profile: flow
                name: Flow
                measures: traffic
                source: the tests
                modbus: { numbering: from_0, word_order: ABCD }
                points: { errors: { holding: 0, type: uint16 } }
                """,
            site: "sumber-soyo: {}",
            device: "interval: 10ms"
        ),
        meta(
            "without-public-points",
            profile: """
                profile: flow
                name: Camera
                measures: waste
                source: the tests
                modbus: { numbering: from_0, word_order: ABCD }
                points: { errors: { holding: 0, type: uint16, private: true } }
                """,
            site: "sumber-soyo: { name: Soyo, latitude: 0, longitude: -180 }",
            device: "interval: 24h, verified: { by: D, on: 2026-10-03 }"
        ),
    ]
}
