package import Documents
package import Profiles

/// Blanks in a profile's file: values that begin with `TODO`, with the choices after it.
package enum DraftBlanks {
    static let mark = DocumentNode.blankMark

    /// The text with the first choice in each blank, so that the profile's reader can read the rest.
    package static func filled(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard let at = blank(in: line) else { return String(line) }
            let choice = line[at...].dropFirst(mark.count).drop { $0 == " " }
                .prefix { !" ,\"}#".contains($0) }
            let isQuoted = line[..<at].hasSuffix("\"")
            let rest = isQuoted ? "\"" : line.contains("{") ? " }" : ""
            return line[..<at] + (choice.isEmpty || choice == "the" ? "1" : choice) + rest
        }.joined(separator: "\n")
    }

    /// Where a line's blank begins; nil in a comment, in the table's own words for codes, and where there is none.
    private static func blank(in line: Substring) -> Substring.Index? {
        let words = line.drop { $0 == " " }
        guard !words.hasPrefix("#"), !words.hasPrefix("codes:") else { return nil }
        // What the table says may hold the mark too: the first one on the line is ours.
        let found = [": \(mark) ", ": \"\(mark) "].compactMap { line.firstRange(of: $0) }
            .min { $0.lowerBound < $1.lowerBound }
        return found.map { line.index($0.upperBound, offsetBy: -mark.count - 1) }
    }

    /// What the profile's reader refuses in a text.
    package static func problems(of text: String, id: String) -> [Problem] {
        let log = ProblemLog()
        _ = profile(text, id: id, log: log)
        return log.problems
    }

    /// The profile that a text with its blanks filled is.
    package static func profile(_ text: String, id: String, log: ProblemLog) -> Profile? {
        Document.mapping(of: text, file: id + ".yaml", log: log)
            .flatMap { ProfileReader.read($0, expectedID: id, hash: "") }
    }
}
