/// A phrase with its blanks filled: a sentence that can be said in either language.
package struct Sentence: Hashable, Sendable {
    /// What fills a blank; some of it is written differently in another language.
    package enum Blank: Hashable, Sendable {
        case text(String)
        case duration(Duration)
        /// Digits with a point for the decimal sign.
        case number(String)
        /// English words of another part of the program, such as an error's.
        case words(String)
        /// Any one of these: `a or b`.
        case choice([String])
        /// A sentence inside another one.
        indirect case sentence(Sentence)
        case sentences([Sentence], separator: String)

        func text(in language: Language) -> String {
            switch self {
            case .text(let text): text
            case .duration(let duration): duration.spoken(in: language)
            case .number(let digits): language.number(digits)
            case .words(let words): ErrorPhrase.said(words, in: language)
            case .choice(let texts): texts.joined(separator: WhyPhrase.or.wording[language])
            case .sentence(let sentence): sentence.text(in: language)
            case .sentences(let sentences, let separator):
                sentences.map { $0.text(in: language) }.joined(separator: separator)
            }
        }
    }

    /// The phrase whose blanks are filled.
    let wording: Wording
    private let blanks: [Blank]

    package init(_ phrase: some Phrase) { self.init(phrase, arguments: []) }

    package init(_ phrase: some Phrase, _ arguments: String...) { self.init(phrase, arguments: arguments) }

    package init(_ phrase: some Phrase, _ blanks: Blank...) { self.init(phrase, blanks: blanks) }

    package init(_ phrase: some Phrase, arguments: [String]) { self.init(phrase, blanks: arguments.map { .text($0) }) }

    package init(_ phrase: some Phrase, blanks: [Blank]) {
        self.init(phrase.wording, blanks: blanks)
    }

    init(_ wording: Wording, blanks: [Blank]) {
        self.wording = wording
        self.blanks = blanks
    }

    package func text(in language: Language) -> String {
        var text = ""
        var rest = wording[language][...]
        while let mark = rest.firstIndex(of: "%") {
            text += rest[..<mark]
            let after = rest.index(after: mark)
            if after < rest.endIndex, let number = rest[after].wholeNumberValue, blanks.indices.contains(number - 1) {
                text += blanks[number - 1].text(in: language)
                rest = rest[rest.index(after: after)...]
            } else {
                text += "%"
                rest = rest[after...]
            }
        }
        return text + rest
    }
}
