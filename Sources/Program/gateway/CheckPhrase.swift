import Configuration
import Installation
import Probing

/// What `check` says of limits, and of a gateway that runs with another configuration; and `recompute` of a device.
enum CheckPhrase: Phrase {
    case need
    case serviceDescriptors, serviceThreads, shellDescriptors, userThreads
    case owedStays, owedLost, deviceGoes, deviceMoves, indicatorGoes
    case unknownDevice

    var wording: Wording {
        switch self {
        case .need:
            Wording("needs up to %1 descriptors and %2 threads", "memerlukan hingga %1 descriptor dan %2 thread")
        case .serviceDescriptors:
            Wording(
                "needs up to %1 descriptors, and the service may have %2: %3",
                "memerlukan hingga %1 descriptor, sedangkan batas layanan %2: %3"
            )
        case .serviceThreads:
            Wording(
                "needs up to %1 threads, and the service may have %2: %3",
                "memerlukan hingga %1 thread, sedangkan batas layanan %2: %3"
            )
        case .shellDescriptors:
            Wording(
                "needs up to %1 descriptors, and this shell may have %2: %3",
                "memerlukan hingga %1 descriptor, sedangkan batas shell ini %2: %3"
            )
        case .userThreads:
            Wording(
                "needs up to %1 threads, and this user may have %2: %3",
                "memerlukan hingga %1 thread, sedangkan batas pengguna ini %2: %3"
            )
        case .owedStays:
            Wording(
                "a reload begins a new journal: %1 readings that %2 is still owed stay in %3",
                "muat ulang memulai jurnal baru: %1 data yang belum terkirim ke %2 tetap di %3"
            )
        case .owedLost:
            Wording(
                "a reload gives up %1 readings that %2 is still owed, the oldest of %3",
                "muat ulang menghapus %1 data yang belum terkirim ke %2, yang tertua dari %3"
            )
        case .deviceGoes:
            Wording(
                "%1 goes: what it counted stays with %2, where it is expected until the reload",
                "%1 dihapus: hitungannya tetap di %2, dan datanya diharapkan di sana sampai muat ulang"
            )
        case .deviceMoves:
            Wording(
                "%1 moves: what it counted stays with %2, and %3 begins without it",
                "%1 pindah: hitungannya tetap di %2, dan %3 mulai tanpa hitungan itu"
            )
        case .indicatorGoes:
            Wording(
                "%1 goes: the open windows of its %2 figures end unfinished",
                "%1 dihapus: jangka waktu yang sedang berjalan dari %2 angkanya berakhir sebelum selesai"
            )
        case .unknownDevice:
            Wording(
                "no device \"%1\" feeds a figure, or ever did here",
                "tidak ada perangkat \"%1\" yang mengisi angka di sini, sekarang maupun dahulu"
            )
        }
    }
}

extension ResourceNeed {
    var sentence: Sentence { Sentence(CheckPhrase.need, "\(descriptors)", "\(threads)") }
}

extension ResourceNeed.Shortage {
    var sentence: Sentence {
        let phrase: CheckPhrase =
            switch limit {
            case .serviceDescriptors: .serviceDescriptors
            case .serviceThreads: .serviceThreads
            case .shellDescriptors: .shellDescriptors
            case .userThreads: .userThreads
            }
        return Sentence(phrase, "\(need)", "\(allowed)", remedy)
    }
}
