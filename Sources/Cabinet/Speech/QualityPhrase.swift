/// How much a value can be trusted.
package enum QualityPhrase: String, Phrase {
    case good, uncertain, bad

    package var wording: Wording {
        switch self {
        case .good: Wording("good", "baik")
        case .uncertain: Wording("uncertain", "meragukan")
        case .bad: Wording("bad", "tidak sah")
        }
    }

    /// A payload's word for quality, with its reason, as a person reads them: `bad timeout`, `tidak sah: timeout`.
    /// Reasons keep the contract's words in either language, so that a person finds them in the documentation.
    package static func text(_ quality: String, _ reason: String?, in language: Language) -> String {
        let words = QualityPhrase(rawValue: quality)?.wording[language] ?? quality
        return words + (reason.map { (language == .en ? " " : ": ") + $0 } ?? "")
    }
}
