package import Diagnosing

/// What is said about a display's value that somebody typed.
enum DisplayPhrase: Phrase {
    case noNumber, thousands, unknownUnit, likelyUnit
    case understood, mayBeThousands

    var wording: Wording {
        switch self {
        case .noNumber:
            Wording(
                "a number as the display shows it, such as 12.34 or 12.34 m3/h",
                "harus angka seperti di layar, misalnya 12,34 atau 12,34 m3/h"
            )
        case .thousands:
            Wording(
                "point and comma are both decimal signs, and thousands have none: write %1",
                "titik dan koma sama-sama tanda desimal, ribuan ditulis tanpa tanda: tulis %1"
            )
        case .unknownUnit:
            Wording(
                "\"%1\" is no unit known here; write the number alone",
                "satuan \"%1\" tidak dikenal; tulis angkanya saja"
            )
        case .likelyUnit:
            Wording(
                "\"%1\" can mean several units; write %2 if that is meant",
                "\"%1\" bisa berarti beberapa satuan; tulis %2 jika itu yang dimaksud"
            )
        case .understood: Wording("%1 is understood as %2", "%1 dibaca sebagai %2")
        case .mayBeThousands:
            Wording(
                "%1 is understood as %2, with three decimals; for thousands write %3",
                "%1 dibaca sebagai %2, dengan tiga desimal; untuk ribuan tulis %3"
            )
        }
    }
}

extension DisplayValue.Flaw {
    package var sentence: Sentence {
        switch self {
        case .noNumber: Sentence(DisplayPhrase.noNumber)
        case .thousands(let meant): Sentence(DisplayPhrase.thousands, .number(meant))
        case .unknownUnit(let text, let likely?): Sentence(DisplayPhrase.likelyUnit, text, likely)
        case .unknownUnit(let text, nil): Sentence(DisplayPhrase.unknownUnit, text)
        }
    }
}

extension DisplayValue {
    /// What was understood, where it is not plain from what was typed; nil where it is.
    func understood(in language: Language) -> Sentence? {
        let unit = unit.map { " \($0)" } ?? ""
        let number = language.number(plainDigits) + unit
        if mayBeThousands {
            let whole = plainDigits.filter { $0 != "." } + unit
            return Sentence(DisplayPhrase.mayBeThousands, text, number, whole)
        }
        return number == text ? nil : Sentence(DisplayPhrase.understood, text, number)
    }
}
