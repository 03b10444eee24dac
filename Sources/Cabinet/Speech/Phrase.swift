/// One sentence in both languages; `%1` to `%9` stand for the parts that differ from case to case.
package struct Wording: Hashable, Sendable {
    package let english: String
    package let indonesian: String

    package init(_ english: String, _ indonesian: String) {
        self.english = english
        self.indonesian = indonesian
    }

    package subscript(language: Language) -> String {
        switch language {
        case .en: english
        case .id: indonesian
        }
    }
}

/// A catalogue of what the program says to a person: an enum with a case for each sentence. The compiler requires a
/// wording for every case, and its type requires both languages.
package protocol Phrase: CaseIterable, Hashable, Sendable {
    var wording: Wording { get }
}
