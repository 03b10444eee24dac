/// The help of `gateway-city`.
package enum CityHelpPhrase: Phrase {
    case gatewayCity, config, collect, check

    package var wording: Wording {
        switch self {
        case .gatewayCity:
            Wording(
                "Every gateway's readings of a city in one PostgreSQL, provably complete.",
                "Pembacaan semua gateway satu kota dalam satu PostgreSQL, terbukti lengkap."
            )
        case .config:
            Wording("The city's configuration.", "Konfigurasi kota.")
        case .collect:
            Wording(
                "Collect until stopped: a message is answered after its transaction is committed.",
                "Mengumpulkan sampai dihentikan: pesan baru dijawab setelah transaksinya di-commit."
            )
        case .check:
            Wording(
                "Read the configuration and say what is wrong in it.",
                "Baca konfigurasi dan sebutkan apa yang salah di dalamnya."
            )
        }
    }
}
