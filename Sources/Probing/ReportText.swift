import Domain
import Profiles

/// A device's report as lines for a person.
public struct ReportText: Sendable {
    private let style: TextStyle
    private let nameWidth: Int
    private let verdictWidth = 7
    private let latencyWidth = 8

    /// - Parameter names: of all devices that will be shown: their column is as wide as the longest.
    public init(style: TextStyle, names: [String]) {
        self.style = style
        nameWidth = min(26, max(8, (names.map(\.count).max() ?? 0) + 2))
    }

    private var indent: Int { nameWidth + verdictWidth }

    /// One line for a device that is well; one or two more for what failed and what to check next.
    ///
    /// - Parameter allPoints: every point on a line of its own.
    public func lines(_ report: DeviceReport, allPoints: Bool = false) -> [String] {
        let verdict =
            report.isWell
            ? style.green(style.text(ProbePhrase.well).padded(verdictWidth))
            : style.red(style.text(ProbePhrase.fault).padded(verdictWidth))
        let head = report.target.name.padded(nameWidth) + verdict
        let latency = report.latency.map { $0.spoken.paddedLeft(latencyWidth) } ?? ""
        let width = style.columns - indent - latencyWidth
        let hasValues = report.samples.contains { $0?.value != nil }
        var lines: [String] = []
        if hasValues, !allPoints {
            lines.append(head + values(report, width: width - 1).padded(width) + latency)
        } else if hasValues || report.isWell {
            let place = "\(report.target.profile.id), \(report.target.bus)"
            let words = allPoints ? place : style.text(ProbePhrase.noPoints)
            lines.append(head + clipped(words, width - 1).padded(width) + latency)
        }
        if allPoints, hasValues { lines += points(report) }
        let told = told(report)
        for line in told.seen {
            lines.append((lines.isEmpty ? head : String(repeating: " ", count: indent)) + line)
        }
        for line in told.next { lines.append(String(repeating: " ", count: indent) + line) }
        return lines.map(Self.trimmed)
    }

    /// What was seen and the next check, wrapped.
    private func told(_ report: DeviceReport) -> (seen: [String], next: [String]) {
        let width = style.columns - indent
        if let failure = report.failure { return (TextStyle.wrapped(failure.text(in: style.language), to: width), []) }
        guard let finding = report.finding else { return ([], []) }
        let word = finding.diagnosis.map { $0.rawValue + ": " } ?? ""
        let seen = TextStyle.wrapped(word + finding.seen.text(in: style.language), to: width)
        let mark = style.text(ProbePhrase.next) + " "
        let next = TextStyle.wrapped(finding.next.text(in: style.language), to: width - mark.count)
        let hanging = next.enumerated().map { index, line in
            (index == 0 ? style.bold(mark) : String(repeating: " ", count: mark.count)) + line
        }
        return (seen.map(style.red), hanging)
    }

    /// As many of the values as fit, whole ones only.
    private func values(_ report: DeviceReport, width: Int) -> String {
        let faces = report.target.faces
        let known = zip(faces, report.samples).compactMap { face, sample in sample.map { (face, $0) } }
        // What is bad comes first: it must not be what is left out.
        let order = known.filter { $0.1.quality != .good } + known.filter { $0.1.quality == .good }
        var text = ""
        for (shown, (face, sample)) in order.enumerated() {
            let next = (text.isEmpty ? "" : ", ") + "\(face.name) \(Self.value(sample, face))"
            let left = order.count - shown - 1
            if text.count + next.count + (left > 0 ? " +\(left)".count : 0) > width, !text.isEmpty {
                return text + " +\(order.count - shown)"
            }
            text += next
        }
        return clipped(text, width)
    }

    private func points(_ report: DeviceReport) -> [String] {
        zip(report.target.faces, report.samples).compactMap { face, sample in
            guard let sample else { return nil }
            let line = "  " + face.name.padded(26) + Self.bareValue(sample, face).padded(26)
            let quality = sample.reason.map { "\(sample.quality.rawValue) \($0.word)" } ?? ""
            return line + (sample.quality == .bad ? style.red(quality) : style.yellow(quality))
        }
    }

    private static func bareValue(_ sample: Sample, _ face: PointFace) -> String {
        guard let value = sample.value else { return "-" }
        return "\(value)" + (face.unit.map { " \($0.code)" } ?? "")
    }

    private static func value(_ sample: Sample, _ face: PointFace) -> String {
        bareValue(sample, face) + (sample.reason.map { " (\($0.word))" } ?? "")
    }

    private static func trimmed(_ line: String) -> String {
        guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
        return String(line[...last])
    }

    private func clipped(_ text: String, _ width: Int) -> String {
        text.count <= width ? text : text.prefix(max(1, width - 1)) + "~"
    }

    // MARK: Summary

    /// Who is still being asked, on one line.
    public func waiting(for names: [String]) -> String {
        let text = Sentence(ProbePhrase.stillToAsk, names.joined(separator: ", ")).text(in: style.language)
        return style.dim(clipped(text, style.columns - 1))
    }

    /// The last line: how many are well; the rest is counted as not probed when the user ended it early.
    public func summary(_ reports: [DeviceReport], of count: Int) -> String {
        let well = reports.count(where: \.isWell)
        let phrase: ProbePhrase = count == 1 ? .oneDevice : .devices
        var text = Sentence(phrase, "\(count)", "\(well)", "\(reports.count - well)").text(in: style.language)
        if reports.count < count {
            text += Sentence(ProbePhrase.interrupted, "\(count - reports.count)").text(in: style.language)
        }
        return style.bold(text)
    }
}
