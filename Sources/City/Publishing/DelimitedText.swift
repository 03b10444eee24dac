import Domain

/// Rows as CSV (RFC 4180).
struct DelimitedText {
    /// The mark by which spreadsheets recognise UTF-8.
    static let mark = "\u{FEFF}"

    /// Whether a text that begins like a formula gets a quote before it: a spreadsheet would compute it, whoever wrote
    /// it.
    var isForSpreadsheets = false

    /// A line with its end.
    func line(_ cells: [String?]) -> String {
        cells.map { $0.map { quoted(guarded($0)) } ?? "" }.joined(separator: ",") + "\r\n"
    }

    private func guarded(_ text: String) -> String {
        guard isForSpreadsheets, let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil else {
            return text
        }
        return "'" + text
    }

    private func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
