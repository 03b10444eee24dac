import Domain
import Indicators

/// Figures as rows of a spreadsheet (RFC 4180); docs/indicators.md says what each column holds.
struct FigureSheet {
    let separator: String
    let zone: Zone

    private static let columns = [
        "indicator", "name_id", "name_en", "theme", "dimension", "scope", "partial", "window", "from", "to",
        "from_local", "value", "unit", "quality", "reason", "completeness", "expected", "received", "excluded",
        "unverified", "by", "baseline_year", "baseline", "target_year", "target", "standing", "method",
        "method_source", "provisional", "revision",
    ]

    var head: String { line(Self.columns) }

    func row(_ figure: Figure) -> String {
        let indicator = figure.indicator
        var value = ""
        switch figure.value {
        case .number(let number): value = number.description
        case .word(let word): value = word
        case nil: break
        }
        let target = figure.target(in: zone)
        let from = figure.window.from
        let local = Instant(millisecondsSince1970: from.millisecondsSince1970 + zone.offset(from) * 1_000)
        return line([
            indicator.id, indicator.name.id, indicator.name.en, indicator.theme.rawValue, indicator.dimension.rawValue,
            figure.scope, figure.isPartial ? "yes" : "no", figure.window.kind.rawValue, "\(from)",
            "\(figure.window.to)",
            String(local.description.prefix(16).replacing("T", with: " ")), value, indicator.unit?.code ?? "",
            figure.quality.rawValue, figure.doubt?.rawValue ?? "", figure.completeness?.description ?? "",
            "\(figure.expected)", "\(figure.received)", "\(figure.excluded)", "\(figure.unverified)", parts(figure),
            indicator.baseline.map { "\($0.year)" } ?? "", indicator.baseline.map { "\($0.value)" } ?? "",
            target.map { "\($0.year)" } ?? "", target.map { "\($0.value)" } ?? "", target?.3.rawValue ?? "",
            indicator.method.name, indicator.method.source, figure.isProvisional ? "yes" : "no", "\(figure.revision)",
        ])
    }

    /// `category: plastik 812.4, kertas 391`.
    private func parts(_ figure: Figure) -> String {
        figure.by.map { part in
            part.name + ": " + part.values.map { "\($0.word) \($0.value)" }.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    private func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: separator) }

    private func quoted(_ cell: String) -> String {
        guard cell.contains(where: { $0 == "\"" || $0.isNewline || String($0) == separator }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
