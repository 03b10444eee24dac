import Probing

/// What is said of figures that do not include every reading.
enum FigurePhrase: Phrase {
    case mayLack
    case silent, notSaved, unreadable, unknownBins
    case lastReading, lastOfDevice, noReading

    var wording: Wording {
        switch self {
        case .mayLack:
            Wording("these figures may lack the newest readings: %1", "angka ini mungkin belum memuat data terbaru: %1")
        case .silent:
            Wording(
                "a gateway runs with this journal and did not answer within %1 s (%2)",
                "gateway sedang berjalan dengan jurnal ini dan tidak menjawab dalam %1 detik (%2)"
            )
        case .notSaved:
            Wording(
                "the running gateway could not save them, for its disk takes nothing now",
                "gateway yang berjalan tidak dapat menyimpannya karena disk tidak menerima data"
            )
        case .unreadable:
            Wording("the journal cannot be read further (%1)", "jurnal tidak dapat dibaca lebih jauh (%1)")
        case .unknownBins:
            Wording(
                "it is not known which readings the saved sums hold; start the gateway once",
                "tidak diketahui data mana yang termuat dalam jumlah tersimpan; jalankan gateway sekali"
            )
        case .lastReading:
            Wording(
                "the last reading that they include: %1, epoch %2, seq %3",
                "data terakhir yang termuat: %1, epoch %2, seq %3"
            )
        case .lastOfDevice:
            Wording(
                "the last reading that they include: %1, epoch %2, seq %3, device %4",
                "data terakhir yang termuat: %1, epoch %2, seq %3, perangkat %4"
            )
        case .noReading: Wording("they include no reading", "belum ada data yang termuat")
        }
    }
}
