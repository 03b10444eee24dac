import Diagnosing
import Domain
import Speech
import Testing

@Suite struct `What a scan proposes` {
    private func find(_ unit: UInt8, _ baud: Int?, _ profiles: String...) -> ScanFind {
        ScanFind(
            unit: UnitID(unit),
            settings: baud.map { SerialSettings(baud: $0) },
            latency: .milliseconds(5),
            matches: profiles.enumerated().map { place, profile in
                // The first one speaks of most points.
                ProfileMatch(profile: profile, score: 0.9, evidence: place == 0 ? 10 : 1)
            }
        )
    }

    @Test func `leaves the profile open where two fit about as well`() {
        let two = ["a", "b"].map { ProfileMatch(profile: $0, score: 1) }
        let find = ScanFind(unit: UnitID(1), settings: nil, latency: .zero, matches: two)
        let lines = ScanProposal.lines([find], at: .modbusTCP(host: "h", port: 502), columns: 100)
        #expect(lines.last?.contains("profile: \"TODO one of a, b\"") == true, "\(lines)")
    }

    @Test func `is a configuration of every device that it found`() {
        let line = ModbusEndpoint.serialLine(path: "/dev/gateway/usb1", settings: SerialSettings())
        let finds = [
            find(1, 9_600, "tuf-2000m", "other"), find(2, 9_600, "sup-ph8001"), find(7, 9_600), find(9, 19_200, "x"),
        ]
        #expect(
            ScanProposal.lines(finds, at: line, columns: 100) == [
                "buses:", "  rs485-1: { serial: /dev/gateway/usb1, baud: 9600, parity: none }",
                "  rs485-2: { serial: /dev/gateway/usb1, baud: 19200, parity: none }", "devices:",
                "  tuf-2000m-1: { profile: tuf-2000m, bus: rs485-1, unit: 1, site: SITE, interval: 10s }",
                "  sup-ph8001-2: { profile: sup-ph8001, bus: rs485-1, unit: 2, site: SITE, interval: 10s }",
                "  x-9: { profile: x, bus: rs485-2, unit: 9, site: SITE, interval: 10s }",
            ]
        )
        let text = ScanText(style: TextStyle(language: .id), endpoint: line)
            .summary(finds, asked: 9, of: 9, took: .milliseconds(91_700), isInterrupted: false).map(\.plain)
        #expect(text.contains("  # unit 7 tidak cocok dengan profil mana pun"), "\(text)")
        #expect(text.last == "4 ditemukan; 9 dari 9 dicoba dalam 91,7 s")
    }

    @Test func `has a key a line where the terminal is too narrow`() {
        let lines = ScanProposal.lines([find(7, nil, "p")], at: .modbusTCP(host: "a", port: 502), columns: 40)
        let keys = ["profile: p", "bus: tcp-1", "unit: 7", "site: SITE", "interval: 10s"]
        #expect(lines.suffix(6) == ["  p-7:"] + keys.map { "    " + $0 })
    }

    @Test func `is nothing where no profile fits`() {
        #expect(ScanProposal.lines([find(7, nil)], at: .modbusTCP(host: "a", port: 502)).isEmpty)
        let lines = ScanProposal.lines([find(7, nil, "p")], at: .modbusTCP(host: "a", port: 502))
        #expect(lines[1] == "  tcp-1: { tcp: \"a:502\" }")
    }

    @Test func `fits the terminal while it goes on`() {
        let step = ScanPlan.Step(settings: SerialSettings(), unit: UnitID(17))
        for columns in [30, 45, 60, 80, 120] {
            let style = TextStyle(language: .id, columns: columns)
            let endpoint = ModbusEndpoint.serialLine(path: "/dev/a", settings: SerialSettings())
            let line = ScanText(style: style, endpoint: endpoint)
                .progress(step, done: 3, of: 320, left: .seconds(91))
            #expect(line.columns < columns, "\(line)")
        }
    }
}
