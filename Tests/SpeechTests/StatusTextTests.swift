import Control
import Domain
import Foundation
@testable import Speech
import Testing

@Suite struct `The status for a person` {
    private func status(_ change: (inout SystemStatus) -> Void = { _ in }) -> SystemStatus {
        let face = PointFace(name: "volume", unit: Unit("m3"))
        let long = PointFace(name: "sound_speed_in_the_pipe", unit: Unit("m3"))
        var device = DeviceStatus(
            id: "flow-sumber-soyo-utara",
            name: "Meter",
            site: "pond",
            profile: "meter",
            bus: "line",
            intervalMilliseconds: 1_000,
            verified: false,
            answering: true,
            ageMilliseconds: 200,
            readings: 1,
            failures: 0,
            missed: 0,
            events: 0,
            points: [PointStatus(face, Sample(value: .float64(7.00594325)))]
        )
        device.points += (0..<9).map { _ in PointStatus(long, Sample(value: nil, reason: .outOfRange)) }
        var status = SystemStatus(
            gateway: "box-1",
            version: "1",
            state: "online",
            epoch: "1-a",
            since: "2026-11-28T01:00:00.000Z",
            time: "2026-11-28T01:02:03.000Z",
            clock: .synchronised,
            configuration: "c",
            devices: [device],
            buses: [
                BusStatus(
                    id: "line",
                    address: "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0 (9600 8N1)",
                    connected: false,
                    error: "serial port /dev/a is in use by another program",
                    fault: FaultStatus(kind: "port_busy", place: "/dev/a")
                )
            ],
            destinations: [],
            journal: JournalStatus(
                bytes: 1_500_000,
                limit: 8_000_000,
                stored: 1,
                waiting: 0,
                lost: 0,
                isStalled: false
            ),
            indicators: [
                IndicatorStatus(
                    id: "water-volume",
                    scope: "gateway",
                    window: "hour",
                    value: "0.07719978",
                    unit: "m3",
                    quality: "uncertain",
                    reason: "incomplete",
                    completeness: 0.614
                )
            ],
            figures: ["water-volume": 3]
        )
        change(&status)
        return status
    }

    private func destination(_ change: (inout DestinationStatus) -> Void) -> DestinationStatus {
        var destination = DestinationStatus(
            id: "city",
            address: "broker:1883",
            connected: true,
            error: nil,
            pending: 12,
            oldestPending: "2026-11-28T00:30:00.000Z",
            acknowledged: 5,
            refused: 0,
            inFlight: 0,
            waitsForSubscriber: false
        )
        change(&destination)
        return destination
    }

    private func text(_ status: SystemStatus, _ language: Language, columns: Int = 100) -> String {
        StatusText(status, style: TextStyle(language: language, columns: columns)).lines.map(\.plain)
            .joined(separator: "\n")
    }

    @Test(arguments: Language.allCases, [45, 60, 72, 80, 120])
    func `is never wider than the terminal`(_ language: Language, _ columns: Int) {
        for allPoints in [false, true] {
            let style = TextStyle(language: language, columns: columns)
            for line in StatusText(status(), style: style, allPoints: allPoints).lines where line.columns > columns {
                // A word that cannot be broken, such as the name of a port, stands alone.
                #expect(!line.trimmed.plain.drop { $0 == " " }.contains(" "), "\(line)")
            }
        }
    }

    @Test(arguments: [45, 100]) func `says once what keeps values from being good`(columns: Int) {
        let why = "step = 0x49 (I: no signal), wanted 0x52"
        let status = status { status in
            let face = PointFace(name: "discharge", unit: nil)
            for _ in 0..<2 {
                let sample = Sample(value: .integer(0), reason: .condition, why: why)
                status.devices[0].points.append(PointStatus(face, sample))
            }
        }
        let text = text(status, .en, columns: columns)
        #expect(text.components(separatedBy: "\n  \(why)\n").count == 2, "\(text)")
        let indonesian = self.text(status, .id, columns: columns)
        #expect(indonesian.contains("\n  step = 0x49 (I: no signal), seharusnya 0x52\n"), "\(indonesian)")
    }

    @Test(arguments: [
        (
            "step = 3, wanted 0 (idle or off) or 1 or \"a or b\"",
            "step = 3, seharusnya 0 (idle or off) atau 1 atau \"a or b\""
        ),
        ("step is not known (crc), wanted 0x52", "step tidak diketahui (crc), seharusnya 0x52"),
        ("a.b, c not in it; there is: nothing", "a.b, c tidak ada di pesan; yang ada: tidak ada apa pun"),
        ("words of a later gateway", "words of a later gateway"),
    ])
    func `says in Indonesian what keeps a value from being good`(_ english: String, _ indonesian: String) {
        #expect(WhyPhrase.said(english, in: .id) == indonesian)
        #expect(WhyPhrase.said(english, in: .en) == english)
    }

    @Test(
        arguments: [
            (12_345, nil, "today 12 kB, this month 41 MB", "hari ini 12 kB, bulan ini 41 MB"),
            (
                3_149_999, TrafficBudget(bytes: 300_000_000, per: .month), "today 3.1 MB, this month 41 MB of 300 MB",
                "hari ini 3,1 MB, bulan ini 41 MB dari 300 MB"
            ),
            (
                9_960_000, TrafficBudget(bytes: 10_000_000, per: .day), "today 10 MB of 10 MB, this month 41 MB",
                "hari ini 10 MB dari 10 MB, bulan ini 41 MB"
            ),
        ] as [(Int64, TrafficBudget?, String, String)]
    )
    func `says what a destination has cost`(today: Int64, budget: TrafficBudget?, english: String, indonesian: String) {
        let status = status { status in
            status.destinations = [
                destination { destination in
                    var (day, month) = (Traffic(), Traffic())
                    (day.sent, month.received) = (today, 41_000_000)
                    destination.traffic = TrafficStatus(today: day, month: month, day: "2026-11-28", budget: budget)
                }
            ]
        }
        for columns in [50, 80] {
            #expect(text(status, .en, columns: columns).contains("\n  \(english)\n"))
            #expect(text(status, .id, columns: columns).contains("\n  \(indonesian)\n"))
        }
    }

    @Test func `has one value a line where a table would wrap, and says how many more there are`() {
        let text = text(status(), .en, columns: 45)
        #expect(text.contains("\n  volume 7.006 m3\n"), "\(text)")
        #expect(text.contains("\n  +6\n"), "\(text)")
    }

    @Test func `says how many lines a terminal has no room for`() {
        let table = StatusText(status(), style: TextStyle(language: .en))
        #expect(table.fitting(5).count == 5)
        #expect(table.fitting(5).last?.plain == "+\(table.lines.count - 4)")
        #expect(table.fitting(500) == table.lines)
    }

    @Test func `has the digits that a person needs, with the decimal sign of the language`() {
        #expect(text(status(), .en).contains("volume 7.006 m3"))
        #expect(text(status(), .en).contains("0.077 m3"))
        #expect(text(status(), .id).contains("volume 7,006 m3"))
        #expect(text(status(), .id).contains("0,077 m3"))
        #expect(text(status(), .id).contains("jurnal 1,5 dari 8,0 MB"))
    }

    @Test func `says how good a figure is, and why`() {
        #expect(text(status(), .en).contains("61 % uncertain incomplete"))
        #expect(text(status(), .id).contains("61 % meragukan: incomplete"))
        #expect(text(status(), .en).contains("more figures: 2"))
    }

    @Test func `says in the language of the person why a bus is down`() {
        #expect(text(status(), .en).contains("serial port /dev/a is in use by another program"))
        #expect(text(status(), .id).contains("port serial /dev/a sedang dipakai program lain"))
        let later = status { $0.buses[0].fault?.kind = "of a later gateway" }
        #expect(text(later, .id).contains("serial port /dev/a is in use"))
    }

    @Test func `says what is not verified`() {
        let words = "belum diverifikasi, jadi tidak dihitung dalam angka: flow-sumber-soyo-utara"
        #expect(text(status(), .id).contains(words))
        #expect(!text(status { $0.devices[0].verified = true }, .en).contains("not verified"))
    }

    @Test func `says why there are no figures`() {
        let cases: [((inout SystemStatus) -> Void, String)] = [
            ({ $0.figures = [:] }, "no catalogue"),
            (
                {
                    $0.figures = [:]
                    $0.leftOut = ["a: b"]
                }, "no indicator of the catalogue fits"
            ),
            ({ $0.clock = .unsynchronised }, "the clock is not set"),
            ({ _ in }, "no device is verified"), ({ $0.devices[0].verified = true }, "look again"),
        ]
        for (change, words) in cases {
            let status = status {
                $0.indicators = []
                change(&$0)
            }
            let text = text(status, .en).replacing("\n", with: " ")
            #expect(text.contains(words), "\(text)")
        }
    }

    /// It once said "of this bus", where there is no bus.
    @Test func `names the destination whose password a broker refuses`() {
        let status = status {
            $0.destinations = [
                destination {
                    $0.connected = false
                    $0.error = "no"
                    $0.fault = FaultStatus(kind: "broker_credentials", place: "broker:1883")
                }
            ]
        }
        for (language, words) in [
            (Language.en, "Check username and password_file of destination city;"),
            (.id, "Periksa username dan password_file tujuan city;"),
        ] {
            let text = text(status, language, columns: 140).split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test func `says why what is owed waits`() {
        let cases: [((inout DestinationStatus) -> Void, String, String)] = [
            ({ $0.waitsForSubscriber = true }, "nobody subscribes", "belum ada yang berlangganan"),
            (
                {
                    $0.connected = false
                    $0.error = "no"
                    $0.fault = FaultStatus(kind: "broker_credentials", place: "broker:1883")
                    $0.since = "2026-11-28T00:29:00.000Z"
                }, "no connection since 2026-11-28 00:29:00Z", "menolak nama pengguna atau kata sandi"
            ),
            (
                { $0.refusal = RefusalStatus(code: 0x97, since: "2026-11-28T00:29:00.000Z") },
                "refuses every message since 2026-11-28 00:29:00Z: its quota", "kuotanya habis"
            ),
            (
                { $0.refusal = RefusalStatus(code: 0x87, since: "2026-11-28T00:29:00.000Z") },
                "give it the right in the broker's ACL", "beri haknya di ACL broker"
            ),
            (
                {
                    $0.refusal = RefusalStatus(
                        code: 0x87,
                        since: "2026-11-28T00:29:00.000Z",
                        topic: "kediri/packs/box-1"
                    )
                }, "refuses messages to kediri/packs/box-1 since 2026-11-28 00:29:00Z: this user may not publish there",
                "menolak pesan ke kediri/packs/box-1 sejak 2026-11-28 00:29:00Z: pengguna ini tidak boleh"
            ),
        ]
        for (change, english, indonesian) in cases {
            let status = status { $0.destinations = [destination(change)] }
            for (language, words) in [(Language.en, english), (.id, indonesian)] {
                let text = text(status, language, columns: 140).split(whereSeparator: \.isWhitespace)
                    .joined(separator: " ")
                #expect(text.contains(words), "\(text)")
            }
        }
    }
}
