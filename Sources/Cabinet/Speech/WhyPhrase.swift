/// What the gateway found in place of what a reason's rule needs. The gateway says it in English, in its log as in its
/// status: a phrase knows it by its form.
package enum WhyPhrase: Phrase {
    case unmet, unknown, notInMessage
    case or, nothing

    package var wording: Wording {
        switch self {
        case .unmet: Wording("%1 = %2, wanted %3", "%1 = %2, seharusnya %3")
        case .unknown: Wording("%1 is not known (%2), wanted %3", "%1 tidak diketahui (%2), seharusnya %3")
        case .notInMessage: Wording("%1 not in it; there is: %2", "%1 tidak ada di pesan; yang ada: %2")
        case .or: Wording(" or ", " atau ")
        case .nothing: Wording("nothing", "tidak ada apa pun")
        }
    }

    /// A line of text in a language; as it came where no phrase has its form.
    package static func said(_ line: String, in language: Language) -> String {
        guard language != .en else { return line }
        for phrase in [unmet, unknown, notInMessage] {
            guard var blanks = TemplateMatch.blanks(of: line, by: phrase.wording.english) else { continue }
            let last = blanks.removeLast()
            let words =
                switch phrase {
                case .notInMessage: last == nothing.wording.english ? nothing.wording[language] : last
                default: choices(in: last).joined(separator: or.wording[language])
                }
            return Sentence(phrase, arguments: blanks + [words]).text(in: language)
        }
        return line
    }

    /// The values between which ` or ` stands; the same letters within quotes or brackets belong to a value.
    private static func choices(in text: String) -> [String] {
        var choices: [String] = []
        for part in text.split(separator: or.wording.english) {
            if let last = choices.last, !isWhole(last) {
                choices[choices.count - 1] = last + or.wording.english + part
            } else {
                choices.append(String(part))
            }
        }
        return choices
    }

    private static func isWhole(_ text: String) -> Bool {
        let quotes = text.count { $0 == "\"" }
        return quotes.isMultiple(of: 2) && text.count { $0 == "(" } == text.count { $0 == ")" }
    }
}
