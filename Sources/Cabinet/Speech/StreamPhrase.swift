/// What is said about devices that send text, and about their lines.
package enum StreamPhrase: Phrase {
    case heard, heardOne, unlike
    case silent, silentNetwork, unanswered, noFrame, otherText, otherForm, shorter, noValue, damaged, sevenBits,
        gatewayListens
    case refused
    case checkRS232, checkServer, checkAsking, checkSettings, checkServerSettings, checkForm, checkNoise, setSevenBits
    case useStatus, checkServerPort
    case scanFits, scanNext, scanUnknown

    package var wording: Wording {
        switch self {
        case .heard: Wording("%1 frames heard, %2 damaged", "%1 frame diterima, %2 rusak")
        case .heardOne: Wording("1 frame heard, %1 damaged", "1 frame diterima, %1 rusak")
        case .unlike: Wording("no frame of the profile", "bukan frame profil ini")
        case .silent:
            Wording("not one byte came on %1 within %2 (%3)", "tidak ada satu byte pun dari %1 selama %2 (%3)")
        case .silentNetwork:
            Wording("not one byte came from %1 within %2", "tidak ada satu byte pun dari %1 selama %2")
        case .unanswered:
            Wording(
                "no answer on %1 to %2, asked %3 times",
                "tidak ada jawaban di %1 atas %2, sudah ditanya %3 kali"
            )
        case .noFrame:
            Wording(
                "bytes come, and no frame begins or ends in them: %1",
                "ada byte yang masuk, tetapi tidak ada awal atau akhir frame di dalamnya: %1"
            )
        case .otherText:
            Wording(
                "text comes, and no frame of the profile begins or ends in it: %1",
                "teks masuk, tetapi tidak ada awal atau akhir frame profil di dalamnya: %1"
            )
        case .otherForm:
            Wording(
                "frames come, and none is as the profile says: %1 has something else than %2 at byte %3",
                "frame masuk, tetapi tidak sesuai profil: %1 pada byte %3 bukan %2"
            )
        case .shorter:
            Wording(
                "frames come, and none is as the profile says: %1 ends or goes on at byte %2",
                "frame masuk, tetapi tidak sesuai profil: %1 berakhir atau masih berlanjut di byte %2"
            )
        case .noValue:
            Wording(
                "frames come, and %2 is no value of %3 in them: %1",
                "frame masuk, tetapi %2 bukan nilai untuk %3: %1"
            )
        case .damaged:
            Wording("%1 of %2 frames are damaged, such as %3", "%1 dari %2 frame rusak, misalnya %3")
        case .sevenBits:
            Wording(
                "the frames are right when only seven bits of each byte count",
                "frame-nya benar bila hanya tujuh bit dari tiap byte yang dipakai"
            )
        case .gatewayListens:
            Wording(
                "the running gateway listens on %1 (%2)",
                "gateway yang sedang berjalan memakai %1 (%2)"
            )
        case .refused: Wording("%1 refuses connections", "%1 menolak koneksi")
        case .checkRS232:
            Wording(
                "Check that the indicator sends by itself (continuous mode), that its TX goes to RX here (swap the "
                    + "two) and ground to ground, that it is RS-232 and not RS-485, and the baud rate.",
                "Periksa: indikator mengirim sendiri (mode kontinu), TX-nya masuk ke RX di sini (coba tukar) dan "
                    + "ground ke ground, jalurnya RS-232 dan bukan RS-485, serta baud rate-nya."
            )
        case .checkServer:
            Wording(
                "The serial server is there, so check its line: the indicator sends by itself, TX goes to RX, and the "
                    + "server's baud rate is the indicator's.",
                "Serial server-nya ada, jadi periksa jalurnya: indikator mengirim sendiri, TX masuk ke RX, dan baud "
                    + "rate server sama dengan indikator."
            )
        case .checkAsking:
            Wording(
                "Check that the indicator answers commands (not continuous mode), TX and RX (swap them), baud rate, "
                    + "parity and data bits.",
                "Periksa: indikator menjawab perintah (bukan mode kontinu), TX dan RX (coba tukar), baud rate, "
                    + "paritas, dan bit data."
            )
        case .checkSettings:
            Wording(
                "Compare baud rate, parity and data bits with the indicator's menu; now %1. gateway probe --scan tries "
                    + "others.",
                "Cocokkan baud rate, paritas, dan bit data dengan menu indikator; sekarang %1. gateway probe --scan "
                    + "mencoba yang lain."
            )
        case .checkServerSettings:
            Wording(
                "Compare the serial server's baud rate, parity and data bits with the indicator's menu.",
                "Cocokkan baud rate, paritas, dan bit data serial server dengan menu indikator."
            )
        case .checkForm:
            Wording(
                "Compare the frame with the manual, and choose that format in the indicator's menu or another profile.",
                "Bandingkan frame dengan manual, lalu pilih format itu di menu indikator atau pakai profil lain."
            )
        case .checkNoise:
            Wording(
                "Check parity and data bits, the cable's length (RS-232: 15 m) and shield, and that nobody else sends.",
                "Periksa paritas dan bit data, panjang kabel (RS-232: 15 m) dan shield-nya, serta tidak ada "
                    + "pengirim lain."
            )
        case .setSevenBits:
            Wording(
                "Write data_bits: 7 and parity: even (or odd) at the bus, or choose 8 bits without parity in the "
                    + "indicator's menu.",
                "Tulis data_bits: 7 dan parity: even (atau odd) di bus-nya, atau pilih 8 bit tanpa paritas di menu "
                    + "indikator."
            )
        case .useStatus:
            Wording(
                "gateway status shows what it hears there. To probe the line yourself, stop it for that time: "
                    + "systemctl stop gateway.",
                "gateway status menampilkan apa yang didengarnya. Untuk memeriksa jalur sendiri, hentikan dulu: "
                    + "systemctl stop gateway."
            )
        case .scanFits:
            Wording(
                "a device sends text by itself on %1 (%2): profile %3 fits. It sends %4",
                "ada perangkat yang mengirim teks sendiri di %1 (%2): profil %3 cocok. Kirimannya %4"
            )
        case .scanNext: Wording("Next: %1", "Langkah berikut: %1")
        case .scanUnknown:
            Wording(
                "a device sends text by itself on %1 (%2), and no profile fits: %3. Look the format up in its manual "
                    + "and write a profile: docs/streams.md.",
                "ada perangkat yang mengirim teks sendiri di %1 (%2), dan tidak ada profil yang cocok: %3. Cari "
                    + "formatnya di manual lalu tulis profil: docs/streams.md."
            )
        case .checkServerPort:
            Wording(
                "The host is there: check the port, that the serial server works as a TCP server, and that no other "
                    + "client has its only connection.",
                "Host-nya ada: periksa port, serial server harus bekerja sebagai server TCP, dan tidak ada klien lain "
                    + "yang memakai satu-satunya koneksinya."
            )
        }
    }
}
