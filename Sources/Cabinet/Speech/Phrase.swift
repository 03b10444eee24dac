/// One sentence in both languages; `%1` to `%9` stand for what differs from case to case.
public struct Wording: Hashable, Sendable {
    public let english: String
    public let indonesian: String

    public init(_ english: String, _ indonesian: String) {
        self.english = english
        self.indonesian = indonesian
    }

    public subscript(language: Language) -> String {
        switch language {
        case .en: english
        case .id: indonesian
        }
    }
}

/// A catalogue of what the program says to a person: an enum with a case for each sentence, so that the compiler
/// asks for every wording, and the type of a wording for both languages.
public protocol Phrase: CaseIterable, Hashable, Sendable {
    var wording: Wording { get }
}

/// A phrase with its blanks filled: a sentence that can be said in either language.
public struct Sentence: Hashable, Sendable {
    private let wording: Wording
    private let arguments: [String]

    public init(_ phrase: some Phrase, _ arguments: String...) { self.init(phrase, arguments: arguments) }

    public init(_ phrase: some Phrase, arguments: [String]) {
        wording = phrase.wording
        self.arguments = arguments
    }

    public func text(in language: Language) -> String {
        var text = ""
        var rest = wording[language][...]
        while let mark = rest.firstIndex(of: "%") {
            text += rest[..<mark]
            let after = rest.index(after: mark)
            if after < rest.endIndex, let number = rest[after].wholeNumberValue, arguments.indices.contains(number - 1)
            {
                text += arguments[number - 1]
                rest = rest[rest.index(after: after)...]
            } else {
                text += "%"
                rest = rest[after...]
            }
        }
        return text + rest
    }
}
