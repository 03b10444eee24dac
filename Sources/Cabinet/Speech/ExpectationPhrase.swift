/// What a search for the display's value says to a person.
enum ExpectationPhrase: Phrase {
    case nothingRead, nothingFound, widen, compareAgain
    case found, foundOnce, more, moreAlone
    case registerColumn, typeColumn, orderColumn, scaleColumn, unitColumn, readingColumn
    case paste, sure, unsure, fewDigits
    case ask, refused, notMoved, followed, noneFollows, waiting
    case zeroIsEverywhere, avoided, registersMayAct

    var wording: Wording {
        switch self {
        case .nothingRead: Wording("No register could be read.", "Tidak ada register yang terbaca.")
        case .nothingFound: Wording("%1 stands in none of %2 registers.", "%1 tidak ada di %2 register.")
        case .widen:
            Wording(
                "Is it the same quantity, and steady? Widen the search: --range holding:0-199, --tolerance 0.1.",
                "Benar besaran ini yang dicari, dan angkanya tidak sedang berubah? Perluas pencarian: --range "
                    + "holding:0-199, --tolerance 0.1."
            )
        case .compareAgain:
            Wording(
                "Is it the same quantity, and steady? Read the display once more, and compare again.",
                "Benar besaran ini yang dicari, dan angkanya tidak sedang berubah? Baca layar sekali lagi, lalu "
                    + "cocokkan lagi."
            )
        case .found:
            Wording(
                "%1 fits %2 readings of %3 registers; likeliest first",
                "%1 cocok dengan %2 bacaan dari %3 register; diurutkan dari yang paling mungkin"
            )
        case .foundOnce: Wording("%1 fits one reading of %2 registers", "%1 cocok dengan satu bacaan dari %2 register")
        case .more:
            Wording("and %1 less likely ones; --json shows all", "dan %1 yang kurang mungkin; --json menampilkan semua")
        case .moreAlone: Wording("and %1 less likely ones", "dan %1 yang kurang mungkin")
        case .registerColumn: Wording("register", "register")
        case .typeColumn: Wording("type", "tipe")
        case .orderColumn: Wording("order", "urutan")
        case .scaleColumn: Wording("scale", "skala")
        case .unitColumn: Wording("unit", "satuan")
        case .readingColumn: Wording("reads", "terbaca")
        case .paste: Wording("Paste under `points:` of the profile:", "Tempel di bawah `points:` pada profil:")
        case .sure: Wording("It follows the display.", "Nilai ini mengikuti layar.")
        case .unsure:
            Wording(
                "Sure only when it follows the display: ask again when the display shows another value (--confirm).",
                "Pastikan: nilainya harus ikut berubah dengan layar; ulangi saat layar menunjukkan nilai lain "
                    + "(--confirm)."
            )
        case .fewDigits:
            Wording(
                "So few digits fit by chance: use a value with three digits or more.",
                "Angka sependek ini sering cocok secara kebetulan: pakai nilai tiga angka atau lebih."
            )
        case .ask:
            Wording("The display now shows? (Enter ends) ", "Berapa yang tampil di layar sekarang? (Enter: selesai) ")
        case .refused: Wording("\"%1\": %2", "\"%1\": %2")
        case .notMoved:
            Wording("The display has not moved; wait until it does.", "Layar belum berubah; tunggu sampai berubah.")
        case .followed: Wording("%1 of %2 readings follow the display", "%1 dari %2 bacaan mengikuti layar")
        case .noneFollows:
            Wording(
                "None follows the display: type what it shows while it stands still, or search again.",
                "Tidak ada yang mengikuti layar: ketik nilainya saat diam, atau cari lagi."
            )
        case .waiting: Wording("waiting until %1 is read ...", "menunggu sampai %1 terbaca ...")
        case .zeroIsEverywhere:
            Wording(
                "0 stands in nearly every register: bring the display to another value first.",
                "0 ada di hampir semua register: buat layar menunjukkan nilai lain dulu."
            )
        case .avoided:
            Wording(
                "not read, for the profile says that reading them does something: %1",
                "tidak dibaca, karena menurut profil, membacanya memicu aksi di alat: %1"
            )
        case .registersMayAct:
            Wording(
                "Without a profile nobody knows whether a register acts when it is read; --range narrows what is read.",
                "Tanpa profil tidak diketahui apakah membaca suatu register memicu aksi di alat; --range membatasi "
                    + "yang dibaca."
            )
        }
    }
}
