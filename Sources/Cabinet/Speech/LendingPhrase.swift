/// Why the running gateway does not lend a line, and what to do.
enum LendingPhrase: Phrase {
    case held, heldBySomebody, owed
    case busy, askLater, waiting
    case lost, noThread, refused
    case crowded, otherVersion, unclear

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
            Wording("this machine has no thread left to ask with: %1", "mesin ini kehabisan thread untuk bertanya: %1")
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
        case .unclear:
            Wording(
                "the running gateway's answer is not understood: it is of another version; restart it",
                "jawaban gateway yang berjalan tidak dimengerti: versinya lain; jalankan ulang (restart)"
            )
        }
    }
}
