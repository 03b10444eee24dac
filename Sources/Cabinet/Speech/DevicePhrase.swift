/// What a device that answers reports about itself and its values, and the next check.
enum DevicePhrase: Phrase {
    case outOfRange, compareWithDisplay
    case misordered, tooGreat, tryWordOrder
    case headOutside, surveyZero
    case frozen, compareFrozen
    case notValid, notValidBecause, seeOwnDisplay
    case vouchedAgainst
    case refusesAll, otherModel

    var wording: Wording {
        switch self {
        case .outOfRange:
            Wording("%1 reads %2, outside %3 to %4", "%1 terbaca %2, di luar %3 sampai %4")
        case .compareWithDisplay:
            Wording(
                "Compare with the device's display: the sensor may be out of place, or word order, unit or scale of "
                    + "the profile wrong.",
                "Bandingkan dengan layar perangkat: sensor mungkin salah pasang, atau urutan word, satuan atau skala "
                    + "di profil salah."
            )
        case .misordered:
            Wording(
                "%1 reads %2: too small for anything measured, so its words or bytes come in another order",
                "%1 terbaca %2: terlalu kecil untuk hasil ukur, jadi urutan word atau byte-nya lain"
            )
        case .tooGreat:
            Wording(
                "%1 reads %2: too great for anything measured, so its words or bytes come in another order",
                "%1 terbaca %2: terlalu besar untuk hasil ukur, jadi urutan word atau byte-nya lain"
            )
        case .tryWordOrder:
            Wording(
                "In the profile try word_order %1: %2; is that what the device's display shows for %3?",
                "Di profil coba word_order %1: %2; apakah itu yang tampil di layar perangkat untuk %3?"
            )
        case .headOutside:
            Wording(
                "%1 cannot be told: %2 is below the weir's zero or above its greatest head",
                "%1 tidak bisa dihitung: %2 di bawah titik nol ambang atau di atas tinggi terbesarnya"
            )
        case .surveyZero:
            Wording(
                "Measure the water above the notch's vertex with a staff; the profile takes %1 for the level there "
                    + "(zero): survey it anew if they differ.",
                "Ukur air di atas dasar takik dengan mistar; profil memakai %1 sebagai muka air di sana (zero): "
                    + "ukur ulang kalau berbeda."
            )
        case .frozen:
            Wording(
                "%1 stood still in %2 readings while others moved",
                "%1 tidak berubah dalam %2 pembacaan, padahal yang lain berubah"
            )
        case .compareFrozen:
            Wording(
                "Compare with the display and disturb the sensor a little; if it stays, switch the device off and on.",
                "Bandingkan dengan layar dan ganggu sensor sedikit; kalau tetap, matikan lalu nyalakan perangkat."
            )
        case .notValid: Wording("%1 is not valid", "nilai %1 belum dapat dipercaya")
        case .notValidBecause:
            Wording("%1 is not valid: %2, %3", "nilai %1 belum dapat dipercaya: %2, %3")
        case .vouchedAgainst:
            Wording("%1 is not valid: %2 = %3, wanted %4", "nilai %1 belum dapat dipercaya: %2 = %3, seharusnya %4")
        case .refusesAll:
            Wording(
                "the device refuses all of %1 requests with exception %2",
                "perangkat menolak semua permintaan (%1) dengan exception %2"
            )
        case .otherModel:
            Wording(
                "Nothing of the profile is where it looks: compare model and firmware, try `%1:` instead of `%2:`, and "
                    + "whether the manual counts from 0 or from 1.",
                "Tidak satu pun register di profil ditemukan: cocokkan model dan firmware, coba `%1:` sebagai ganti "
                    + "`%2:`, dan periksa apakah manualnya menghitung dari 0 atau dari 1."
            )
        case .seeOwnDisplay:
            Wording(
                "The device answers but does not vouch for the value: see its own display and status.",
                "Perangkat menjawab tetapi nilainya belum dapat dipercaya: lihat layar dan status di perangkat."
            )
        }
    }
}
