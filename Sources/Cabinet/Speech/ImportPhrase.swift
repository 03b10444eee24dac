/// What an import says about a table.
package enum ImportPhrase: Phrase {
    case noAddress, emptyAddress, onlyWritten, noTypeWord, contradiction, formula, stringLength, unreadable
    case unknownUnit, openUnit, unknownFactor, factorSense, unknownOrder, unknownTable, unknownValues, missingType
    case dropped, maxRate, noRows, noAddressColumn, columns, unknownHead, referenceForm, hexadecimal, notRead
    case line, written, noPoint, blanks, settle, settleThen, exists, mapping, more, encoding

    package var wording: Wording {
        switch self {
        case .noAddress: Wording("\"%1\" is no address", "\"%1\" bukan alamat")
        case .emptyAddress: Wording("has no address", "tidak ada alamatnya")
        case .onlyWritten:
            Wording("is only written; the gateway never writes", "hanya untuk ditulis; gateway tidak pernah menulis")
        case .noTypeWord: Wording("the type \"%1\" is not known", "tipe \"%1\" tidak dikenal")
        case .contradiction:
            Wording(
                "%1 does not fit %2 registers: one of the two is wrong",
                "%1 tidak cocok dengan %2 register: salah satunya keliru"
            )
        case .formula:
            Wording(
                "the formula \"%1\" is not understood; write scale and offset, if that is all it says",
                "rumus \"%1\" tidak dipahami; tulis scale dan offset kalau hanya itu isinya"
            )
        case .stringLength:
            Wording("a text needs a length: how many registers?", "teks perlu panjang: berapa register?")
        case .unreadable: Wording("the profile's reader refuses it: %1", "ditolak pembaca profil: %1")
        case .unknownUnit: Wording("the unit \"%1\" is not known", "satuan \"%1\" tidak dikenal")
        case .openUnit:
            Wording(
                "the unit \"%1\" has more than one meaning; if it is that, write unit: %2",
                "satuan \"%1\" punya lebih dari satu arti; kalau itu maksudnya, tulis unit: %2"
            )
        case .unknownFactor: Wording("the factor \"%1\" is not understood", "faktor \"%1\" tidak dipahami")
        case .factorSense:
            Wording(
                "the table does not say whether \"%1\" multiplies or divides; --factor times or --factor divided says "
                    + "it for all",
                "tabel tidak menyebut apakah \"%1\" mengalikan atau membagi; --factor times atau --factor divided "
                    + "berlaku untuk semua"
            )
        case .unknownOrder:
            Wording("the word order \"%1\" is not understood", "urutan word \"%1\" tidak dipahami")
        case .unknownTable:
            Wording(
                "\"%1\" names neither holding nor input registers, coils nor discrete inputs",
                "\"%1\" bukan holding register, input register, coil, atau discrete input"
            )
        case .unknownValues:
            Wording("the values \"%1\" are not understood", "arti nilai \"%1\" tidak dipahami")
        case .missingType:
            Wording(
                "the type is missing; --type WORD says it for all",
                "tipenya tidak ada; --type KATA berlaku untuk semua"
            )
        case .dropped: Wording("%1 is left out: %2", "%1 tidak ikut: %2")
        case .maxRate:
            Wording(
                "a total needs max_rate: the most that can be added in a second",
                "total perlu max_rate: paling banyak berapa bertambah dalam sedetik"
            )
        case .noRows: Wording("holds no rows", "tidak berisi baris")
        case .noAddressColumn:
            Wording(
                "no row names the columns: an address and one thing more; the first row has: %1. Say it with --map "
                    + "HEAD=address",
                "tidak ada baris judul kolom: alamat dan satu lagi; baris pertama berisi: %1. Sebutkan dengan --map "
                    + "JUDUL=address"
            )
        case .columns: Wording("columns: %1", "kolom: %1")
        case .unknownHead:
            Wording(
                "the column \"%1\" is not used; --map \"%1=KEY\" says what it holds",
                "kolom \"%1\" tidak dipakai; --map \"%1=KUNCI\" menyebut isinya"
            )
        case .referenceForm:
            Wording(
                "numbers such as 40001 are taken for references: 4 is the holding registers, 0001 the first of them",
                "nomor seperti 40001 dianggap acuan: 4 berarti holding register, dan 0001 yang pertama"
            )
        case .hexadecimal:
            Wording(
                "hexadecimal addresses mostly count from 0, but the table does not say so",
                "alamat heksadesimal biasanya mulai dari 0, tetapi tabel tidak menyebutnya"
            )
        case .notRead: Wording("%1 is not read", "%1 tidak dibaca")
        case .line: Wording("line %1", "baris %1")
        case .written:
            Wording(
                "%1 is written: %2 of %3 rows became points, %4 of them with nothing left to do.",
                "%1 ditulis: %2 dari %3 baris menjadi titik ukur, %4 di antaranya sudah lengkap."
            )
        case .noPoint:
            Wording(
                "no row of %1 became a point; nothing is written",
                "tidak ada baris %1 yang menjadi titik ukur; tidak ada yang ditulis"
            )
        case .blanks:
            Wording(
                "Still blank in it, marked TODO: %1. `gateway check` names each one.",
                "Yang masih kosong, bertanda TODO: %1. `gateway check` menyebutnya satu per satu."
            )
        case .settle:
            Wording(
                "Settle numbering and word order at the device, with a value of its display in place of VALUE:",
                "Pastikan penomoran dan urutan word di perangkat, dengan angka di layarnya sebagai ganti NILAI:"
            )
        case .settleThen:
            Wording(
                "A second --expect with another point makes it surer.",
                "--expect kedua dengan titik ukur lain membuatnya lebih pasti."
            )
        case .exists:
            Wording("%1 exists; name another file with --output", "%1 sudah ada; sebutkan file lain dengan --output")
        case .mapping:
            Wording("--map \"%1\": HEAD=KEY; keys: %2", "--map \"%1\": JUDUL=KUNCI; kuncinya: %2")
        case .encoding:
            Wording(
                "%1 is no UTF-8; it is read as %2: look at signs such as ° and ³",
                "%1 bukan UTF-8; dibaca sebagai %2: periksa tanda seperti ° dan ³"
            )
        case .more: Wording("... and %1 more; they stand in the file", "... dan %1 lagi; ada di dalam file")
        }
    }
}
