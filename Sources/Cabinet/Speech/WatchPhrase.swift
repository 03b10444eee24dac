/// What a watch says.
enum WatchPhrase: Phrase {
    case device, asked, timeouts, exceptions, late, others
    case load, lightLoad, loadUnknown, overloaded
    case watching, watchingFor
    case onlyModbus
    case end

    var wording: Wording {
        switch self {
        case .device: Wording("DEVICE", "PERANGKAT")
        case .asked: Wording("ASKED", "TANYA")
        case .timeouts: Wording("LOST", "HILANG")
        case .exceptions: Wording("EXC", "EXC")
        case .late: Wording("LATE", "TELAT")
        case .others: Wording("OTHER", "LAIN")
        case .load:
            Wording(
                "%1: polls take %2 of the line, room for %3 times as many",
                "%1: polling memakai %2 kapasitas jalur; masih muat %3 kali lipat"
            )
        case .lightLoad:
            Wording("%1: polls take %2 of the line", "%1: polling memakai %2 kapasitas jalur")
        case .loadUnknown: Wording("%1: nobody has answered yet", "%1: belum ada yang menjawab")
        case .overloaded:
            Wording(
                "%1: polls would take %2 of the line: lengthen the intervals or raise the baud rate",
                "%1: polling butuh %2 kapasitas jalur: perpanjang interval atau naikkan baud"
            )
        case .watching: Wording("watching, %1 so far; Ctrl-C ends it", "memantau, sudah %1; Ctrl-C untuk mengakhiri")
        case .watchingFor:
            Wording("watching, %1 of %2; Ctrl-C ends it", "memantau, %1 dari %2; Ctrl-C untuk mengakhiri")
        case .onlyModbus:
            Wording("not watched, for they speak MQTT: %1", "tidak dipantau karena memakai MQTT: %1")
        case .end: Wording("watched for %1: %2 ok, %3 with a fault", "dipantau %1: %2 baik, %3 bermasalah")
        }
    }
}
