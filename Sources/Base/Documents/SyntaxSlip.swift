import Yams

/// Slips that keep a file from being YAML at all, and that the parser's own words do not explain.
enum SyntaxSlip {
    /// - Returns: nil where none of them is near the place of the error.
    static func find(_ error: YamlError, in text: String) -> (message: Message, line: Int?, column: Int?)? {
        let mark: Mark
        switch error {
        case .scanner(_, _, let place, _), .parser(_, _, let place, _), .composer(_, _, let place, _): mark = place
        default: return nil
        }
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        // The parser sees an indentation that is wrong at its end, or a line of text later.
        for number in [mark.line, mark.line - 1, mark.line + 1] where lines.indices.contains(number - 1) {
            let indent = lines[number - 1].prefix { $0 == " " || $0 == "\t" }
            guard let tab = indent.firstIndex(of: "\t") else { continue }
            let column = indent.distance(from: indent.startIndex, to: tab) + 1
            return ("a tab stands here; YAML is indented with spaces only", number, column)
        }
        guard lines.indices.contains(mark.line - 1) else { return nil }
        let rest = lines[mark.line - 1].dropFirst(mark.column - 1)
        switch rest.first {
        case "\t": return ("a tab stands here; YAML is indented with spaces only", mark.line, mark.column)
        case "%", "@", "`":
            let word = rest.prefix { !$0.isWhitespace && !",}]#".contains($0) }
            return ("YAML has a use of its own for this sign; quote it: \"\(word)\"", mark.line, mark.column)
        default: return nil
        }
    }
}
