import ArgumentParser
import Asking
import Commands
import Diagnosing
import Domain
import Glibc
import Installation
import Platform
import Speech

extension ProbeCommand {
    /// The bus doctor: a live table on a terminal, only the last table elsewhere, and always a verdict.
    ///
    /// - Parameter open: opens a bus; called on the bus's thread.
    func runWatch(
        _ buses: [(bus: Configuration.Bus, targets: [ProbeTarget])],
        stop: StopFlag,
        open: @escaping @Sendable (String, ModbusEndpoint) -> any ProbeBus
    ) -> ExitCode {
        let time = SystemClock()
        let limit = watch.flatMap { $0 > 0 ? Duration.seconds($0) : nil }
        let text = WatchText(style: report.style)
        let field = FieldWatch(buses, time: time)
        let isLive = !report.json && Terminal.columns != nil
        let aside = buses.filter { $0.bus.endpoint == nil }.flatMap(\.targets).map(\.name)
        if !report.json { Commands.show(text.aside(aside)) }
        var shown = 0
        field.run(for: limit, stop: stop, open: open) { state in
            guard isLive else { return }
            // Lines of text that do not fit would scroll away and could not be overwritten.
            let table = text.table(state).prefix(max(1, (Terminal.rows ?? 24) - 2))
            let lines = table + [text.progress(state, now: time.uptime(), limit: limit)]
            Self.show(Array(lines), over: shown)
            shown = lines.count
        }
        let state = field.snapshot
        if report.json {
            for line in state.lines {
                for (report, tally) in zip(line.reports, line.tallies) {
                    let line = WatchText.json(report, tally, load: line.load, language: self.report.style.language)
                    Commands.show(json: line.utf8)
                }
            }
        } else {
            let lines = text.table(state) + [""] + text.verdict(state, now: time.uptime())
            Self.show(lines, over: shown)
        }
        return state.lines.flatMap(\.reports).allSatisfy(\.isWell) ? .success : .field
    }

    /// Writes lines of text over the ones shown before, without flicker; clears what is left below.
    private static func show(_ lines: [StyledText], over shown: Int) {
        guard shown > 0 else { return Commands.show(lines) }
        print("\r\u{1B}[\(shown)A" + lines.map { $0.terminal + "\u{1B}[K" }.joined(separator: "\n") + "\u{1B}[J")
        fflush(nil)
    }
}
