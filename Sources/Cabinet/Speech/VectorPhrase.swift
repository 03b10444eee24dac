/// What is said about the vectors of profiles.
package enum VectorPhrase: Phrase {
    case hold, holdOne, holds, fail, none

    package var wording: Wording {
        switch self {
        case .hold:
            Wording(
                "vectors that give what their documents print: %1, of profiles: %2",
                "vektor yang menghasilkan nilai yang tercetak di dokumennya: %1, dari profil: %2"
            )
        case .holdOne:
            Wording(
                "%1: its vector gives what its document prints",
                "%1: vektornya menghasilkan nilai yang tercetak di dokumennya"
            )
        case .holds:
            Wording(
                "%1: all %2 vectors give what their documents print",
                "%1: ke-%2 vektornya menghasilkan nilai yang tercetak di dokumennya"
            )
        case .fail: Wording("%1: %2 of %3 vectors fail", "%1: %2 dari %3 vektor gagal")
        case .none:
            Wording(
                "%1: has no vector: nothing shows that it reads its device rightly; add one from the manual",
                "%1: tidak punya vektor: tidak ada yang menunjukkan bahwa perangkatnya dibaca dengan benar; tambahkan "
                    + "satu dari buku manualnya"
            )
        }
    }
}
