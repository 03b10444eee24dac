/// What the author of a profile should know, though the gateway starts with it.
package enum ProfileHintPhrase: Phrase {
    case unheldMark, timeWithoutZone, apartWithoutRate

    package var wording: Wording {
        switch self {
        case .unheldMark:
            Wording(
                "%1: %2: no value of its type can be %3; correct `invalid`",
                "%1: %2: tidak ada nilai dengan tipe itu yang bisa berupa %3; perbaiki `invalid`"
            )
        case .timeWithoutZone:
            Wording(
                "%1: the times of message %2 have no zone: those without an offset are taken in the gateway's "
                    + "timezone; write `zone: gateway`, `utc` or an offset",
                "%1: waktu pada pesan %2 tidak menyebut zona: waktu tanpa selisih UTC dianggap dalam zona waktu "
                    + "gateway; tulis `zone: gateway`, `utc`, atau selisihnya"
            )
        case .apartWithoutRate:
            Wording(
                "%1: %2 is a counter of registers apart without `max_rate`: each reading near a rollover is left out; "
                    + "write `max_rate`",
                "%1: %2 adalah penghitung dari dua register terpisah tanpa `max_rate`: setiap pembacaan di sekitar "
                    + "hitungan kembali ke nol diabaikan; tulis `max_rate`"
            )
        }
    }
}
