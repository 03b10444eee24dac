/// What `gateway check` says about a destination's broker and the topics there.
package enum DestinationPhrase: Phrase {
    case requestRight, dottedPrefix

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
        }
    }
}
