/// What `gateway status` says.
package enum StatusPhrase: Phrase {
    case clock, synchronised, unsynchronised, answering
    case device, lastValues, quality, age
    case bus, place, requests, errors, load
    case destination, sent, pending, oldest
    case indicator, scope, value, complete
    case leftOut, more, moreFigures, unverified, noConfiguration
    case noCatalogue, nothingFits, noDeviceFits, noClock, nobodyVerified, noWindowYet, lookAgain
    case sharedPort
    case awaySince, refusesAllSince, refusesTopicSince, nobodySubscribes
    case journal, lost, stalled
    case nothingYet, event, events, down, notConnected, refusesAll
    case nobody, crowded, forbidden

    package var wording: Wording {
        switch self {
        case .clock: Wording("clock %1  epoch %2", "jam %1  epoch %2")
        case .synchronised: Wording("synchronised", "sinkron")
        case .unsynchronised: Wording("unsynchronised", "belum sinkron")
        case .answering: Wording("%1 of %2 devices answer", "%1 dari %2 perangkat menjawab")
        case .device: Wording("DEVICE", "PERANGKAT")
        case .lastValues: Wording("LAST VALUES", "NILAI TERAKHIR")
        case .quality: Wording("QUALITY", "MUTU")
        case .age: Wording("AGE", "UMUR")
        case .bus: Wording("BUS", "BUS")
        case .place: Wording("WHERE", "ALAMAT")
        case .requests: Wording("REQUESTS", "TANYA")
        case .errors: Wording("ERRORS", "ERROR")
        case .load: Wording("LOAD", "BEBAN")
        case .destination: Wording("DESTINATION", "TUJUAN")
        case .sent: Wording("SENT", "TERKIRIM")
        case .pending: Wording("PENDING", "ANTRE")
        case .oldest: Wording("OLDEST", "TERTUA")
        case .indicator: Wording("INDICATOR", "INDIKATOR")
        case .scope: Wording("SCOPE", "CAKUPAN")
        case .value: Wording("VALUE", "NILAI")
        case .complete: Wording("COMPLETE", "LENGKAP")
        case .noConfiguration:
            Wording(
                "the configuration %1 cannot be read: %2; name it with --config FILE",
                "konfigurasi %1 tidak bisa dibaca: %2; sebutkan dengan --config FILE"
            )
        case .leftOut: Wording("left out of the indicators: ", "tidak dipakai dalam indikator: ")
        case .more:
            Wording("and %1 more; gateway check lists them", "dan %1 lagi; gateway check menampilkan semuanya")
        case .moreFigures:
            Wording(
                "more figures: %1; gateway indicators show prints them",
                "angka lain: %1; gateway indicators show menampilkannya"
            )
        case .unverified:
            Wording(
                "not verified, so counted in no figure: %1 (gateway probe DEVICE --record --by NAME, then gateway "
                    + "verify)",
                "belum diverifikasi, jadi tidak dihitung dalam angka: %1 (gateway probe PERANGKAT --record --by NAMA, "
                    + "lalu gateway verify)"
            )
        case .noCatalogue:
            Wording(
                "no figures: there is no catalogue of indicators (indicators.yaml beside the configuration)",
                "tidak ada angka: katalog indikator tidak ada (indicators.yaml di folder yang sama dengan konfigurasi)"
            )
        case .nothingFits:
            Wording(
                "no figures: no indicator of the catalogue fits a device here; gateway check says why",
                "tidak ada angka: tidak ada indikator di katalog yang cocok dengan perangkat di sini; gateway check "
                    + "menyebut alasannya"
            )
        case .noDeviceFits:
            Wording(
                "no figures: no indicator of the catalogue fits a device here",
                "tidak ada angka: tidak ada indikator di katalog yang cocok dengan perangkat di sini"
            )
        case .noClock:
            Wording(
                "no figures yet: the clock is not set by NTP, and a window needs the time",
                "belum ada angka: jam belum sinkron (NTP), padahal jangka waktu memerlukan jam yang benar"
            )
        case .nobodyVerified:
            Wording("no figures yet: no device is verified", "belum ada angka: belum ada perangkat yang diverifikasi")
        case .noWindowYet:
            Wording(
                "no figures yet: no window has counted enough",
                "belum ada angka: belum ada jangka waktu yang datanya cukup"
            )
        case .lookAgain:
            Wording(
                "figures are made while somebody looks: look again in a second",
                "angka dihitung saat dilihat: ulangi sebentar lagi"
            )
        case .sharedPort:
            Wording(
                "This port is open in another program too (%1), which takes replies away: stop it.",
                "Port ini juga dibuka program lain (%1) yang mengambil sebagian jawaban: hentikan."
            )
        case .awaySince:
            Wording("What is owed waits: no connection since %1.", "Data menunggu: tidak tersambung sejak %1.")
        case .refusesAllSince:
            Wording("refuses every message since %1: %2", "menolak semua pesan sejak %1: %2")
        case .refusesTopicSince:
            Wording("refuses messages to %1 since %2: %3", "menolak pesan ke %1 sejak %2: %3")
        case .nobodySubscribes:
            Wording(
                "What is owed waits: nobody subscribes to the backlog (topics .../backfill/...).",
                "Data menunggu: belum ada yang berlangganan (subscribe) ke antrean (topik .../backfill/...)."
            )
        case .journal:
            Wording("journal %1 of %2 MB, %3 stored, %4 waiting", "jurnal %1 dari %2 MB, %3 tersimpan, %4 menunggu")
        case .lost: Wording(", %1 lost", ", %1 hilang")
        case .stalled: Wording(", the disk takes nothing", ", disk tidak menerima data")
        case .nothingYet: Wording("nothing yet", "belum ada")
        case .event: Wording("%1 event", "%1 kejadian")
        case .events: Wording("%1 events", "%1 kejadian")
        case .down: Wording("down", "putus")
        case .notConnected: Wording("not connected yet", "belum tersambung")
        case .refusesAll: Wording("refuses every message: %1", "menolak semua pesan: %1")
        case .nobody:
            Wording(
                "no gateway runs here (nobody answers on %1); see `systemctl status gateway`, or name its --config",
                "tidak ada gateway yang berjalan di sini (tidak ada jawaban di %1); lihat `systemctl status gateway`, "
                    + "atau sebutkan --config-nya"
            )
        case .crowded:
            Wording(
                "the gateway serves no more connections on %1: end some, or ask later",
                "gateway tidak melayani koneksi lagi di %1: akhiri sebagian, atau coba lagi nanti"
            )
        case .forbidden:
            Wording(
                "%1 is for the group gateway: use sudo, or join the group",
                "%1 hanya untuk grup gateway: pakai sudo, atau masuk ke grup itu"
            )
        }
    }
}
