/// A text of rows and columns as spreadsheets write them: separated by commas, semicolons or tabs, with quoted cells,
/// a byte-order mark and any line ends.
package struct TableText: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// The first line of the row in the file, from 1.
        package var line: Int
        package var cells: [String]

        /// Whether no cell holds anything.
        var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }
    }

    package let separator: Character
    package let rows: [Row]

    package init(_ text: String) {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
        let candidates = Self.separators.map { (separator: $0, rows: Self.rows(of: text, separatedBy: $0)) }
        // The separator that cuts most rows into the same number of cells, at least two; a tab before the others, as
        // no cell holds one by chance.
        var best = candidates[0]
        var most = 0
        for candidate in candidates {
            let worth = Self.worth(candidate.rows)
            if worth > most { (best, most) = (candidate, worth) }
        }
        separator = best.separator
        rows = best.rows
    }

    private static let separators: [Character] = ["\t", ";", ","]

    /// How many rows have as many cells as most others have; 0 where that is one cell.
    private static func worth(_ rows: [Row]) -> Int {
        var counts: [Int: Int] = [:]
        for row in rows where row.cells.count > 1 { counts[row.cells.count, default: 0] += 1 }
        return counts.values.max() ?? 0
    }

    private static func rows(of text: String, separatedBy separator: Character) -> [Row] {
        var rows: [Row] = []
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var line = 1
        var first = 1
        func trimmed(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        func endRow() {
            cells.append(trimmed(cell))
            cell = ""
            let row = Row(line: first, cells: cells)
            cells = []
            if !row.isEmpty { rows.append(row) }
        }
        var characters = text.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            if character.isNewline { line += 1 }
            if isQuoted {
                if character != "\"" {
                    cell.append(character)
                } else if next == "\"" {
                    cell.append(character)
                    next = characters.next()
                } else {
                    isQuoted = false
                }
            } else if character == "\"", cell.allSatisfy(\.isWhitespace) {
                isQuoted = true
            } else if character == separator {
                cells.append(trimmed(cell))
                cell = ""
            } else if character.isNewline {
                endRow()
                first = line
            } else {
                cell.append(character)
            }
        }
        if !cell.isEmpty || !cells.isEmpty { endRow() }
        return rows
    }
}
