/// Values as PostgreSQL reads them.
public enum PostgresText {
    /// An array of texts: `{"a","b",NULL}`.
    public static func array(_ texts: [String?]) -> String {
        "{" + texts.map { text in text.map(quoted) ?? "NULL" }.joined(separator: ",") + "}"
    }

    /// An array of whole numbers: `{1,2}`.
    public static func array(_ numbers: [Int64]) -> String {
        "{" + numbers.map { String($0) }.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(character)
        }
        return result + "\""
    }

    /// The elements of an array of texts, as PostgreSQL writes it; nil for a text that is none.
    public static func texts(_ array: String) -> [String?]? {
        guard array.hasPrefix("{"), array.hasSuffix("}") else { return nil }
        var found: [String?] = []
        var rest = array.unicodeScalars.dropFirst().dropLast()
        while let first = rest.first {
            var text = String.UnicodeScalarView()
            let isQuoted = first == "\""
            if isQuoted {
                rest.removeFirst()
                while let next = rest.popFirst(), next != "\"" {
                    if next == "\\", let escaped = rest.popFirst() { text.append(escaped) } else { text.append(next) }
                }
            } else {
                while let next = rest.first, next != "," {
                    text.append(next)
                    rest.removeFirst()
                }
            }
            let word = String(text)
            found.append(!isQuoted && word == "NULL" ? nil : word)
            if rest.first == "," { rest.removeFirst() }
        }
        return found
    }
}
