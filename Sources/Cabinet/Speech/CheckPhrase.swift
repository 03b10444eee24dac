/// What `gateway check` says about a right configuration: what it needs, what it lacks, and what a reload gives up.
package enum CheckPhrase: Phrase {
    case need
    case serviceDescriptors, serviceThreads, shellDescriptors, userThreads
    case owedStays, owedLost, deviceGoes, deviceMoves, indicatorGoes
    case allWell, summary, device, devices, bus, buses, destination, destinations
    case hours, days, outage, indicator, indicators, figure, figures, and
    case verificationVoid, unverified, noDeviceOnBus, reservedUnit
    case weirLacks, headCorrection, greatestHead, surveyed
    case oldMQTT, noTLS, sharedUser, unreadableFile, openSecret
    case problem, problems

    package var wording: Wording {
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
                "reload memulai jurnal baru: %1 data yang belum terkirim ke %2 tetap di %3"
            )
        case .owedLost:
            Wording(
                "a reload gives up %1 entries from %3 to %4 that %2 is still owed",
                "reload menghapus %1 data dari %3 sampai %4 yang belum terkirim ke %2"
            )
        case .reservedUnit:
            Wording(
                "device \"%1\" has unit id %2, which Modbus reserves; some devices answer there whatever their own id "
                    + "is: keep it alone on its line, or give it an id of 1 to 247",
                "perangkat \"%1\" memakai ID unit %2 yang dicadangkan Modbus; sebagian perangkat menjawab di sana apa "
                    + "pun ID-nya: jadikan satu-satunya perangkat di jalurnya, atau beri ID 1 sampai 247"
            )
        case .deviceGoes:
            Wording(
                "%1 goes: what it counted stays with %2, where it is expected until the reload",
                "%1 dihapus: hitungannya tetap di %2, dan datanya diharapkan di sana sampai reload"
            )
        case .deviceMoves:
            Wording(
                "%1 moves: what it counted stays with %2, and %3 begins without it",
                "%1 pindah: hitungannya tetap di %2, dan %3 mulai tanpa hitungan itu"
            )
        case .indicatorGoes:
            Wording(
                "%1 goes: the open windows of its %2 figures end unfinished",
                "%1 dihapus: %2 angka miliknya berakhir sebelum jangka waktunya selesai"
            )
        case .allWell: Wording("%1: all well", "%1: semua baik")
        case .summary: Wording("gateway %1: %2 on %3, %4", "gateway %1: %2 pada %3, %4")
        case .device: Wording("%1 device", "%1 perangkat")
        case .devices: Wording("%1 devices", "%1 perangkat")
        case .bus: Wording("%1 bus", "%1 bus")
        case .buses: Wording("%1 buses", "%1 bus")
        case .destination: Wording("%1 destination", "%1 tujuan")
        case .destinations: Wording("%1 destinations", "%1 tujuan")
        case .hours: Wording("%1 hours", "%1 jam")
        case .days: Wording("%1 days (%2 hours)", "%1 hari (%2 jam)")
        case .outage:
            Wording(
                "storage of %1 MB covers an outage of %2 at %3 readings/s",
                "penyimpanan %1 MB cukup untuk gangguan selama %2 pada %3 data/detik"
            )
        case .indicator: Wording("%1 indicator", "%1 indikator")
        case .indicators: Wording("%1 indicators", "%1 indikator")
        case .figure: Wording("%1 figure", "%1 angka")
        case .figures: Wording("%1 figures", "%1 angka")
        case .and: Wording("%1, %2", "%1, %2")
        case .verificationVoid:
            Wording(
                "%1: its verification is void, %2; verify it again",
                "%1: verifikasinya tidak berlaku lagi, %2; verifikasi ulang"
            )
        case .unverified:
            Wording(
                "not verified, so counted in no indicator: %1",
                "belum diverifikasi, jadi tidak dihitung dalam indikator: %1"
            )
        case .noDeviceOnBus: Wording("%1: no device is on it", "%1: tidak ada perangkat di bus ini")
        case .weirLacks: Wording("%1: the weir of %2 has %3", "%1: ambang dari %2 %3")
        case .headCorrection:
            Wording(
                "no head_correction (ISO 1438; 0.00085 m for 90 degrees)",
                "tanpa head_correction (ISO 1438; 0.00085 m untuk 90 derajat)"
            )
        case .greatestHead:
            Wording(
                "no greatest_head (what the notch can pass)",
                "tanpa greatest_head (tinggi air terbesar untuk takiknya)"
            )
        case .surveyed:
            Wording(
                "no surveyed (the day when somebody measured its zero)",
                "tanpa surveyed (tanggal titik nolnya diukur)"
            )
        case .oldMQTT:
            Wording(
                "%1: with MQTT 3.1.1 a refused message looks accepted; prefer version 5",
                "%1: dengan MQTT 3.1.1 pesan yang ditolak tampak diterima; sebaiknya versi 5"
            )
        case .noTLS:
            Wording(
                "%1: without TLS anybody on the way can read and change messages",
                "%1: tanpa TLS pihak lain di jaringan bisa membaca dan mengubah pesan"
            )
        case .sharedUser:
            Wording(
                "%1, %2: both are user %3 at %4; a broker that gives each user one connection needs two users",
                "%1, %2: keduanya memakai pengguna %3 di %4; broker yang memberi tiap pengguna satu koneksi perlu dua "
                    + "pengguna"
            )
        case .unreadableFile: Wording("%1: %2 %3 cannot be read: %4", "%1: %2 %3 tidak bisa dibaca: %4")
        case .openSecret:
            Wording(
                "%1: %2 %3 can be read or changed by every user of this machine: chmod o= %3",
                "%1: %2 %3 dapat dibaca atau diubah semua pengguna komputer ini: chmod o= %3"
            )
        case .problem: Wording("%1 problem", "%1 masalah")
        case .problems: Wording("%1 problems", "%1 masalah")
        }
    }
}
