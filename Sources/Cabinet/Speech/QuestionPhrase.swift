/// What a page says where a person asks a device.
package enum QuestionPhrase: Phrase {
    case heading, askNow, watch, compare, record, pin, display, point, by, displayHint, explained
    case noPIN, reportsItself, atWork, configurationWrong
    case asked, soFar, watching, compared, agrees, differs, searching, recordOf, download
    case printHint, appendix
    case noDisplay, noName, pinHint

    package var wording: Wording {
        switch self {
        case .heading: Wording("Ask the device", "Tanya perangkat")
        case .askNow: Wording("Ask now", "Tanya sekarang")
        case .watch: Wording("Watch for 60 s", "Pantau 60 detik")
        case .compare: Wording("Compare with the display", "Cocokkan layar")
        case .record: Wording("Make the record", "Buat berita acara")
        case .pin: Wording("PIN", "PIN")
        case .pinHint: Wording("of this box", "kotak ini")
        case .display: Wording("The display shows", "Angka di layar")
        case .displayHint: Wording("such as 12.43 L/s", "misalnya 12,43 L/s")
        case .point: Wording("Value", "Besaran")
        case .by: Wording("Inspected by", "Diperiksa oleh")
        case .explained:
            Wording(
                "The gateway asks between two of its polls. Nothing is written to the device.",
                "Gateway bertanya di antara dua polling. Tidak ada yang ditulis ke perangkat."
            )
        case .noPIN:
            Wording(
                "To ask from here, put a PIN into a file and name it with page.pin_file; or use `gateway probe %1`.",
                "Untuk bertanya dari sini, simpan PIN dalam file dan sebutkan di page.pin_file; atau pakai `gateway "
                    + "probe %1`."
            )
        case .reportsItself:
            Wording(
                "%1 reports by itself and cannot be asked; `gateway probe %1` listens to it.",
                "%1 melapor sendiri dan tidak bisa ditanya; `gateway probe %1` mendengarkannya."
            )
        case .atWork:
            Wording(
                "Another question is being asked: try again when it is over.",
                "Pertanyaan lain sedang berjalan: coba lagi setelah selesai."
            )
        case .configurationWrong:
            Wording(
                "The configuration on disk cannot be used: %1",
                "Konfigurasi di disk tidak bisa dipakai: %1"
            )
        case .asked: Wording("%1: asked just now", "%1: baru saja ditanya")
        case .soFar: Wording("%1 of %2 s", "%1 dari %2 detik")
        case .watching: Wording("%1: watched for 60 s", "%1: dipantau 60 detik")
        case .compared: Wording("%1: display and reading", "%1: layar dan pembacaan")
        case .agrees: Wording("AGREES", "COCOK")
        case .differs: Wording("DIFFERS by %1", "BEDA %1")
        case .searching: Wording("Found in the registers", "Ditemukan di register")
        case .recordOf: Wording("Record of %1", "Berita acara %1")
        case .download: Wording("The record for `gateway verify` (JSON)", "Berita acara untuk `gateway verify` (JSON)")
        case .printHint:
            Wording(
                "Print this page, or save it as PDF: people sign page one.",
                "Cetak halaman ini atau simpan sebagai PDF: tanda tangan di halaman satu."
            )
        case .appendix: Wording("Appendix", "Lampiran")
        case .noDisplay:
            Wording(
                "What does the display show? \"%1\" is no number: %2",
                "Berapa angka di layar? \"%1\" tidak terbaca: %2"
            )
        case .noName:
            Wording("Who inspects? The record needs a name.", "Siapa yang memeriksa? Berita acara perlu nama.")
        }
    }
}
