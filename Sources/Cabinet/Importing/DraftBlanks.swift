package import Documents
package import Profiles

/// Blanks in a profile's file: values that begin with `TODO`, with the choices after it.
package enum DraftBlanks {
    /// The word with which a blank begins.
    static let mark = "TODO"

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

    /// Where a line's blank begins; nil in a comment, and where there is none.
    private static func blank(in line: Substring) -> Substring.Index? {
        guard !line.drop(while: { $0 == " " }).hasPrefix("#") else { return nil }
        for start in [": \(mark)", ": \"\(mark)"] {
            if let found = line.firstRange(of: start) {
                return line.index(found.upperBound, offsetBy: -mark.count)
            }
        }
        return nil
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
