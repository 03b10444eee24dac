/// The help of `gateway-city`.
package enum CityHelpPhrase: Phrase {
    case gatewayCity, config, collect, check, complete, gateway, day, ask, json, merge

    package var wording: Wording {
        switch self {
        case .gatewayCity:
            Wording(
                "Every gateway's readings of a city in one PostgreSQL, provably complete.",
                "Pembacaan semua gateway satu kota dalam satu PostgreSQL, terbukti lengkap."
            )
        case .config: Wording("The city's configuration.", "Konfigurasi kota.")
        case .collect:
            Wording(
                "Collect until stopped: a message is answered after its transaction is committed.",
                "Kumpulkan data sampai dihentikan: pesan baru dijawab setelah transaksinya di-commit."
            )
        case .check:
            Wording(
                "Read the configuration and the catalogue of indicators, and say what is wrong in them.",
                "Baca konfigurasi dan katalog indikator, lalu sebutkan apa yang salah di dalamnya."
            )
        case .complete:
            Wording(
                "Say whether all of a day is there, what is not, and why; exit 1 where something is not.",
                "Katakan apakah semua data satu hari ada, apa yang tidak, dan mengapa; kode keluar 1 kalau ada "
                    + "yang kurang."
            )
        case .gateway: Wording("One gateway; all without it.", "Satu gateway; semua kalau tidak disebut.")
        case .day:
            Wording("The day, YYYY-MM-DD; yesterday without it.", "Hari, YYYY-MM-DD; kemarin kalau tidak disebut.")
        case .ask:
            Wording(
                "Ask the gateways once more for what a broker has lost.",
                "Minta lagi dari gateway apa yang hilang di broker."
            )
        case .json: Wording("A line of JSON each.", "Satu baris JSON untuk masing-masing.")
        case .merge:
            Wording(
                "Merge the gateways' figures to those of the city, and show the newest.",
                "Gabungkan angka semua gateway menjadi angka kota, dan tampilkan yang terbaru."
            )
        }
    }
}
