@testable import Speech
import Testing

/// The words that people in the field chose; each is said in one way everywhere.
@Suite struct `Indonesian words` {
    @Test(
        arguments: [
            (Sentence(ProbePhrase.fault), "gangguan"), (Sentence(ProbePhrase.next), "cek:"),
            (Sentence(ProbePhrase.devices, "2", "1", "1"), "2 perangkat: 1 baik, 1 bermasalah"),
            (
                Sentence(ScanPhrase.found, "1", "9600 8N1", "5 ms"),
                "ditemukan: unit 1 pada 9600 8N1, menjawab dalam 5 ms"
            ),
            (
                Sentence(ScanPhrase.summary, .text("2"), .text("302"), .text("302"), .duration(.milliseconds(91_700))),
                "2 ditemukan; 302 dari 302 dicoba dalam 91,7 s"
            ),
            (Sentence(ScanPhrase.proposal, "..."), "Langkah berikut: gateway probe ..."),
            (Sentence(FaultPhrase.garbage, "F8"), "yang diterima bukan frame Modbus: F8"),
            (Sentence(ScanPhrase.garbled, "1", "9600 8N1", "F8"), "tidak terbaca: unit 1 pada 9600 8N1: F8"),
            (Sentence(FaultPhrase.checksumsOfAll, "4", "4"), "CRC salah pada 4 dari 4 jawaban, pendek maupun panjang"),
            (Sentence(RecordPhrase.frames), "Lampiran: frame mentah (> dikirim, < diterima)"),
            (Sentence(RecordPhrase.comparisons), "Kondisi saat diperiksa: layar dan pembacaan"),
            (Sentence(RecordPhrase.clockUnsure), "jam gateway BELUM sinkron (NTP)"),
            (Sentence(RecordPhrase.none), "belum diisi"),
            (Sentence(RawReadPhrase.from0), "alamat"), (Sentence(RawReadPhrase.from1), "nomor"),
            (
                Sentence(WatchPhrase.load, "rs485-1", "6,5 %", "15"),
                "rs485-1: polling memakai 6,5 % kapasitas jalur; masih muat 15 kali lipat"
            ),
            (
                Sentence(DevicePhrase.vouchedAgainst, "discharge", "status", "0x49", "0x52"),
                "nilai discharge belum dapat dipercaya: status = 0x49, seharusnya 0x52"
            ),
        ] as [(Sentence, String)]
    )
    func `are those of the field`(_ sentence: Sentence, _ words: String) {
        #expect(sentence.text(in: .id) == words)
    }

    @Test(
        arguments: [
            (FaultPhrase.checkNoise.wording, "beban yang sering hidup-mati di dekatnya (pompa, kontaktor)"),
            (FaultPhrase.checkNoise.wording, "shield kabel, ground bersama, resistor bias"),
            (FaultPhrase.checkFromPower.wording, "Untuk mencari ID, baud dan paritas: `gateway probe --scan"),
            (ExpectationPhrase.widen.wording, "Benar besaran ini yang dicari, dan angkanya tidak sedang berubah?"),
            (ExpectationPhrase.found.wording, "diurutkan dari yang paling mungkin"),
            (ExpectationPhrase.unsure.wording, "Pastikan: nilainya harus ikut berubah dengan layar"),
            (ExpectationPhrase.avoided.wording, "menurut profil, membacanya memicu aksi di alat"),
        ]
    )
    func `stand in longer sentences too`(_ wording: Wording, _ words: String) {
        #expect(wording.indonesian.contains(words), "\(wording.indonesian)")
    }

    @Test(
        arguments: [
            "gerbang", "tampilan", "galat", "bingkai", "ketemu", "kacau", "boks", "berkas", "balasan", "saluran",
            "peristiwa", "sasaran", "jendela", "mesin ini", "muat ulang",
        ]
    )
    func `have one word for one thing`(_ other: String) {
        for catalogue in `Everything said to a person`.catalogues {
            for wording in `Everything said to a person`.wordings(catalogue) {
                #expect(!wording.indonesian.lowercased().contains(other), "\(wording.indonesian)")
            }
        }
    }
}
