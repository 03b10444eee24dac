import JSON

/// What may stand inside a text of a message, for a person who writes its profile: its form and size, never its
/// contents.
enum TextShape {
    /// Longer texts are looked at no further.
    private static let longest = 4_096
    private static let separators: [Character] = [";", ",", "|", "\t"]

    /// `hexadecimal, 11 bytes`; nil for a text that looks like nothing of the kind.
    static func words(_ text: String) -> String? {
        guard text.utf8.count <= longest else { return nil }
        return list(text) ?? hexadecimal(text) ?? base64(text)
    }

    /// The JSON in a text; nil where there is none.
    static func json(_ text: String) -> JSONTree? {
        let first = text.utf8.first { $0 != 0x20 && $0 != 0x0A }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), text.utf8.count <= longest else { return nil }
        return JSONTree.parse(Array(text.utf8))
    }

    private static func list(_ text: String) -> String? {
        for separator in separators {
            let items = text.split(separator: separator, omittingEmptySubsequences: false)
            guard items.count >= 3 else { continue }
            let numbers = items.filter { item in item.contains(where: \.isNumber) && item.utf8.count <= 32 }
            guard numbers.count * 2 > items.count else { continue }
            return "\(items.count) items with \(separator == "\t" ? "tabs" : "\(separator)")"
        }
        return nil
    }

    private static func hexadecimal(_ text: String) -> String? {
        let digits = text.utf8.filter { $0 != 0x20 }
        guard digits.count >= 8, digits.count.isMultiple(of: 2), text.contains(where: \.isNumber),
            text.allSatisfy({ $0.isASCII && ($0.isHexDigit || $0 == " ") })
        else { return nil }
        return "hexadecimal, \(digits.count / 2) bytes"
    }

    /// A word may look like base64 too: a text counts as such only with padding, or with letters of both cases and a
    /// digit.
    private static func base64(_ text: String) -> String? {
        let count = text.utf8.count
        guard count >= 8, count.isMultiple(of: 4) else { return nil }
        let body = text.prefix { $0 != "=" }
        let padding = count - body.utf8.count
        guard padding <= 2, text.dropFirst(body.count).allSatisfy({ $0 == "=" }),
            body.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+/-_".contains($0)) }),
            padding > 0
                || (body.contains(where: \.isNumber) && body.contains(where: \.isUppercase)
                    && body.contains(where: \.isLowercase))
        else { return nil }
        return "base64, \(count / 4 * 3 - padding) bytes"
    }
}
