import ArgumentParser
import Configuration
import Domain
import Glibc
import Platform
import Probing

extension ProbeCommand {
    /// The bus doctor: a live table on a terminal, the last one elsewhere, and a verdict in any case.
    ///
    /// - Parameter open: gives a bus; called on its thread.
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
        if !report.json { for line in text.aside(aside) { gateway.show(line) } }
        var shown = 0
        field.run(for: limit, stop: stop, open: open) { state in
            guard isLive else { return }
            // What does not fit would scroll away and could not be written over.
            let table = text.table(state).prefix(max(1, (Terminal.rows ?? 24) - 2))
            let lines = table + [text.progress(state, now: time.uptime(), limit: limit)]
            print(Self.over(shown, Array(lines)), terminator: "\n")
            fflush(nil)
            shown = lines.count
        }
        let state = field.snapshot
        if report.json {
            for line in state.lines {
                for (report, tally) in zip(line.reports, line.tallies) {
                    gateway.show(WatchText.json(report, tally, load: line.load, language: self.report.style.language))
                }
            }
        } else {
            let lines = text.table(state) + [""] + text.verdict(state, now: time.uptime())
            gateway.show(Self.over(shown, lines))
        }
        return state.lines.flatMap(\.reports).allSatisfy(\.isWell) ? .success : .field
    }

    /// Lines in the place of the ones shown before, without flicker; what is left below is cleared.
    private static func over(_ shown: Int, _ lines: [String]) -> String {
        guard shown > 0 else { return lines.joined(separator: "\n") }
        return "\r\u{1B}[\(shown)A" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\n") + "\u{1B}[J"
    }
}
