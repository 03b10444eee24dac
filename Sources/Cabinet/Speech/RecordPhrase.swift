/// What a commissioning record says to its reader.
enum RecordPhrase: Phrase {
    case title
    case device, site, serial, gateway, profile, line, time, by, result
    case withHash, unit, until, clockRight, clockUnsure
    case inNoConfiguration, none
    case pass, fail
    case comparisons, notCompared, pointColumn, displayColumn, readingColumn, differenceColumn, agrees, differs
    case readings
    case communication, requests, latency
    case frames, messages, retained
    case signatures, inspected, acknowledged

    var wording: Wording {
        switch self {
        case .title: Wording("COMMISSIONING RECORD", "BERITA ACARA PEMERIKSAAN PERANGKAT")
        case .device: Wording("Device", "Perangkat")
        case .site: Wording("Site", "Lokasi")
        case .serial: Wording("Serial number", "Nomor seri")
        case .gateway: Wording("Gateway", "Gateway")
        case .profile: Wording("Profile", "Profil")
        case .line: Wording("Line", "Jalur")
        case .time: Wording("Time", "Waktu")
        case .by: Wording("Inspected by", "Diperiksa oleh")
        case .result: Wording("Result", "Hasil")
        case .withHash: Wording("%1, hash %2", "%1, hash %2")
        case .unit: Wording("%1, unit %2", "%1, unit %2")
        case .until: Wording("%1 to %2", "%1 sampai %2")
        case .clockRight: Wording("clock OK", "jam gateway OK")
        case .clockUnsure: Wording("clock NOT set by NTP", "jam gateway BELUM sinkron (NTP)")
        case .inNoConfiguration: Wording("in no configuration yet", "belum ada di konfigurasi")
        case .none: Wording("not given", "belum diisi")
        case .pass: Wording("PASSED", "LULUS")
        case .fail: Wording("FAILED", "GAGAL")
        case .comparisons: Wording("As found: display against reading", "Kondisi saat diperiksa: layar dan pembacaan")
        case .notCompared: Wording("No display was compared.", "Layar perangkat tidak dibandingkan.")
        case .pointColumn: Wording("point", "titik ukur")
        case .displayColumn: Wording("display", "layar")
        case .readingColumn: Wording("reading", "pembacaan")
        case .differenceColumn: Wording("difference", "selisih")
        case .agrees: Wording("agrees", "sesuai")
        case .differs: Wording("DIFFERS", "BERBEDA")
        case .readings: Wording("Last readings", "Pembacaan terakhir")
        case .communication: Wording("Communication, rounds: %1", "Komunikasi, putaran: %1")
        case .requests:
            Wording(
                "requests: %1, answered: %2; timeouts: %3, CRC errors: %4, exceptions: %5, others: %6; error rate: "
                    + "%7 %",
                "permintaan: %1, dijawab: %2; tanpa jawaban: %3, error CRC: %4, exception: %5, lainnya: %6; tingkat "
                    + "error: %7 %"
            )
        case .latency:
            Wording(
                "latency: median %1 ms, p99 %2 ms, longest %3 ms",
                "latensi: median %1 ms, p99 %2 ms, terlama %3 ms"
            )
        case .frames:
            Wording(
                "Appendix: raw frames (> sent, < received)",
                "Lampiran: frame mentah (> dikirim, < diterima)"
            )
        case .messages: Wording("Appendix: messages as they came", "Lampiran: pesan MQTT apa adanya")
        case .retained: Wording("%1 (retained: an old one)", "%1 (retained: pesan lama)")
        case .signatures: Wording("Signatures", "Tanda tangan")
        case .inspected: Wording("Inspected by: %1", "Diperiksa oleh: %1")
        case .acknowledged: Wording("Acknowledged by: %1", "Mengetahui: %1")
        }
    }
}
