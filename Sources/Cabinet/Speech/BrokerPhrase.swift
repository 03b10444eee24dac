/// What was seen at an MQTT device or its broker, and the next check.
enum BrokerPhrase: Phrase {
    case unreachable, checkBroker
    case mute, checkHanging
    case credentials, checkPassword
    case notAllowed, checkAccessList
    case tls, checkCertificate
    case refused, seeBrokerLog
    case noRoom, raiseLimits
    case silent, onlyRetained, offline, checkPublisher, checkOffline
    case shape, compareShape, bareValue

    var wording: Wording {
        switch self {
        case .unreachable: Wording("the broker at %1 cannot be reached", "broker di %1 tidak bisa dihubungi")
        case .checkBroker:
            Wording(
                "Check that it runs (`systemctl status mosquitto`), its address and port, cable and firewall.",
                "Periksa apakah broker berjalan (`systemctl status mosquitto`), alamat dan port-nya, kabel dan "
                    + "firewall."
            )
        case .mute: Wording("the broker at %1 does not answer in time", "broker di %1 tidak menjawab tepat waktu")
        case .checkHanging:
            Wording(
                "Check that an MQTT broker listens on that port, without TLS or with, and whether it hangs.",
                "Periksa apakah port itu memang broker MQTT, tanpa atau dengan TLS, dan apakah broker macet."
            )
        case .credentials:
            Wording(
                "the broker at %1 refuses user name or password",
                "broker di %1 menolak nama pengguna atau kata sandi"
            )
        case .checkPassword:
            Wording(
                "Check username and password_file of this bus; `mosquitto_passwd` sets the password at the broker.",
                "Periksa username dan password_file bus ini; `mosquitto_passwd` menyetel kata sandi di broker."
            )
        case .notAllowed:
            Wording(
                "the broker at %1 does not let this user subscribe",
                "broker di %1 tidak mengizinkan pengguna ini berlangganan (subscribe)"
            )
        case .checkAccessList:
            Wording(
                "Add a read rule for the device's topics to the broker's acl_file.",
                "Tambahkan izin baca untuk topik perangkat di acl_file broker."
            )
        case .tls: Wording("no secure connection (TLS) to the broker at %1", "koneksi aman (TLS) ke broker di %1 gagal")
        case .checkCertificate:
            Wording(
                "Check ca_file, the certificate's name and dates, and this box's clock.",
                "Periksa ca_file, nama dan masa berlaku sertifikat, serta jam gateway ini."
            )
        case .refused: Wording("the broker at %1 refuses: %2", "broker di %1 menolak: %2")
        case .seeBrokerLog:
            Wording(
                "The broker's own log says why: `journalctl -u mosquitto`.",
                "Alasannya tercatat di log broker: `journalctl -u mosquitto`."
            )
        case .noRoom:
            Wording(
                "this machine has no descriptor or thread left to ask the broker at %1 (%2)",
                "komputer ini kehabisan descriptor atau thread untuk menghubungi broker di %1 (%2)"
            )
        case .raiseLimits: FaultPhrase.raiseLimits.wording
        case .silent: Wording("nothing came on %1 in %2", "tidak ada pesan di %1 selama %2")
        case .onlyRetained:
            Wording("only an old, retained message on %1 in %2", "hanya pesan lama (retained) di %1 selama %2")
        case .offline:
            Wording("the device is offline, says the broker (%1)", "menurut broker, perangkat terputus (%1)")
        case .checkPublisher:
            Wording(
                "Check the device's power and Wi-Fi, the broker address set in it, and its topic against node \"%1\".",
                "Periksa catu daya dan Wi-Fi perangkat serta alamat broker di dalamnya, lalu cocokkan topiknya dengan "
                    + "node \"%1\"."
            )
        case .checkOffline:
            Wording(
                "Check the device's power and Wi-Fi; it was connected before.",
                "Periksa catu daya dan Wi-Fi perangkat; sebelumnya pernah tersambung."
            )
        case .shape: Wording("on %1 came %2", "di %1 diterima %2")
        case .bareValue: Wording("a bare value", "satu nilai saja")
        case .compareShape:
            Wording(
                "The profile looks for %1: compare firmware and settings of the device, or its profile.",
                "Profil mencari %1: cocokkan firmware dan setelan perangkat, atau profilnya."
            )
        }
    }
}
