package import Diagnosing
import Domain
import Profiles

/// A device's report as lines of text for a person.
package struct ReportText: Sendable {
    let style: TextStyle
    private let nameWidth: Int
    private let verdictWidth: Int
    private let latencyWidth = 8

    /// - Parameter names: the names of all devices that will be shown; the column is as wide as the longest.
    package init(style: TextStyle, names: [String]) {
        self.style = style
        let verdicts = [ProbePhrase.well, .fault].map { style.text($0).columns }
        verdictWidth = max(7, (verdicts.max() ?? 0) + 1)
        nameWidth = min(26, max(8, (names.map(\.visible.columns).max() ?? 0) + 2))
    }

    private var indent: Int { style.isNarrow ? 2 : nameWidth + verdictWidth }

    /// One line of text for a device that is well; one or two more for what failed and what to check next.
    ///
    /// - Parameter allPoints: whether every point gets a line of its own.
    package func lines(_ report: DeviceReport, allPoints: Bool = false) -> [StyledText] {
        if style.isNarrow { return narrow(report, told: told(report), allPoints: allPoints) }
        let verdict =
            report.isWell
            ? style.green(style.text(ProbePhrase.well).padded(verdictWidth))
            : style.red(style.text(ProbePhrase.fault).padded(verdictWidth))
        let head = StyledText(report.target.name).padded(nameWidth) + verdict
        let latency = report.latency.map { StyledText($0.spoken(in: style.language)).paddedLeft(latencyWidth) } ?? ""
        let width = style.columns - indent - latencyWidth
        let hasValues = report.samples.contains { $0?.value != nil }
        var lines: [StyledText] = []
        if hasValues, !allPoints {
            lines.append(head + values(report, width: width - 1).padded(width) + latency)
        } else if hasValues || report.isWell {
            let place: StyledText = "\(report.target.profile.id), \(report.target.bus)"
            let words = allPoints ? place : style.text(ProbePhrase.noPoints)
            lines.append(head + words.clipped(width - 1).padded(width) + latency)
        }
        if allPoints || !report.isWell, let identity = report.identity {
            let says = style.text(Sentence(ScanPhrase.says, identity.text))
            lines += StyledText.wrapped(says, to: style.columns - 2).map { "  " + $0 }
        }
        if allPoints, hasValues { lines += points(report) }
        let told = told(report)
        for line in told.seen {
            // Text that cannot be broken, such as the shape of a payload, may need the whole width.
            let fits = indent + line.columns <= style.columns
            if lines.isEmpty, !fits { lines.append(head) }
            let margin = StyledText(blank: fits ? indent : max(0, min(2, style.columns - line.columns)))
            lines.append((lines.isEmpty ? head : margin) + line)
        }
        for line in told.next { lines.append(StyledText(blank: indent) + line) }
        return lines.map(\.trimmed)
    }

    /// What was seen and the next check, wrapped.
    private func told(_ report: DeviceReport) -> (seen: [StyledText], next: [StyledText]) {
        let width = style.columns - indent
        if let failure = report.failure {
            return (StyledText.wrapped("\(failure.text(in: style.language))", to: width), [])
        }
        guard let finding = report.finding else { return ([], hints(report, width: width)) }
        let word = finding.diagnosis.map { $0.rawValue + ": " } ?? ""
        let seen = StyledText.wrapped("\(word)\(style.text(finding.seen))", to: width)
        let mark = style.text(ProbePhrase.next) + " "
        let next = StyledText.wrapped(style.text(finding.next), to: width - mark.columns)
        let hanging = next.enumerated().map { index, line in
            (index == 0 ? style.bold(mark) : StyledText(blank: mark.columns)) + line
        }
        return (seen.map(style.red), hanging + hints(report, width: width))
    }

    private func hints(_ report: DeviceReport, width: Int) -> [StyledText] {
        let likeness = report.likeness.map {
            Sentence(ProbePhrase.likeness, $0.profile, "\(Int(($0.score * 100).rounded()))")
        }
        let shared = report.sharedWith.map { Sentence(ProbePhrase.shared, $0) }
        let strays = report.strayBytes > 0 ? Sentence(ProbePhrase.strays, "\(report.strayBytes)") : nil
        return [shared, likeness, strays, report.timeNote?.sentence].compactMap(\.self).flatMap { sentence in
            StyledText.wrapped(style.text(sentence), to: width).map(style.yellow)
        }
    }

    /// As many of the values as fit, only whole ones.
    private func values(_ report: DeviceReport, width: Int) -> StyledText {
        let faces = report.target.faces
        let known = zip(faces, report.samples).compactMap { face, sample in sample.map { (face, $0) } }
        // Bad values come first, so that they are not left out.
        let order = known.filter { $0.1.quality != .good } + known.filter { $0.1.quality == .good }
        var text = StyledText()
        for (shown, (face, sample)) in order.enumerated() {
            let next: StyledText = (text.isEmpty ? "" : ", ") + "\(face.name) \(value(sample, face))"
            let left = order.count - shown - 1
            if text.columns + next.columns + (left > 0 ? " +\(left)".count : 0) > width, !text.isEmpty {
                return text + " +\(order.count - shown)"
            }
            text += next
        }
        return text.clipped(width)
    }

    private func points(_ report: DeviceReport) -> [StyledText] {
        let known = zip(report.target.faces, report.samples).compactMap { face, sample in sample.map { (face, $0) } }
        let name = 2 + (known.map { StyledText($0.0.name).columns }.max() ?? 0)
        let value = 2 + (known.map { StyledText(bareValue($0.1, $0.0)).columns }.max() ?? 0)
        return known.flatMap { face, sample -> [StyledText] in
            let line = "  " + StyledText(face.name).padded(max(26, name))
            let whole = line + StyledText(bareValue(sample, face)).padded(min(26, value))
            let quality = quality(sample)
            if whole.columns + quality.columns <= style.columns { return [whole + quality] }
            // A long text or name, and a quality that does not fit beside it.
            return StyledText.wrapped(whole.trimmed, to: style.columns) + [StyledText(blank: 4) + quality]
        }
    }

    /// Why a value is not good; empty when it is.
    func quality(_ sample: Sample) -> StyledText {
        guard let reason = sample.reason else { return "" }
        let words = StyledText(QualityPhrase.text(sample.quality.rawValue, reason.word, in: style.language))
        return sample.quality == .bad ? style.red(words) : style.yellow(words)
    }

    func bareValue(_ sample: Sample, _ face: PointFace) -> String {
        guard let value = sample.value else { return "-" }
        return style.language.value(value) + (face.unit.map { " \($0.code)" } ?? "")
    }

    private func value(_ sample: Sample, _ face: PointFace) -> String {
        bareValue(sample, face) + (sample.reason.map { " (\($0.word))" } ?? "")
    }

    // MARK: Summary

    /// The devices that are still being asked, on one line of text.
    package func waiting(for names: [String]) -> StyledText {
        let text = style.text(Sentence(ProbePhrase.stillToAsk, names.joined(separator: ", ")))
        return style.dim(text.clipped(style.columns - 1))
    }

    /// The last line: how many devices are well; the others count as not probed when the user stopped early.
    package func summary(_ reports: [DeviceReport], of count: Int) -> StyledText {
        let well = reports.count(where: \.isWell)
        let phrase: ProbePhrase = count == 1 ? .oneDevice : .devices
        var text = style.text(Sentence(phrase, "\(count)", "\(well)", "\(reports.count - well)"))
        if reports.count < count {
            text += style.text(Sentence(ProbePhrase.interrupted, "\(count - reports.count)"))
        }
        return style.bold(text)
    }
}
