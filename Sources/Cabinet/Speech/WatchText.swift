package import Diagnosing
package import Domain
import JSON
import Profiles

/// A watch as a person reads it: the live table, and the verdict at the end.
package struct WatchText: Sendable {
    private let style: TextStyle

    package init(style: TextStyle) { self.style = style }

    private func say(_ phrase: WatchPhrase, _ arguments: String...) -> StyledText {
        style.text(Sentence(phrase, arguments: arguments))
    }

    /// Counts and latencies of each device, and what each line carries.
    package func table(_ state: WatchState) -> [StyledText] {
        if style.columns < Self.leastTable { return list(state) }
        let tallies = state.lines.flatMap(\.tallies)
        let names = tallies.map { StyledText($0.target.name) } + [say(.device)]
        let width = min(style.columns - 58, max(10, (names.map(\.columns).max() ?? 0) + 2))
        let columns: [StyledText] = [
            say(.asked), "P50", "P99", "CRC", say(.timeouts), say(.exceptions), say(.late), say(.others),
        ]
        var lines = [style.dim(row(say(.device), columns, width: width))]
        for tally in tallies {
            let counts = [tally.crcErrors, tally.timeouts, tally.exceptions, tally.late, tally.others]
            let cells: [StyledText] = [
                "\(tally.transactions)", spoken(tally.latency(0.5)), spoken(tally.latency(0.99)),
            ]
            let line = row(StyledText(tally.target.name), cells + counts.map { "\($0)" }, width: width)
            lines.append(counts.allSatisfy { $0 == 0 } ? line : style.yellow(line))
        }
        lines.append("")
        for line in state.lines { lines += StyledText.wrapped(load(line), to: style.columns) }
        return lines
    }

    /// The columns of counts, and ten for a name.
    private static let leastTable = 72

    /// One device a paragraph, for a terminal on which the table would wrap.
    private func list(_ state: WatchState) -> [StyledText] {
        var lines: [StyledText] = []
        for tally in state.lines.flatMap(\.tallies) {
            let counts = [
                ("CRC", tally.crcErrors), (say(.timeouts).plain, tally.timeouts),
                (say(.exceptions).plain, tally.exceptions), (say(.late).plain, tally.late),
                (say(.others).plain, tally.others),
            ]
            lines.append(style.bold(StyledText(tally.target.name).clipped(style.columns - 1)))
            let asked = say(.asked).plain.lowercased()
            let head: StyledText =
                "\(asked) \(tally.transactions)  P50 \(spoken(tally.latency(0.5)))  P99 \(spoken(tally.latency(0.99)))"
            let faults = counts.filter { $0.1 > 0 }.map { "\($0.0.lowercased()) \($0.1)" }.joined(separator: "  ")
            for line in [head, style.yellow(StyledText(faults))] where !line.isEmpty {
                lines += StyledText.wrapped(line, to: style.columns - 2).map { StyledText(blank: 2) + $0 }
            }
        }
        lines.append("")
        for line in state.lines { lines += StyledText.wrapped(load(line), to: style.columns) }
        return lines
    }

    private func spoken(_ latency: Duration?) -> StyledText {
        latency.map { StyledText($0.spoken(in: style.language)) } ?? "-"
    }

    private func row(_ name: StyledText, _ cells: [StyledText], width: Int) -> StyledText {
        let widths = [6, 9, 9, 6, 7, 6, 6, 6]
        return name.clipped(width - 1).padded(width) + zip(cells, widths).map { $0.paddedLeft($1) }.joined()
    }

    private func load(_ line: WatchState.Line) -> StyledText {
        var name = line.bus
        if let settings = line.endpoint.serialSettings { name += " (\(settings))" }
        if let failure = line.failure { return "\(name): \(failure.text(in: style.language))" }
        guard let load = line.load, line.tallies.contains(where: { $0.latency(0.5) != nil }) else {
            return say(.loadUnknown, name)
        }
        let share =
            load < 0.1
            ? style.language.number("\((load * 1_000).rounded() / 10)") + " %" : "\(Int((load * 100).rounded())) %"
        if load > 0.9 { return style.red(say(.overloaded, name, share)) }
        if load < 0.02 { return say(.lightLoad, name, share) }
        return say(.load, name, share, "\(Int((1 / max(load, 0.001)).rounded(.down)))")
    }

    /// The text below the table while the watch goes on.
    package func progress(_ state: WatchState, now: Uptime, limit: Duration?) -> StyledText {
        let so = seconds(now - state.began)
        let text = limit.map { say(.watchingFor, so, seconds($0)) } ?? say(.watching, so)
        return style.dim(text.clipped(style.columns - 1))
    }

    /// Says which MQTT devices are not watched.
    package func aside(_ names: [String]) -> [StyledText] {
        names.isEmpty ? [] : StyledText.wrapped(say(.onlyModbus, names.joined(separator: ", ")), to: style.columns)
    }

    /// The devices with a fault, with the next check, and the count.
    package func verdict(_ state: WatchState, now: Uptime) -> [StyledText] {
        let reports = state.lines.flatMap(\.reports)
        let text = ReportText(style: style, names: reports.map(\.target.name))
        let faults = reports.filter { !$0.isWell }
        let well = reports.count - faults.count
        return faults.flatMap { text.lines($0) }
            + [style.bold(say(.end, seconds(now - state.began), "\(well)", "\(faults.count)"))]
    }

    private func seconds(_ duration: Duration) -> String {
        let seconds = Int(duration.inSeconds.rounded())
        return seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }

    // MARK: JSON

    /// A device's JSON line as from a probe, with the counts in `watch`.
    package static func json(_ report: DeviceReport, _ tally: WatchTally, load: Double?, language: Language) -> String {
        var text = JSONText()
        text.raw(",\"watch\":{\"transactions\":")
        text.integer(tally.transactions)
        for (key, count) in [
            ("crc", tally.crcErrors), ("timeouts", tally.timeouts), ("exceptions", tally.exceptions),
            ("late", tally.late), ("others", tally.others),
        ] {
            text.raw(",")
            text.string(key)
            text.raw(":")
            text.integer(count)
        }
        for (key, latency) in [("p50_ms", tally.latency(0.5)), ("p99_ms", tally.latency(0.99))] {
            text.raw(",")
            text.string(key)
            text.raw(":")
            text.raw(latency.map(ReportJSON.milliseconds) ?? "null")
        }
        if let load {
            text.raw(",\"line_load\":")
            text.raw("\((load * 10_000).rounded() / 10_000)")
        }
        text.raw("}}")
        return ReportJSON.line(report, language: language).dropLast() + String(decoding: text.bytes, as: UTF8.self)
    }
}
