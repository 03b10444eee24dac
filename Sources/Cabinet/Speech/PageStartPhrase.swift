/// What the page process says where it cannot begin.
package enum PageStartPhrase: Phrase {
    case notServed, noAddress, shortPIN, noPINFile, needsPIN, noProgram

    package var wording: Wording {
        switch self {
        case .notServed:
            Wording(
                "the pages cannot be served on %1: %2; another program may have that port (`ss -ltnp`), or name "
                    + "another with page.listen",
                "halaman tidak bisa disajikan di %1: %2; mungkin port itu dipakai program lain (`ss -ltnp`), atau "
                    + "sebutkan yang lain di page.listen"
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
