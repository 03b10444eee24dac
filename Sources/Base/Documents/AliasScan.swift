/// Finds YAML anchors and aliases before the parser expands them: ten nested levels of ten aliases are ten thousand
/// million values, and no file may exhaust a checker.
enum AliasScan {
    static func firstAnchorOrAlias(in text: String) -> (line: Int, column: Int)? {
        var line = 1
        var column = 0
        var quote: UInt8?
        var atTokenStart = true
        var previous: UInt8 = 10
        var escaped = false
        for byte in text.utf8 {
            column += 1
            defer { previous = byte }
            if byte == 10 {
                line += 1
                column = 0
                escaped = false
                if quote == 0 { quote = nil }
                if quote == nil { atTokenStart = true }
                continue
            }
            if quote == 0 { continue }
            if let open = quote {
                if byte == open, !escaped { quote = nil }
                escaped = open == 34 && byte == 92 && !escaped
                continue
            }
            switch byte {
            case UInt8(ascii: " "), 9, 13: break
            case UInt8(ascii: "#") where previous == 32 || previous == 10 || previous == 9: skipComment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if atTokenStart { quote = byte }
                atTokenStart = false
            case UInt8(ascii: "&"), UInt8(ascii: "*"):
                if atTokenStart { return (line, column) }
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "-"),
                UInt8(ascii: "?"), UInt8(ascii: "!"):
                atTokenStart = atTokenStart || byte != UInt8(ascii: "-")
            default: atTokenStart = false
            }
            func skipComment() { quote = 0 }
        }
        return nil
    }
}
