/// How lines look: the language, colours where they are wanted, and how wide the terminal is.
public struct TextStyle: Sendable {
    public var language: Language
    public var colour: Bool
    /// At least 60.
    public var columns: Int

    public init(language: Language, colour: Bool = false, columns: Int = 80) {
        self.language = language
        self.colour = colour
        self.columns = max(60, columns)
    }

    func text(_ phrase: some Phrase) -> String { phrase.wording[language] }

    func red(_ text: String) -> String { paint(text, "31") }
    func green(_ text: String) -> String { paint(text, "32") }
    func yellow(_ text: String) -> String { paint(text, "33") }
    func bold(_ text: String) -> String { paint(text, "1") }
    func dim(_ text: String) -> String { paint(text, "2") }

    private func paint(_ text: String, _ code: String) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Text broken between words, so that no line is longer than that; a longer word stands alone.
    public static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return lines + (line.isEmpty ? [] : [line])
    }
}

extension String {
    /// With spaces up to the width, one at least.
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(1, width - count)) }

    func paddedLeft(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }
}
