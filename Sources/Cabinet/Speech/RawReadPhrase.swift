/// What a raw read says to a person. A register has an address, from 0, and a number, from 1.
package enum RawReadPhrase: Phrase {
    case from0
    case from1
    case value
    case heading
    case headingOfMany
    case legend
    case statistics
    case manualNumber

    package var wording: Wording {
        switch self {
        case .manualNumber:
            Wording(
                "%1 looks like a manual's number: if it means %2, counted from 1, write %3",
                "%1 tampak seperti nomor di buku manual: jika maksudnya %2, dihitung dari 1, tulis %3"
            )
        case .from0: Wording("from 0", "alamat")
        case .from1: Wording("from 1", "nomor")
        case .value: Wording("value", "nilai")
        case .heading: Wording("unit %1 at %2: %3, in %4", "unit %1 pada %2: %3, dalam %4")
        case .headingOfMany: Wording("unit %1 at %2: %3 to %4, in %5", "unit %1 pada %2: %3 sampai %4, dalam %5")
        case .legend:
            Wording(
                "> as asked for; * looks plausible; float and int32: with the next register",
                "> yang diminta; * masuk akal; float dan int32: bersama register berikutnya"
            )
        case .statistics:
            Wording(
                "requests: %1, read: %2, failed: %3 (%4 %)",
                "permintaan: %1, terbaca: %2, gagal: %3 (%4 %)"
            )
        }
    }
}
