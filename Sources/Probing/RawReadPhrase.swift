/// What a raw read says to a person.
public enum RawReadPhrase: Phrase {
    case from0
    case from1
    case value
    case heading
    case headingOfMany
    case legend
    case statistics
    case registersMayAct

    public var wording: Wording {
        switch self {
        case .from0: Wording("from 0", "dari 0")
        case .from1: Wording("from 1", "dari 1")
        case .value: Wording("value", "nilai")
        case .heading: Wording("unit %1 at %2: %3 %4, in %5", "unit %1 di %2: %3 %4, dalam %5")
        case .headingOfMany: Wording("unit %1 at %2: %3 %4 to %5, in %6", "unit %1 di %2: %3 %4 sampai %5, dalam %6")
        case .legend:
            Wording(
                "> as asked for   * looks plausible   float and int32: with the next register",
                "> yang diminta   * masuk akal   float dan int32: bersama register berikut"
            )
        case .statistics:
            Wording(
                "%1 requests, %2 answered, %3 failed (%4 %)",
                "%1 permintaan, %2 dijawab, %3 gagal (%4 %)"
            )
        case .registersMayAct:
            Wording(
                "Without a profile nobody knows which registers act when they are read; ask for no more than you need.",
                "Tanpa profil tidak diketahui register mana yang bereaksi bila dibaca; mintalah seperlunya saja."
            )
        }
    }
}
