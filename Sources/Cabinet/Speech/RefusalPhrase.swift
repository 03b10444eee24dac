/// How a broker refuses messages, and what to do.
enum RefusalPhrase: Phrase {
    case drops, withoutReason, notAuthorised, topicName, tooLarge, quota, payload, code

    var wording: Wording {
        switch self {
        case .drops: Wording("it drops the connection", "koneksi diputusnya")
        case .withoutReason: Wording("it gives no reason", "tanpa menyebut alasan")
        case .notAuthorised:
            Wording(
                "this user may not publish there; give it the right in the broker's ACL, then what waits goes out by "
                    + "itself",
                "pengguna ini tidak boleh mengirim (publish) ke sana; beri haknya di ACL broker, lalu data yang "
                    + "menunggu terkirim sendiri"
            )
        case .topicName: Wording("it does not take the topic's name", "nama topiknya tidak diterima")
        case .tooLarge: Wording("the message is too large for it", "pesannya terlalu besar")
        case .quota: Wording("its quota is used up", "kuotanya habis")
        case .payload: Wording("it does not take the payload's format", "format isinya tidak diterima")
        case .code: Wording("code %1", "kode %1")
        }
    }
}
