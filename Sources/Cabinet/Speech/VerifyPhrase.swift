/// What `gateway verify` and a probe that records say to a person.
package enum VerifyPhrase: Phrase {
    case noRecord, laterRecord, recordNotText, recordUnreadable, useSudo, notReplaceable
    case recordExists, noHome, nothingAsked
    case recorded, recordedFailed, differs, verifyNext
    case otherDevice, noDevice, otherProfile, profileChanged, otherSerial, otherUnit, failed
    case notCompared, clockUnsure, verified, reload

    package var wording: Wording {
        switch self {
        case .noRecord:
            Wording(
                "%1: it is no commissioning record of `gateway probe --record`",
                "%1: bukan berita acara dari `gateway probe --record`"
            )
        case .laterRecord:
            Wording(
                "%1: a later program wrote it (version %2)",
                "%1: ditulis oleh program yang lebih baru (versi %2)"
            )
        case .recordNotText: Wording("%1: it is no text", "%1: bukan teks")
        case .recordUnreadable: Wording("%1: cannot be read: %2", "%1: tidak bisa dibaca: %2")
        case .useSudo: Wording("%1; use sudo", "%1; pakai sudo")
        case .notReplaceable:
            Wording(
                "--record %1: a link, folder or device stands there; name another file, or remove it",
                "--record %1: di sana ada link, folder atau device; sebutkan file lain, atau hapus yang itu"
            )
        case .recordExists:
            Wording(
                "--record %1: it is there, and a record is never replaced; name another file, or none",
                "--record %1: sudah ada, dan berita acara tidak pernah ditimpa; sebutkan file lain, atau tanpa nama"
            )
        case .noHome:
            Wording(
                "records cannot be written into %1: %2; use sudo, join the group gateway, or name a file: --record "
                    + "FILE",
                "berita acara tidak bisa ditulis ke %1: %2; pakai sudo, masuk grup gateway, atau sebutkan file: "
                    + "--record FILE"
            )
        case .nothingAsked:
            Wording(
                "No record was written: nothing could be asked, so it would prove nothing.",
                "Berita acara tidak dibuat: tidak ada yang sempat ditanyakan, jadi tidak membuktikan apa-apa."
            )
        case .recorded: Wording("Record: PASSED, in %1 and %2.", "Berita acara: LULUS, di %1 dan %2.")
        case .recordedFailed: Wording("Record: FAILED, in %1 and %2.", "Berita acara: GAGAL, di %1 dan %2.")
        case .differs:
            Wording("%1: the display shows %2, the reading is %3", "%1: layar menunjukkan %2, pembacaan %3")
        case .verifyNext: Wording("To verify the device: %1", "Untuk memverifikasi perangkat: %1")
        case .otherDevice: Wording("%1 is the record of %2, not of %3", "%1 adalah berita acara %2, bukan %3")
        case .noDevice:
            Wording(
                "%1 is the record of a device that is in no configuration; record it by its id: gateway probe %2 "
                    + "--record FILE",
                "%1 adalah berita acara perangkat di luar konfigurasi; buat dengan ID-nya: gateway probe %2 --record "
                    + "FILE"
            )
        case .otherProfile:
            Wording(
                "%1 was made by profile %2, but the device has %3; record it again",
                "%1 dibuat dengan profil %2, padahal perangkat memakai %3; buat lagi"
            )
        case .profileChanged:
            Wording(
                "profile %1 has changed since %2 was made (hash %3, now %4); record the device again",
                "profil %1 berubah sejak %2 dibuat (hash %3, kini %4); buat berita acara lagi"
            )
        case .otherSerial:
            Wording(
                "%1 is of serial number %2, but the configuration says %3",
                "%1 untuk nomor seri %2, padahal konfigurasi menyebut %3"
            )
        case .otherUnit:
            Wording(
                "%1 was made of unit %2, but the device is unit %3",
                "%1 dibuat dari unit %2, padahal perangkat ini unit %3"
            )
        case .failed:
            Wording(
                "%1 says FAILED (%2): put that right and record again",
                "%1 menyatakan GAGAL (%2): perbaiki dulu, lalu buat lagi"
            )
        case .notCompared:
            Wording(
                "note: no display was compared with a reading in %1",
                "catatan: di %1 layar tidak dibandingkan dengan pembacaan"
            )
        case .clockUnsure:
            Wording(
                "note: the clock of this box is not set by NTP; check the day",
                "catatan: jam gateway ini belum sinkron (NTP); periksa tanggalnya"
            )
        case .verified: Wording("%1 is verified by %2 on %3: %4", "%1 diverifikasi oleh %2 pada %3: %4")
        case .reload:
            Wording(
                "It counts after a reload: systemctl reload gateway",
                "Berlaku setelah reload: systemctl reload gateway"
            )
        }
    }
}
