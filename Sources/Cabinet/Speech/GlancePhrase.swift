/// What the page for the city's leaders says, and the page of one figure.
package enum GlancePhrase: Phrase {
    case title, titleOfNoCity, dataUntil, allSites, water, waste, mobility, environment
    case target, noTarget, met, missed, open, soFar, unsure, noData, data, registered
    case notInstalled, notVerified, days, theme, figure, value, state, line, history
    case window, hour, day, month, year, quarterHour
    case madeOf, expected, received, counted, excluded, unverified, method, from, to, ranges, devices, parts
    case noFigures, baseline, reason, lostIncreases, unitsActive

    package var wording: Wording {
        switch self {
        case .title: Wording("%1: figures", "Angka %1")
        case .titleOfNoCity: Wording("The city's figures", "Angka kota")
        case .dataUntil: Wording("data until %1", "data s.d. %1")
        case .allSites: Wording("all sites of this box", "semua lokasi kotak ini")
        case .water: Wording("Water", "Air")
        case .waste: Wording("Waste", "Sampah")
        case .mobility: Wording("Traffic", "Lalu lintas")
        case .environment: Wording("Environment", "Lingkungan")
        case .target: Wording("target %1", "target %1")
        case .noTarget: Wording("no target", "tanpa target")
        case .met: Wording("REACHED", "TERCAPAI")
        case .missed: Wording("NOT YET", "BELUM")
        case .open: Wording("GOES ON", "BERJALAN")
        case .soFar: Wording("%1 so far: %2", "%1 sejauh ini: %2")
        case .unsure: Wording("not certain yet", "belum pasti")
        case .noData: Wording("no data", "belum ada data")
        case .data: Wording("data %1", "data %1")
        case .registered: Wording("%1 of %2", "%1 dari %2")
        case .notInstalled: Wording("not installed yet: %1", "belum terpasang: %1")
        case .notVerified: Wording("not verified yet: %1", "belum diverifikasi: %1")
        case .days: Wording("the last %1", "%1 terakhir")
        case .theme: Wording("Theme", "Tema")
        case .figure: Wording("Figure", "Angka")
        case .value: Wording("Value", "Nilai")
        case .state: Wording("State", "Keadaan")
        case .line: Wording("Before", "Sebelumnya")
        case .history: Wording("The windows before", "Jangka waktu sebelumnya")
        case .window: Wording("Window", "Jangka waktu")
        case .quarterHour: Wording("15 minutes", "15 menit")
        case .hour: Wording("hour", "jam")
        case .day: Wording("day", "hari")
        case .month: Wording("month", "bulan")
        case .year: Wording("year", "tahun")
        case .madeOf: Wording("What it was made of", "Dasar perhitungan")
        case .expected: Wording("readings expected", "data yang diharapkan")
        case .received: Wording("received", "diterima")
        case .counted: Wording("counted", "dihitung")
        case .excluded: Wording("received, not counted", "diterima tetapi tidak dihitung")
        case .unverified: Wording("of devices not verified", "dari perangkat yang belum diverifikasi")
        case .method: Wording("method", "metode")
        case .from: Wording("from", "dari")
        case .to: Wording("to", "sampai")
        case .ranges: Wording("readings, by their numbers", "data menurut nomornya")
        case .devices: Wording("devices", "perangkat")
        case .parts: Wording("by part", "menurut bagian")
        case .noFigures:
            Wording(
                "There are no figures of this window: `gateway check` says which devices feed none.",
                "Tidak ada angka untuk jangka waktu ini: `gateway check` menyebut perangkat yang tidak mengisi angka."
            )
        case .baseline: Wording("baseline %1: %2", "nilai awal %1: %2")
        case .reason: Wording("reason", "alasan")
        case .lostIncreases:
            Wording("lost increases of counters: %1", "kenaikan penghitung yang hilang: %1")
        case .unitsActive: Wording("active units %1 of %2", "unit aktif %1 dari %2")
        }
    }
}
