/// What is said about a destination's broker and the topics there, and about no other broker.
package enum DestinationPhrase: Phrase {
    // `gateway check`.
    case requestRight, dottedPrefix
    // The status.
    case checkPassword

    package var wording: Wording {
        switch self {
        case .requestRight:
            Wording(
                "%1: its broker must let the gateway subscribe to %2, and nobody but the city's collector publish "
                    + "there (config/mosquitto/city-user has the lines); until it does, nobody can ask for entries "
                    + "again",
                "%1: brokernya harus mengizinkan gateway berlangganan %2, dan hanya pengumpul kota yang mengirim di "
                    + "sana (barisnya ada di config/mosquitto/city-user); sebelum itu data tidak bisa diminta ulang"
            )
        case .dottedPrefix:
            Wording(
                "%1: topic_prefix \"%2\" has a dot; a broker of MQTT 3.1.1 may close the connection at such a topic "
                    + "each time, as NATS does before 2.10: write - in its place",
                "%1: topic_prefix \"%2\" memakai titik; broker MQTT 3.1.1 bisa memutus koneksi pada topik seperti itu "
                    + "setiap kali, seperti NATS sebelum 2.10: tulis - sebagai gantinya"
            )
        case .checkPassword:
            Wording(
                "Check username and password_file of destination %1; `mosquitto_passwd` sets the password at the "
                    + "broker.",
                "Periksa username dan password_file tujuan %1; `mosquitto_passwd` menyetel kata sandi di broker."
            )
        }
    }
}
