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

    func text(_ phrase: some Phrase) -> StyledText { StyledText(phrase.wording[language]) }

    /// A sentence, what fills its blanks made visible.
    public func text(_ sentence: Sentence) -> StyledText { StyledText(sentence.text(in: language)) }

    func red(_ text: StyledText) -> StyledText { paint(text, "31") }
    func green(_ text: StyledText) -> StyledText { paint(text, "32") }
    func yellow(_ text: StyledText) -> StyledText { paint(text, "33") }
    func bold(_ text: StyledText) -> StyledText { paint(text, "1") }
    func dim(_ text: StyledText) -> StyledText { paint(text, "2") }

    private func paint(_ text: StyledText, _ code: String) -> StyledText { colour ? text.painted(code) : text }
}
