/// What the city's HTTP and its pages say.
package enum CityHTTPPhrase: Phrase {
    case cityOf, fleet, city, data, dataUntil, wholeCity, noFigures, gateways, silent, silentNames, days, noDays
    case unknownColumn, unknownOperator, notForColumn, noNumber, badValue, noSuchPath, foreign, onlyRead
    case tooBusy, tooLong, noDatabase, refused
    case jsonRows, csvRows, filter, select, order, limit, offset

    package var wording: Wording {
        switch self {
        case .cityOf: Wording("City of %1", "Kota %1")
        case .fleet: Wording("Gateways", "Gateway")
        case .city: Wording("City", "Kota")
        case .data: Wording("Data", "Data")
        case .dataUntil: Wording("made %1", "dibuat %1")
        case .wholeCity: Wording("the whole city", "seluruh kota")
        case .noFigures:
            Wording(
                "There are no figures of this window and area yet.",
                "Belum ada angka untuk jangka waktu dan wilayah ini."
            )
        case .gateways: Wording("gateways: %1", "gateway: %1")
        case .silent: Wording("%1 silent", "%1 diam")
        case .silentNames: Wording("Silent gateways: %1", "Gateway yang diam: %1")
        case .days:
            Wording(
                "%1: complete %2, given up %3, open %4, incomplete %5",
                "%1: lengkap %2, dilepas %3, terbuka %4, kurang %5"
            )
        case .noDays:
            Wording("No day has a verdict yet.", "Belum ada hari yang dinilai.")
        case .unknownColumn: Wording("there is no column %1 in %2", "kolom %1 tidak ada di %2")
        case .unknownOperator:
            Wording(
                "%1 is none of eq, neq, gt, gte, lt, lte, like, ilike, in, is, not, asc, desc",
                "%1 bukan salah satu dari eq, neq, gt, gte, lt, lte, like, ilike, in, is, not, asc, desc"
            )
        case .notForColumn: Wording("%1 does not go with the column %2", "%1 tidak cocok untuk kolom %2")
        case .noNumber: Wording("%2: %1 is out of range", "%2: %1 di luar rentang")
        case .badValue: Wording("a value does not fit its column: %1", "sebuah nilai tidak cocok dengan kolomnya: %1")
        case .noSuchPath:
            Wording("there is no such address; see /openapi.json", "alamat itu tidak ada; lihat /openapi.json")
        case .foreign: Wording("another site may be behind this request", "mungkin situs lain di balik permintaan ini")
        case .onlyRead: Wording("only reading is possible here", "data di sini hanya bisa dibaca")
        case .tooBusy: Wording("too many questions wait: try again", "terlalu banyak pertanyaan menunggu: coba lagi")
        case .tooLong:
            Wording(
                "the answer takes too long: ask for a shorter time or fewer rows",
                "jawabannya terlalu lama: minta waktu yang lebih pendek atau baris yang lebih sedikit"
            )
        case .noDatabase: Wording("the database does not answer: %1", "basis data tidak menjawab: %1")
        case .refused: Wording("the database refused: %1", "basis data menolak: %1")
        case .jsonRows: Wording("The rows", "Baris-barisnya")
        case .csvRows: Wording("The rows as CSV with a header", "Baris sebagai CSV dengan judul kolom")
        case .filter:
            Wording(
                "%1. A filter: eq.VALUE, gte.VALUE, in.(A,B), like.A*, is.null, not.eq.VALUE",
                "%1. Saringan: eq.NILAI, gte.NILAI, in.(A,B), like.A*, is.null, not.eq.NILAI"
            )
        case .select: Wording("Columns, separated by commas", "Kolom, dipisah koma")
        case .order: Wording("Columns to sort by: waktu.desc,titik", "Kolom pengurut: waktu.desc,titik")
        case .limit: Wording("Rows at most", "Jumlah baris paling banyak")
        case .offset: Wording("Rows to leave out before the first", "Baris yang dilewati sebelum yang pertama")
        }
    }
}
