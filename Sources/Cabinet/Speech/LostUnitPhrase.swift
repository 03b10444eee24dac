/// What a search for a lost unit id says.
package enum LostUnitPhrase: Phrase {
    case onlySerial, needsYes, warning, question
    case asking, found, foundNext, nameless, namelessNext, garbled, silent, silentNext

    package var wording: Wording {
        switch self {
        case .onlySerial:
            Wording(
                "--lost-id goes with --serial PATH: general addresses are for a line",
                "--lost-id dipakai bersama --serial PATH: alamat umum hanya untuk jalur serial"
            )
        case .needsYes:
            Wording(
                "--lost-id needs a yes: answer at a terminal, or add --yes when the device is alone on its line",
                "--lost-id perlu persetujuan: jawab di terminal, atau tambahkan --yes bila hanya satu perangkat di "
                    + "jalurnya"
            )
        case .warning:
            Wording(
                "Exactly one device may be on this line: every device answers to a general address, and the replies of "
                    + "two destroy each other. Unplug all others first. The probe only reads.",
                "Hanya boleh ada satu perangkat di jalur ini: semua perangkat menjawab alamat umum, dan jawaban dua "
                    + "perangkat saling merusak. Lepas dulu yang lain. Probe hanya membaca."
            )
        case .question: Wording("Is it alone? (yes/no) ", "Hanya satu perangkat yang terpasang? (ya/tidak) ")
        case .asking: Wording("asking address %1 ...", "menanyai alamat %1 ...")
        case .found: Wording("unit %1 (it answered at address %2)", "unit %1 (menjawab di alamat %2)")
        case .foundNext:
            Wording(
                "Next: gateway probe --scan --serial %1 --units %2",
                "Langkah berikut: gateway probe --scan --serial %1 --units %2"
            )
        case .nameless:
            Wording(
                "a device answers at address %1, and does not say its id",
                "ada perangkat yang menjawab di alamat %1, tetapi tidak menyebut ID-nya"
            )
        case .namelessNext:
            Wording(
                "Find it with gateway probe --scan --serial %1 --units 1-247.",
                "Cari dengan gateway probe --scan --serial %1 --units 1-247."
            )
        case .garbled:
            Wording(
                "bytes come at address %1 that are no Modbus frame: more than one device, or another baud rate or "
                    + "parity",
                "di alamat %1 diterima byte yang bukan frame Modbus: lebih dari satu perangkat, atau baud atau "
                    + "paritasnya lain"
            )
        case .silent: Wording("nobody answers at a general address", "tidak ada yang menjawab di alamat umum")
        case .silentNext:
            Wording(
                "Not every device knows one. Check power, A and B, baud and parity; then gateway probe --scan --serial "
                    + "%1 --units 1-247.",
                "Tidak semua perangkat mengenalnya. Periksa catu daya, A dan B, baud dan paritas; lalu gateway probe "
                    + "--scan --serial %1 --units 1-247."
            )
        }
    }
}
