import Diagnosing
import Domain
import Profiles
import Speech
import Testing
import TestSupport

@Suite struct `Text that is shown` {
    private static let order = "\u{1B}[2J\u{1B}[31m"

    @Test func `carries no order but the program's own colours`() {
        let text: StyledText = "site \(Self.order)!"
        #expect(text.plain == "site \\u{1B}[2J\\u{1B}[31m!")
        #expect(text.terminal == text.plain)
        #expect(text.painted("31").terminal == "\u{1B}[31m\(text.plain)\u{1B}[0m")
    }

    @Test func `is measured as it is seen`() {
        #expect(StyledText("a\u{7}").padded(8).plain == "a\\u{7}  ")
        #expect(StyledText("温度").padded(6).plain == "温度  ")
        #expect(StyledText("温度計").clipped(5).plain == "温度~")
        #expect(StyledText("/dev/\u{7}long").tail(6).plain == "~}long")
        #expect(StyledText("ab").painted("1").padded(4).terminal == "\u{1B}[1mab\u{1B}[0m  ")
        #expect(("ab  " as StyledText).trimmed == "ab")
        #expect(StyledText.wrapped("a\u{7} bb cc", to: 8) == ["a\\u{7}", "bb cc"].map { StyledText(json: $0) })
    }

    /// A command that was broken over two lines could not be copied.
    @Test func `keeps a command between backticks on one line where it fits`() {
        let command = "`gateway probe --scan --serial /dev/ttyUSB0`"
        let text: StyledText = "Find it: \(command), then go on."
        let lines = StyledText.wrapped(text, to: 48).map(\.plain)
        #expect(lines == ["Find it:", command + ",", "then go on."])
        let narrow = StyledText.wrapped(text, to: 30)
        #expect(narrow.allSatisfy { $0.columns <= 30 }, "\(narrow)")
        #expect(narrow.map(\.plain).joined(separator: " ") == text.plain)
        #expect(StyledText.wrapped("a ` b c", to: 3).map(\.plain) == ["a `", "b c"])
    }

    @Test func `of a device that shows more than a number stays on its line`() throws {
        let meter = try profile(
            """
            mqtt: { messages: { state: { topic: "t/{node}" } } }
            points:
              word: { message: state, path: word, type: string }
            """
        )
        let target = ProbeTarget(device: "d", profile: meter, bus: "line", unit: UnitID(1))
        let evil = "\u{1B}[2J\n\u{202E}ok"
        var report = DeviceReport(target: target)
        report.samples = [Sample(value: .string(evil))]
        for allPoints in [false, true] {
            let text = ReportText(style: TextStyle(language: .en, colour: true), names: ["d"])
            let lines = text.lines(report, allPoints: allPoints).map(\.plain)
            #expect(lines.contains { $0.contains("\\u{1B}[2J\\u{A}\\u{202E}ok") }, "\(lines)")
            #expect(lines.allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\n") })
        }
    }
}
