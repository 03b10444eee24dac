/// What a probe says while another one is at work.
package enum LendingNotice: Phrase {
    case probeAtWork

    package var wording: Wording {
        Wording(
            "another probe is at work on %1 (%2); waiting until it ends, Ctrl-C gives up",
            "probe lain sedang bekerja di %1 (%2); menunggu sampai selesai, Ctrl-C untuk batal"
        )
    }
}

/// Why the running gateway does not lend a line, and what to do.
enum LendingPhrase: Phrase {
    case held, heldBySomebody, owed
    case busy, askLater, waiting
    case lost, noThread, refused
    case crowded, otherVersion, unclear
    case onlyShows, noRead, otherPlace, noRange, noUnit, tooLong, restarting, noBus, taken

    var wording: Wording {
        switch self {
        case .held:
            Wording(
                "%1 is lent to %2 (process %3) since %4, and one probe borrows a line at a time",
                "%1 sedang dipinjam %2 (proses %3) sejak %4, dan satu jalur hanya untuk satu probe"
            )
        case .heldBySomebody:
            Wording(
                "%1 is lent to another user (process %2) since %3, and one probe borrows a line at a time",
                "%1 sedang dipinjam pengguna lain (proses %2) sejak %3, dan satu jalur hanya untuk satu probe"
            )
        case .owed:
            Wording(
                "a probe has just had %1; until %2 the gateway's own polls have it, as it is lent for at most half of "
                    + "the time",
                "%1 baru saja dipakai probe; sampai %2 giliran polling gateway, karena jalur dipinjamkan paling "
                    + "banyak separuh waktu"
            )
        case .busy: Wording("%1: %2", "%1: %2")
        case .askLater: Wording("ask again later, or add --wait-line", "coba lagi nanti, atau tambahkan --wait-line")
        case .waiting: Wording("gateway: waiting: %1", "gateway: menunggu: %1")
        case .lost:
            Wording("the running gateway went away: %1", "gateway yang sedang berjalan tidak menjawab lagi: %1")
        case .noThread:
            Wording(
                "this machine has no thread left to ask with: %1",
                "komputer ini kehabisan thread untuk bertanya: %1"
            )
        case .refused: Wording("%1", "%1")
        case .crowded:
            Wording(
                "the gateway serves no more connections: end some, or ask later",
                "gateway tidak melayani koneksi lagi: akhiri sebagian, atau coba lagi nanti"
            )
        case .otherVersion:
            Wording(
                "the running gateway lends no bus: it is of another version; restart it",
                "gateway yang berjalan tidak meminjamkan bus: versinya lain; jalankan ulang (restart)"
            )
        case .onlyShows:
            Wording(
                "this socket only shows; ask on %1, as the group gateway may",
                "socket ini hanya menampilkan; bertanyalah lewat %1, yang boleh dipakai grup gateway"
            )
        case .noRead: Wording("this is no borrowed read", "permintaan pinjam ini tidak dikenal")
        case .otherPlace:
            Wording(
                "the running gateway has bus %1 at %2, not at %3: `systemctl reload gateway` if the configuration is "
                    + "new",
                "gateway yang berjalan memakai bus %1 di %2, bukan di %3: `systemctl reload gateway` kalau "
                    + "konfigurasinya baru"
            )
        case .noRange:
            Wording("no request reads %1 of %2 from %3", "tidak ada permintaan yang membaca %1 %2 mulai %3")
        case .noUnit: Wording("no unit %1 on a serial line", "tidak ada unit %1 di jalur serial")
        case .tooLong:
            Wording(
                "a borrowed read waits 10 s at most, and lets the line rest for 30 s",
                "pembacaan pinjaman menunggu paling lama 10 s dan mendiamkan jalur paling lama 30 s"
            )
        case .restarting:
            Wording("bus %1 is being restarted; try again", "bus %1 sedang dijalankan ulang; coba lagi")
        case .noBus:
            Wording(
                "the running gateway has no Modbus bus \"%1\" with devices",
                "gateway yang berjalan tidak punya bus Modbus \"%1\" yang ada perangkatnya"
            )
        case .taken:
            Wording(
                "this probe has taken the line %1: it has the port itself",
                "probe ini sudah mengambil alih jalur %1: port-nya dipegang probe sendiri"
            )
        case .unclear:
            Wording(
                "the running gateway's answer is not understood: it is of another version; restart it",
                "jawaban gateway yang berjalan tidak dimengerti: versinya lain; jalankan ulang (restart)"
            )
        }
    }
}
