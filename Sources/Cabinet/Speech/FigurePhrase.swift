/// What `gateway indicators` says about figures and about computing them again.
package enum FigurePhrase: Phrase {
    case mayLack
    case silent, notSaved, unreadable, unknownBins
    case lastReading, lastOfDevice, noReading
    case window, part, target, noFigure
    case changed, refused, counts, computing
    case needsGateway, otherVersion, anotherRuns, unknownDevice
    case notReplaceable

    package var wording: Wording {
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
        case .window: Wording("%1 from %2 to %3 %4", "jangka waktu %1, %2 sampai %3 %4")
        case .part: Wording("this gateway's part", "bagian gateway ini")
        case .target: Wording("target %1", "target %1")
        case .noFigure:
            Wording(
                "no indicator has such a window and scope; --all shows devices too",
                "tidak ada indikator dengan jangka waktu dan cakupan itu; --all menampilkan perangkat juga"
            )
        case .changed:
            Wording(
                "changed  %1  %2: %3 readings before, %4 now",
                "berubah  %1  %2: %3 data sebelumnya, %4 sekarang"
            )
        case .refused:
            Wording(
                "refused  %1  %2: made of %3 readings, of which %4 are left",
                "ditolak  %1  %2: dibuat dari %3 data, yang tersisa %4"
            )
        case .counts: Wording("%1 changed, %2 refused, %3 unchanged", "%1 berubah, %2 ditolak, %3 tetap")
        case .computing: Wording("computing %1 to %2 again ...", "menghitung ulang %1 sampai %2 ...")
        case .needsGateway:
            Wording(
                "recompute needs a running gateway, and none answers on %1: %2",
                "recompute memerlukan gateway yang berjalan, dan tidak ada jawaban di %1: %2"
            )
        case .otherVersion:
            Wording(
                "the running gateway is of another version; systemctl restart gateway",
                "gateway yang berjalan versinya lain; systemctl restart gateway"
            )
        case .anotherRuns:
            Wording(
                "another version runs; systemctl restart gateway",
                "yang berjalan versi lain; systemctl restart gateway"
            )
        case .unknownDevice:
            Wording(
                "no device \"%1\" feeds a figure, or ever did here",
                "tidak ada perangkat \"%1\" yang mengisi angka di sini, sekarang maupun dahulu"
            )
        case .notReplaceable:
            Wording(
                "%1 is no file that can be replaced, but a link, folder or device; --output - is stdout",
                "%1 bukan file yang bisa diganti, melainkan link, folder atau device; --output - berarti stdout"
            )
        }
    }
}
