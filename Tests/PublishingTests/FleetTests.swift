import Domain
import Publishing
import Speech
import TestSupport
import Testing

@Suite struct `The fleet` {
    private let now = Instant(millisecondsSince1970: 1_795_800_000_000)

    private func box(_ name: String, _ change: (inout FleetBox) -> Void = { _ in }) -> FleetBox {
        var box = FleetBox(name: name)
        box.state = "online"
        box.heardAt = now + .seconds(-20)
        box.hasTime = true
        box.free = 12_000_000_000
        box.pending = 0
        box.version = "0.1.0"
        box.configuration = "1a68579fe5ac6e8c"
        change(&box)
        return box
    }

    @Test func `shows first what needs a person first`() {
        let boxes = [
            box("a-fine"), box("b-late") { ($0.pending, $0.oldestPending) = (7, now + .seconds(-7_200)) },
            box("c-away") { $0.state = "offline" }, box("d-clock") { $0.hasTime = false },
            box("e-mute") { $0.heardAt = now + .seconds(-600) }, FleetBox(name: "f-never"),
            box("g-gone") { $0.day = .init(day: "2026-11-27", verdict: "incomplete", missing: 3) },
            box("h-full") { $0.free = 1_000 },
        ]
        let names = FleetBox.sorted(boxes, now: now).map(\.name)
        #expect(names == ["f-never", "c-away", "e-mute", "g-gone", "d-clock", "h-full", "b-late", "a-fine"])
    }

    @Test(arguments: Language.allCases)
    func `has no line over 80 columns`(language: Language) {
        let boxes = [
            box("kdr-a-very-long-gateway-name") {
                $0.day = .init(day: "2026-11-27", verdict: "incomplete", missing: 1_234_567)
                $0.event = .init(name: "journal_set_aside", severity: "alarm", at: now)
                $0.version = "0.1.0-alpha.17"
                ($0.pending, $0.oldestPending) = (12_345_678, now + .seconds(-7_200))
            },
            FleetBox(name: "never"),
        ]
        let lines = FleetTable(boxes, now: now, style: TextStyle(language: language, columns: 80)).lines
        #expect(lines.allSatisfy { $0.columns <= 80 })
        #expect(lines.allSatisfy { $0.terminal == $0.plain })
    }

    @Test func `says why entries wait`() {
        let away = box("a") { ($0.state, $0.pending) = ("offline", 5) }
        let sending = box("b") { ($0.pending, $0.oldestPending) = (5, now + .seconds(-30)) }
        #expect(away.waiting(now: now) == .away)
        #expect(sending.waiting(now: now) == .sending)
        #expect(box("c").waiting(now: now) == nil)
    }
}
