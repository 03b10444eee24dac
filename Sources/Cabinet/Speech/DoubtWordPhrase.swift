import Domain

/// Why a figure is not sure, by the word of its message.
package enum DoubtWordPhrase: String, Phrase {
    case noData = "no_data"
    case tooEarly = "too_early"
    case unclassified
    case missingPart = "missing_part"
    case interpolated
    case incomplete

    package var wording: Wording {
        switch self {
        case .noData: Wording("no data", "belum ada data")
        case .tooEarly: Wording("the window has only begun", "jangka waktunya baru mulai")
        case .unclassified:
            Wording("vehicles without a class or direction", "kendaraan tanpa golongan atau arah")
        case .missingPart: Wording("a part of it is not known", "sebagian tidak diketahui")
        case .interpolated:
            Wording("partly shared out from a longer time", "sebagian dibagi dari rentang yang lebih panjang")
        case .incomplete: Wording("too few readings", "data kurang lengkap")
        }
    }

    /// The meaning of a reason's word, of a figure or of a value; the word itself where it is a later gateway's.
    package static func meaning(_ word: String, in language: Language) -> String {
        if let doubt = DoubtWordPhrase(rawValue: word) { return doubt.wording[language] }
        return Reason(word: word).map { $0.meaning.text(in: language) } ?? word
    }
}
