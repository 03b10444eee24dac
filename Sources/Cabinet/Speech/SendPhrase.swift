/// What is said about devices whose readings go out by exception.
package enum SendPhrase: Phrase {
    case some, approximate, dated

    package var wording: Wording {
        switch self {
        case .some: Wording("%1 of %2 devices send what changed", "%1 dari %2 perangkat mengirim yang berubah saja")
        case .approximate:
            Wording(
                "%1: computed again, as after a power cut, these may differ by the deadband of %2: %3",
                "%1: bila dihitung ulang, misalnya setelah listrik padam, ini bisa berbeda sebesar deadband %2: %3"
            )
        case .dated:
            Wording(
                "%1: its messages carry a time of their own, so each of those goes out, whatever \"send\" says",
                "%1: pesannya membawa waktu sendiri, jadi semuanya dikirim, apa pun isi \"send\""
            )
        }
    }
}
