/// What the programs with pages say where they cannot begin.
package enum PageStartPhrase: Phrase {
    case addressTaken, notServed, noAddress, shortPIN, noPINFile, needsPIN, noProgram

    package var wording: Wording {
        switch self {
        case .addressTaken:
            Wording(
                "%1 is in use by another program; name another address in %2, or stop that program (`sudo ss -ltnp` "
                    + "shows which it is)",
                "%1 sedang dipakai program lain; sebutkan alamat lain di %2, atau hentikan program itu (`sudo ss "
                    + "-ltnp` menunjukkan program mana)"
            )
        case .notServed:
            Wording(
                "the pages cannot be served on %1: %2; name another address in %3",
                "halaman tidak bisa disajikan di %1: %2; sebutkan alamat lain di %3"
            )
        case .noAddress:
            Wording(
                "\"%1\" is no IP address with a port, such as 127.0.0.1:8080 or [::1]:8080",
                "\"%1\" bukan alamat IP dengan port, misalnya 127.0.0.1:8080 atau [::1]:8080"
            )
        case .shortPIN:
            Wording(
                "the PIN in %1 has fewer than 6 characters: choose a longer one",
                "PIN di %1 kurang dari 6 karakter: pilih yang lebih panjang"
            )
        case .noPINFile:
            Wording("the PIN in %1 cannot be read: %2", "PIN di %1 tidak bisa dibaca: %2")
        case .needsPIN:
            Wording(
                "other machines can reach %1: name a file with a PIN in page.pin_file first",
                "komputer lain bisa menjangkau %1: sebutkan dulu file berisi PIN di page.pin_file"
            )
        case .noProgram:
            Wording(
                "the program of the pages is not beside this one (%1): install it too",
                "program halaman tidak ada di samping program ini (%1): pasang juga"
            )
        }
    }
}

extension PageStartPhrase {
    /// Why nothing is served at an address.
    ///
    /// - Parameters:
    ///   - isTaken: another program listens there.
    ///   - words: the system's.
    ///   - key: of the configuration, which names the address.
    package static func unserved(at address: String, isTaken: Bool, words: String, key: String) -> Sentence {
        isTaken
            ? Sentence(addressTaken, address, key)
            : Sentence(notServed, .text(address), .words(words), .text(key))
    }
}
