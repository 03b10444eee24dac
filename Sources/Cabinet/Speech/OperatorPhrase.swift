/// What the operator's page says, beside the words of `gateway status`.
package enum OperatorPhrase: Phrase {
    case state, running, since, buses, destinations, events, journal, box, configuration
    case load, latency, lost, missed, why, today, month, files, noEvents, time, event, device, details
    case sameAsDisk, differsFromDisk, onlyRunning, onlyDisk, unreadable, reload, noHistory
    case stored, waiting, disk, sinceStart, uplink, readings, failures, version
    case memory, temperature, uptime

    package var wording: Wording {
        switch self {
        case .state: Wording("STATE", "KEADAAN")
        case .running: Wording("Runs since %1, version %2, epoch %3", "Berjalan sejak %1, versi %2, epoch %3")
        case .since: Wording("since %1", "sejak %1")
        case .buses: Wording("Lines and brokers", "Jalur dan broker")
        case .destinations: Wording("Destinations", "Tujuan")
        case .events: Wording("Events", "Kejadian")
        case .journal: Wording("Journal, clock, box", "Jurnal, jam, kotak")
        case .box: Wording("BOX", "KOTAK")
        case .configuration: Wording("Configuration", "Konfigurasi")
        case .load: Wording("load", "beban")
        case .latency: Wording("half within, 99 % within", "waktu jawab: median, P99")
        case .lost: Wording("lost", "hilang")
        case .missed: Wording("skipped", "terlewat")
        case .why: Wording("WHY", "SEBAB")
        case .today: Wording("today %1", "hari ini %1")
        case .month: Wording("this month %1", "bulan ini %1")
        case .files: Wording("Files as they were read", "File seperti saat dibaca")
        case .noEvents: Wording("no events yet", "belum ada kejadian")
        case .time: Wording("TIME", "WAKTU")
        case .event: Wording("EVENT", "KEJADIAN")
        case .device: Wording("DEVICE", "PERANGKAT")
        case .details: Wording("DETAILS", "RINCIAN")
        case .sameAsDisk:
            Wording("The gateway runs with what stands in the files.", "Gateway berjalan sesuai isi file.")
        case .differsFromDisk:
            Wording(
                "The files have changed since the gateway read them: `gateway check`, then `systemctl reload gateway`.",
                "File sudah berubah sejak dibaca gateway: `gateway check`, lalu `systemctl reload gateway`."
            )
        case .onlyRunning: Wording("running, no longer in the file", "berlaku, tidak ada lagi di file")
        case .onlyDisk: Wording("in the file, not running yet", "di file, belum berlaku")
        case .unreadable:
            Wording(
                "This process may not read %1, so it cannot compare.",
                "Proses ini tidak boleh membaca %1, jadi tidak bisa membandingkan."
            )
        case .reload: Wording("What differs", "Yang berbeda")
        case .noHistory:
            Wording(
                "This gateway keeps no history yet: it begins at its start.",
                "Belum ada riwayat: riwayat dimulai sejak gateway berjalan."
            )
        case .stored: Wording("%1 of %2 used, %3 entries stored", "%1 dari %2 terpakai, %3 entri tersimpan")
        case .waiting: Wording("%1 in memory, not on the disk yet", "%1 di memori, belum di disk")
        case .disk: Wording("disk free: %1 of %2", "ruang disk kosong: %1 dari %2")
        case .sinceStart: Wording("requests %1, errors %2", "permintaan %1, error %2")
        case .uplink: Wording("UPLINK", "PEMAKAIAN DATA")
        case .readings: Wording("READINGS", "PEMBACAAN")
        case .failures: Wording("FAILED", "GAGAL")
        case .version: Wording("Version", "Versi")
        case .memory: Wording("memory free: %1 of %2", "memori kosong: %1 dari %2")
        case .temperature: Wording("temperature: %1 °C", "suhu: %1 °C")
        case .uptime: Wording("on for %1", "menyala selama %1")
        }
    }
}
