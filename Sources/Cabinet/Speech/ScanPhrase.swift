/// What the program says before a scan begins.
package enum ScanNotice: Phrase {
    case borrowing
    case start, startTopics
    case ports, noPorts, port, heldPort, typeThis

    package var wording: Wording {
        switch self {
        case .borrowing:
            Wording(
                "The running gateway has this line open (%1): only unit ids are scanned, between its polls. "
                    + "--take-line scans other settings too.",
                "Gateway sedang memakai jalur ini (%1): hanya ID unit yang dipindai, di sela polling-nya. --take-line "
                    + "memindai setelan lain juga."
            )
        case .start:
            Wording(
                "%1 questions, about %2; Ctrl-C ends it and keeps what was found.",
                "%1 pertanyaan, sekitar %2; Ctrl-C untuk berhenti, hasil sementara tetap ditampilkan."
            )
        case .startTopics:
            Wording(
                "Listening to %1 for %2; Ctrl-C ends it and keeps what was heard.",
                "Mendengarkan %1 selama %2; Ctrl-C untuk berhenti, hasil sementara tetap ditampilkan."
            )
        case .ports: Wording("Serial ports of this machine:", "Port serial di komputer ini:")
        case .noPorts:
            Wording(
                "This machine has no serial port. Plug the adapter in; `dmesg | tail` says what the kernel made of it.",
                "Komputer ini tidak punya port serial. Colokkan adaptor, lalu lihat pesan kernel dengan `dmesg | tail`."
            )
        case .port: Wording("%1, driver %2", "%1, driver %2")
        case .heldPort: Wording("in use by %1", "sedang dipakai %1")
        case .typeThis:
            Wording(
                "Type: gateway probe --scan --serial %1 (or --tcp HOST, or --mqtt BROKER)",
                "Ketik: gateway probe --scan --serial %1 (atau --tcp HOST, atau --mqtt BROKER)"
            )
        }
    }
}

/// What a scan says.
enum ScanPhrase: Phrase {
    case settings
    case progress
    case found, says
    case fits, fitsNone
    case garbled
    case nothing, nothingNext
    case nothingTCP, nothingTCPNext
    case summary
    case interrupted
    case everyUnit
    case proposal
    case lines, interval, unknownUnit
    case heard, heardNode, otherTopics, nothingHeard, checkListening, topicProgress, topicSummary

    var wording: Wording {
        switch self {
        case .settings: Wording("%1: units %2", "%1: unit %2")
        case .progress: Wording("%1  unit %2  %3 left", "%1  unit %2  sisa %3")
        case .says: Wording("says of itself: %1", "identitas menurut perangkat: %1")
        case .found: Wording("found: unit %1 at %2, answers in %3", "ditemukan: unit %1 pada %2, menjawab dalam %3")
        case .fits: Wording("fits %1", "cocok dengan %1")
        case .fitsNone: Wording("fits no profile", "tidak cocok dengan profil mana pun")
        case .garbled:
            Wording(
                "garbled: unit %1 at %2: %3",
                "tidak terbaca: unit %1 pada %2: %3"
            )
        case .nothing: Wording("nobody answers", "tidak ada yang menjawab")
        case .nothingNext:
            Wording(
                "Check power, then swap A and B; then scan more: --baud 1200,2400,4800,38400,57600,115200 --parity "
                    + "none,even,odd --units 1-247.",
                "Periksa catu daya, lalu tukar A dan B; setelah itu perluas: --baud 1200,2400,4800,38400,57600,115200 "
                    + "--parity none,even,odd --units 1-247."
            )
        case .nothingTCP:
            Wording(
                "the host accepts connections, but no unit answers",
                "alamat menerima koneksi, tetapi tidak ada unit yang menjawab"
            )
        case .nothingTCPNext:
            Wording(
                "Check the converter's serial side (baud, A and B) and its power; then scan more: --units 0-255.",
                "Periksa sisi serial konverter (baud, A dan B) dan catu dayanya; lalu perluas: --units 0-255."
            )
        case .summary: Wording("%1 found, %2 of %3 asked in %4", "%1 ditemukan; %2 dari %3 dicoba dalam %4")
        case .interrupted: Wording("; interrupted", "; dihentikan")
        case .everyUnit:
            Wording(
                "It answers to every unit id: a device of its own, for which the id does not matter.",
                "Menjawab semua ID unit: perangkat tunggal, ID-nya tidak berpengaruh."
            )
        case .lines:
            Wording(
                "For the configuration (give sites, ids and intervals of your own):",
                "Untuk konfigurasi (sesuaikan lokasi, ID dan interval):"
            )
        case .interval: Wording("its messages came %1 apart", "jarak antarpesannya %1")
        case .unknownUnit: Wording("unit %1 fits no profile", "unit %1 tidak cocok dengan profil mana pun")
        case .heard: Wording("heard: %1 (%2 of %3 messages)", "dikenali: %1 (%2 dari %3 pesan cocok)")
        case .heardNode:
            Wording(
                "heard: %1, node \"%4\" (%2 of %3 messages)",
                "dikenali: %1, node \"%4\" (%2 dari %3 pesan cocok)"
            )
        case .otherTopics: Wording("fits no profile: %1", "tidak cocok dengan profil mana pun: %1")
        case .nothingHeard:
            Wording("nothing came from %1 in %2", "tidak ada pesan dari %1 selama %2")
        case .checkListening:
            Wording(
                "Check that the devices are on and name this broker, and that this user may read all topics; listen "
                    + "longer with --wait 120.",
                "Periksa apakah perangkat menyala dan memakai broker ini, dan apakah pengguna ini boleh membaca semua "
                    + "topik; dengarkan lebih lama dengan --wait 120."
            )
        case .topicProgress: Wording("topics: %1, messages: %2, %3 left", "topik: %1, pesan: %2, sisa %3")
        case .topicSummary:
            Wording("devices recognised: %1, topics: %2", "perangkat dikenali: %1, topik: %2")
        case .proposal: Wording("Next: gateway probe %1", "Langkah berikut: gateway probe %1")
        }
    }
}
