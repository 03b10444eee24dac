/// What all pages say: states, headings, links.
package enum PagePhrase: Phrase {
    case skip, pages, hours, days, vehicles, carUnits, yes, no
    case technician, operatorPage, glance, map, device, settings
    case good, trouble, unsure, bad, nothingYet, unverified
    case clockGood, clockUnset
    case answering
    case sendsWell, waits, notConnected
    case silentSince, neverAnswered, check
    case ago, more, allPoints, tenMinutes, day, least, mean, greatest, noValues, asCSV
    case quiet, nobody, otherVersion, pinNeeded, wrongPIN, tooManyTries, noSuchPage, noSuchDevice, crossSite, tooBusy

    package var wording: Wording {
        switch self {
        case .skip: Wording("To the content", "Langsung ke isi")
        case .pages: Wording("Pages", "Halaman")
        case .hours: Wording("h", "jam")
        case .days: Wording("days", "hari")
        case .yes: Wording("yes", "ya")
        case .no: Wording("no", "tidak")
        case .carUnits: Wording("pcu/h", "smp/jam")
        case .vehicles: Wording("vehicles", "kendaraan")
        case .technician: Wording("Devices", "Perangkat")
        case .operatorPage: Wording("Operation", "Operasi")
        case .glance: Wording("City", "Kota")
        case .map: Wording("Map", "Peta")
        case .device: Wording("Device %1", "Perangkat %1")
        case .settings: Wording("Configuration", "Konfigurasi")
        case .good: Wording("GOOD", "BAIK")
        case .trouble: Wording("TROUBLE", "GANGGUAN")
        case .unsure: Wording("UNSURE", "MERAGUKAN")
        case .bad: Wording("BAD", "TIDAK SAH")
        case .nothingYet: Wording("NOTHING YET", "BELUM ADA")
        case .unverified: Wording("not verified: counts in no figure", "belum diverifikasi: tidak dihitung dalam angka")
        case .clockGood: Wording("clock OK", "jam OK")
        case .clockUnset: Wording("clock NOT set (NTP)", "jam BELUM sinkron (NTP)")
        case .answering: Wording("%1 of %2 answer", "%1 dari %2 menjawab")
        case .sendsWell: Wording("OK, %1 waiting", "OK, %1 antre")
        case .waits: Wording("%1 waiting since %2", "%1 antre sejak %2")
        case .notConnected: Wording("NOT connected, %1 waiting", "TIDAK tersambung, %1 antre")
        case .silentSince: Wording("no values since %1", "tidak ada nilai sejak %1")
        case .neverAnswered: Wording("no values yet", "belum ada nilai")
        case .check: Wording("check: %1", "cek: %1")
        case .ago: Wording("%1 ago", "%1 lalu")
        case .more: Wording("%1 more values", "%1 nilai lagi")
        case .allPoints: Wording("All values", "Semua nilai")
        case .tenMinutes: Wording("the last ten minutes", "sepuluh menit terakhir")
        case .day: Wording("24 hours", "24 jam")
        case .least: Wording("least", "terendah")
        case .mean: Wording("mean", "rata-rata")
        case .greatest: Wording("greatest", "tertinggi")
        case .noValues: Wording("no values in these 24 hours", "tidak ada nilai dalam 24 jam ini")
        case .asCSV: Wording("as CSV", "sebagai CSV")
        case .quiet:
            Wording(
                "No connection to this box: the values below may be old.",
                "Sambungan ke kotak ini terputus: nilai di bawah mungkin sudah lama."
            )
        case .nobody:
            Wording(
                "The gateway does not answer on this box. See `systemctl status gateway`. (%1)",
                "Gateway di kotak ini tidak menjawab. Lihat `systemctl status gateway`. (%1)"
            )
        case .otherVersion:
            Wording(
                "The running gateway is of an earlier version and does not give this: `systemctl restart gateway`.",
                "Gateway yang berjalan versi lama dan belum bisa memberi ini: `systemctl restart gateway`."
            )
        case .pinNeeded: Wording("This needs the PIN of this box.", "Ini memerlukan PIN kotak ini.")
        case .wrongPIN: Wording("The PIN is wrong.", "PIN salah.")
        case .tooManyTries:
            Wording("Too many wrong PINs: wait %1 s.", "Terlalu banyak PIN salah: tunggu %1 detik.")
        case .noSuchPage: Wording("There is no such page.", "Halaman itu tidak ada.")
        case .noSuchDevice: Wording("The gateway has no device \"%1\".", "Gateway tidak punya perangkat \"%1\".")
        case .crossSite:
            Wording(
                "This request came from another site's page, or by a name that is not this box's: open the box by its "
                    + "IP address.",
                "Permintaan ini datang dari halaman situs lain, atau dengan nama yang bukan milik kotak ini: buka "
                    + "dengan alamat IP kotak."
            )
        case .tooBusy: Wording("Too many people look at once: try again.", "Terlalu banyak yang melihat: coba lagi.")
        }
    }
}
