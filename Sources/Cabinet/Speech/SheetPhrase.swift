/// The names of an exported workbook's sheets and of its headings.
package enum SheetPhrase: Phrase {
    case figures, meanings
    case word, meaning

    package var wording: Wording {
        switch self {
        case .figures: Wording("Figures", "Angka")
        case .meanings: Wording("Meanings", "Keterangan")
        case .word: Wording("word", "kata")
        case .meaning: Wording("meaning (English)", "arti (Bahasa Indonesia)")
        }
    }
}
