/// The style of lines of text: the language, whether to use colours, and how wide the terminal is.
package struct TextStyle: Sendable {
    package var language: Language
    package var colour: Bool
    /// At least 30.
    package var columns: Int

    package init(language: Language, colour: Bool = false, columns: Int = 80) {
        self.language = language
        self.colour = colour
        self.columns = max(30, columns)
    }

    /// Whether tables would wrap: then each value has a line of its own.
    package var isNarrow: Bool { columns < Self.tables }
    static let tables = 72

    package func text(_ phrase: some Phrase) -> StyledText { StyledText(phrase.wording[language]) }

    /// A sentence, with the text in its blanks made visible.
    package func text(_ sentence: Sentence) -> StyledText { StyledText(sentence.text(in: language)) }

    package func red(_ text: StyledText) -> StyledText { paint(text, "31") }
    package func green(_ text: StyledText) -> StyledText { paint(text, "32") }
    package func yellow(_ text: StyledText) -> StyledText { paint(text, "33") }
    package func bold(_ text: StyledText) -> StyledText { paint(text, "1") }
    package func dim(_ text: StyledText) -> StyledText { paint(text, "2") }

    private func paint(_ text: StyledText, _ code: String) -> StyledText { colour ? text.painted(code) : text }
}
