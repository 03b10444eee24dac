/// What `gateway verify` and a probe that records say to a person.
public enum VerifyPhrase: Phrase {
    case recorded, recordedFailed, differs, verifyNext
    case otherDevice, noDevice, otherProfile, profileChanged, otherSerial, otherUnit, failed
    case notCompared, clockUnsure, verified, reload

    public var wording: Wording {
        switch self {
        case .recorded: Wording("Record: PASSED, in %1 and %2.", "Berita acara: BAIK, di %1 dan %2.")
        case .recordedFailed: Wording("Record: FAILED, in %1 and %2.", "Berita acara: GAGAL, di %1 dan %2.")
        case .differs:
            Wording("%1: the display shows %2, the reading is %3", "%1: tampilan menunjukkan %2, pembacaan %3")
        case .verifyNext: Wording("To verify the device: %1", "Untuk memverifikasi perangkat: %1")
        case .otherDevice: Wording("%1 is the record of %2, not of %3", "%1 adalah berita acara %2, bukan %3")
        case .noDevice:
            Wording(
                "%1 is the record of a device that is in no configuration; record it by its id: gateway probe %2 --record FILE",
                "%1 adalah berita acara perangkat di luar konfigurasi; buat dengan id-nya: gateway probe %2 --record FILE"
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
                "catatan: di %1 tampilan tidak dibandingkan dengan pembacaan"
            )
        case .clockUnsure:
            Wording(
                "note: the clock of this box is not set by NTP; check the day",
                "catatan: jam kotak ini belum disetel NTP; periksa tanggalnya"
            )
        case .verified: Wording("%1 is verified by %2 on %3: %4", "%1 diverifikasi oleh %2 pada %3: %4")
        case .reload:
            Wording(
                "It counts after a reload: systemctl reload gateway",
                "Berlaku setelah dimuat ulang: systemctl reload gateway"
            )
        }
    }
}
