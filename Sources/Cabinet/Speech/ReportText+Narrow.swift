import Diagnosing
import Domain
import Profiles

extension ReportText {
    private static let few = 4

    /// One value a line, for a terminal on which a table would wrap.
    ///
    /// - Parameter told: what was seen and what to check, wrapped to the width less two columns.
    func narrow(
        _ report: DeviceReport,
        told: (seen: [StyledText], next: [StyledText]),
        allPoints: Bool
    ) -> [StyledText] {
        let verdict =
            report.isWell ? style.green(style.text(ProbePhrase.well)) : style.red(style.text(ProbePhrase.fault))
        let latency = report.latency.map { ", \($0.spoken(in: style.language))" } ?? ""
        var lines = StyledText.wrapped("\(report.target.name): \(verdict)\(latency)", to: style.columns)
        let known = zip(report.target.faces, report.samples).compactMap { face, sample in sample.map { (face, $0) } }
        // Bad values come first, so that they are not left out.
        let order = known.filter { $0.1.quality != .good } + known.filter { $0.1.quality == .good }
        let shown = allPoints ? known[...] : order.prefix(Self.few)
        for (face, sample) in shown {
            let quality = quality(sample)
            let line: StyledText = "\(title(face)) \(bareValue(sample, face))" + (quality.isEmpty ? "" : ", ") + quality
            lines += indented(StyledText.wrapped(line, to: style.columns - 2))
        }
        if known.count > shown.count { lines += indented(["+\(known.count - shown.count)"]) }
        if known.isEmpty, report.isWell {
            lines += indented(StyledText.wrapped(style.text(ProbePhrase.noPoints), to: style.columns - 2))
        }
        if allPoints { lines += heard(report) }
        return (lines + indented(told.seen + told.next)).map(\.trimmed)
    }

    private func indented(_ lines: [StyledText]) -> [StyledText] { lines.map { StyledText(blank: 2) + $0 } }
}
