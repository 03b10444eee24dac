/// What a probe says while a display's values settle what a profile leaves open.
package enum SettlePhrase: Phrase {
    case writeHelp, needsProfile, noFile, nothingOpen, noValue, noWay, settledNumbering, settledOrder, settledTable
    case openNumbering, openOrder, openTable, ask, written, addWrite, reading, silent, title, ownOrder

    package var wording: Wording {
        switch self {
        case .writeHelp:
            Wording(
                "With --expect POINT=VALUE: write the numbering and word order that fit into the profile.",
                "Dengan --expect TITIK=NILAI: tulis penomoran dan urutan word yang cocok ke profil."
            )
        case .needsProfile:
            Wording(
                "--write goes with --profile NAME and --expect POINT=VALUE",
                "--write dipakai bersama --profile NAMA dan --expect TITIK=NILAI"
            )
        case .noFile:
            Wording("no file %1.yaml in %2", "tidak ada file %1.yaml di %2")
        case .nothingOpen:
            Wording("%1 leaves nothing open to settle", "%1 tidak menyisakan yang perlu dipastikan")
        case .title:
            Wording(
                "Reading %1 in every way that %2 leaves open:",
                "Membaca %1 dengan semua cara yang masih terbuka di %2:"
            )
        case .reading: Wording("%1 shows %2", "%1 menunjukkan %2")
        case .silent:
            Wording(
                "The device answered none of these registers: check the line with `gateway probe --scan`.",
                "Perangkat tidak menjawab satu pun register ini: periksa jalurnya dengan `gateway probe --scan`."
            )
        case .noValue: Wording("no point %1 has registers of its own", "titik ukur %1 tidak punya register sendiri")
        case .ownOrder:
            Wording(
                "%1 has a word order of its own, which says nothing about the others; take another point",
                "%1 punya urutan word sendiri, yang tidak berlaku bagi yang lain; pakai titik ukur lain"
            )
        case .noWay:
            Wording(
                "No numbering and word order show %1. Compare type and factor with the manual, or search: --expect %2 "
                    + "without the point's name.",
                "Tidak ada penomoran dan urutan word yang menunjukkan %1. Bandingkan tipe dan faktornya dengan manual, "
                    + "atau cari: --expect %2 tanpa nama titik ukur."
            )
        case .settledNumbering: Wording("numbering: %1", "penomoran: %1")
        case .settledOrder: Wording("word order: %1", "urutan word: %1")
        case .settledTable: Wording("table: %1 registers", "tabel: register %1")
        case .openNumbering:
            Wording(
                "The numbering is still open: both neighbours show it. Take another point or a moment when it differs.",
                "Penomoran masih terbuka: dua register bertetangga menunjukkannya. Coba titik ukur atau saat lain."
            )
        case .openOrder:
            Wording(
                "The word order is still open: take a value of two registers that is large or has decimals.",
                "Urutan word masih terbuka: pakai nilai dua register yang besar atau berdesimal."
            )
        case .openTable:
            Wording(
                "Holding and input registers show the same: either may be written.",
                "Holding dan input register menunjukkan hal yang sama: tulis salah satu."
            )
        case .ask: Wording("Write this into %1? [y/N] ", "Tulis ini ke %1? [y/T] ")
        case .written: Wording("%1 is written.", "%1 ditulis.")
        case .addWrite: Wording("Add --write to have it written into %1.", "Tambahkan --write agar ditulis ke %1.")
        }
    }
}
