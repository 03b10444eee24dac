/// Why the running gateway does not lend a line now, and what to do.
enum LendingPhrase: Phrase {
    case held, heldBySomebody, askLater
    case owed

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
                "%1 baru saja dipakai probe; sampai %2 giliran pembacaan gerbang, karena jalur dipinjamkan paling "
                    + "banyak separuh waktu"
            )
        case .askLater: Wording("ask again later, or add --wait-line", "coba lagi nanti, atau tambahkan --wait-line")
        }
    }
}
