/// What the program says before a scan begins.
package enum ScanNotice: Phrase {
    case borrowing

    package var wording: Wording {
        Wording(
            "The running gateway has this line open (%1): only unit ids are scanned, between its polls. --take-line "
                + "scans other settings too.",
            "Gateway sedang memakai jalur ini (%1): hanya ID unit yang dipindai, di sela polling-nya. --take-line "
                + "memindai setelan lain juga."
        )
    }
}

/// What a scan says.
enum ScanPhrase: Phrase {
    case settings
    case progress
    case found
    case fits, fitsNone
    case garbled
    case nothing, nothingNext
    case nothingTCP, nothingTCPNext
    case summary
    case interrupted
    case everyUnit
    case proposal

    var wording: Wording {
        switch self {
        case .settings: Wording("%1: units %2", "%1: unit %2")
        case .progress: Wording("%1  unit %2  %3 left", "%1  unit %2  sisa %3")
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
        case .proposal: Wording("Next: gateway probe %1", "Langkah berikut: gateway probe %1")
        }
    }
}
