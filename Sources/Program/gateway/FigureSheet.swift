import Domain
import Indicators

/// Figures as CSV (RFC 4180), in a form that a country's spreadsheets read.
struct FigureSheet {
    /// The signs between columns and in numbers. The environment does not change them: what is exported for a program
    /// today must be the same tomorrow, whoever exports it.
    struct Form: Equatable {
        var separator = ","
        var decimal = "."

        /// - Returns: nil when the two signs would be the same.
        init?(separator: String?, decimal: String) {
            self.decimal = decimal
            self.separator = separator ?? (decimal == "," ? ";" : ",")
            if self.separator == decimal { return nil }
        }
    }

    let form: Form
    let zone: Zone

    var head: String { line(FigureRow.columns) }

    func row(_ figure: Figure) -> String {
        line(FigureRow.cells(figure, zone: zone, decimal: form.decimal).map(text))
    }

    private func text(_ cell: FigureRow.Cell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): guarded(text.visible)
        case .number(let number), .share(let number): number.description.replacing(".", with: form.decimal)
        case .moment(let moment): moment.description
        case .local(let moment): String(zone.local(moment).description.prefix(16).replacing("T", with: " "))
        }
    }

    /// A spreadsheet computes text that begins like a formula, whoever wrote it: a quote before it makes it plain text.
    /// Numbers have cells of their own, and stay numbers.
    private func guarded(_ text: String) -> String {
        guard let first = text.first(where: { !$0.isWhitespace }), "=+-@＝＋－＠".contains(first) else { return text }
        return "'" + text
    }

    private func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: form.separator) }

    private func quoted(_ cell: String) -> String {
        guard cell.contains(where: { $0 == "\"" || $0.isNewline || String($0) == form.separator }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
