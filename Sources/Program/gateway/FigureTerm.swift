public import Indicators
public import Probing

/// What the words of the export mean, for whoever gets the workbook without this program's documentation.
enum TermPhrase: String, Phrase {
    case completeness, expected, received, counted, excluded, unverified
    case quality, good, uncertain, bad, reason
    case partial, provisional, revision
    case target, standing
    case from

    /// In the order in which they are read: the reasons stand below their heading.
    static func meanings(zone: String) -> [(word: String, meaning: Sentence)] {
        var meanings: [(String, Sentence)] = []
        for term in allCases {
            meanings.append((term.rawValue, Sentence(term, zone)))
            if term == .reason {
                for doubt in Figure.Doubt.allCases { meanings.append((doubt.word, Sentence(doubt))) }
            }
        }
        return meanings
    }

    var wording: Wording {
        switch self {
        case .completeness:
            Wording(
                "Counted over expected, at most 100 %. Empty where nothing is expected at any time, such as deposits "
                    + "on a scale.",
                "Data yang dihitung dibagi yang diharapkan, paling banyak 100 %. Kosong bila tidak ada jadwal, "
                    + "misalnya setoran di "
                    + "timbangan."
            )
        case .expected:
            Wording(
                "How many readings the devices' intervals call for, from their installation to the moment of the "
                    + "export.",
                "Berapa data yang seharusnya ada menurut interval perangkat, sejak dipasang sampai saat ekspor."
            )
        case .received:
            Wording(
                "How many readings came and spoke of this, of any quality.",
                "Berapa data yang datang tentang hal ini, apa pun mutunya."
            )
        case .counted:
            Wording(
                "How many of the received readings count; of a device that sends too often, at most those that are "
                    + "expected.",
                "Berapa data yang dihitung; dari perangkat yang mengirim terlalu sering, paling banyak yang diharapkan."
            )
        case .excluded:
            Wording(
                "How many of the received readings do not count: bad or uncertain ones, and those of unverified "
                    + "devices.",
                "Berapa data yang diterima tetapi tidak dihitung: buruk, meragukan, atau dari perangkat yang belum "
                    + "diverifikasi."
            )
        case .unverified:
            Wording(
                "How many of the excluded readings are good, but of a device without a valid verification.",
                "Berapa data yang tidak dihitung itu baik, tetapi dari perangkat tanpa verifikasi yang berlaku."
            )
        case .quality: Wording("How far the value can be trusted.", "Sejauh mana angka dapat dipercaya.")
        case .good: Wording("The value can be used as it is.", "Angka dapat dipakai apa adanya.")
        case .uncertain:
            Wording(
                "The value is there but may be wrong; the reason says why.",
                "Angka ada tetapi mungkin keliru; lihat alasannya."
            )
        case .bad: Wording("There is no value.", "Tidak ada angka.")
        case .reason:
            Wording(
                "Why the quality is not good; empty when it is.",
                "Mengapa mutu tidak baik; kosong bila baik."
            )
        case .partial:
            Wording(
                "yes: the place may have devices behind other gateways too, so this is only this gateway's part.",
                "yes: wilayah ini mungkin punya perangkat di gateway lain, jadi ini hanya bagian gateway ini."
            )
        case .provisional:
            Wording(
                "yes: the window was not over when this was exported; the value still changes.",
                "yes: jangka waktu belum berakhir saat ekspor; angka masih berubah."
            )
        case .revision:
            Wording(
                "It rises with every issue of the same window: minutes from its beginning. Of two, the higher holds.",
                "Naik setiap kali jangka waktu yang sama diterbitkan: menit sejak awalnya. Yang lebih tinggi yang "
                    + "berlaku."
            )
        case .target:
            Wording(
                "What is wanted for the year that the window begins in (target_year).",
                "Sasaran untuk tahun saat jangka waktu dimulai (target_year)."
            )
        case .standing:
            Wording(
                "met, missed, open (the window is not over) or unknown (no value).",
                "met: tercapai; missed: tidak tercapai; open: jangka waktu belum berakhir; unknown: tidak ada angka."
            )
        case .from:
            Wording(
                "from and to are dates and times of the zone %1; \"to\" itself is not included.",
                "from dan to adalah tanggal dan jam di zona %1; saat \"to\" sendiri tidak termasuk."
            )
        }
    }
}

extension Figure.Doubt: Phrase {
    public var wording: Wording {
        switch self {
        case .noData:
            Wording(
                "Nothing counted. That is not zero: zero is a counter that stood still, or a scale that nobody used.",
                "Tidak ada data yang dihitung. Itu bukan nol: nol berarti meter diam atau timbangan tidak dipakai."
            )
        case .incomplete:
            Wording(
                "Fewer readings counted than the indicator asks for (0.9 of the expected ones unless stated "
                    + "otherwise).",
                "Data yang dihitung kurang dari yang diminta indikator (0,9 dari yang diharapkan, kecuali ditentukan "
                    + "lain)."
            )
        case .tooEarly:
            Wording(
                "The window has only begun: a rate, a mean or a share of it says nothing yet.",
                "Jangka waktu baru dimulai: laju, rata-rata, atau persentasenya belum dapat disebut."
            )
        case .unknown(.counterReset):
            Wording(
                "A counter began anew in this window; what it had counted just before is not known.",
                "Meter mulai dari awal dalam jangka waktu ini; hitungan sesaat sebelumnya tidak diketahui."
            )
        case .unknown(.counterGap):
            Wording(
                "A counter jumped by more than it can count, or was silent for too long; what it counted then is not "
                    + "known.",
                "Meter melonjak melebihi kemampuannya atau terlalu lama diam; hitungannya saat itu tidak diketahui."
            )
        case .unknown(.deviceClock):
            Wording(
                "The device's own clock was set back or cannot be right; what it counted then is not known.",
                "Jam perangkat dimundurkan atau tidak mungkin benar; hitungannya saat itu tidak diketahui."
            )
        case .missingPart:
            Wording(
                "The value is a sum, and one of its devices told nothing.",
                "Angka ini penjumlahan, dan salah satu perangkatnya tidak memberi data."
            )
        case .interpolated:
            Wording(
                "More than a tenth was not measured in this window but shared out from a longer silence.",
                "Lebih dari sepersepuluh tidak diukur dalam jangka waktu ini, melainkan dibagi dari masa diam yang "
                    + "lebih panjang."
            )
        case .unclassified:
            Wording(
                "Vehicles came without a class, or without a direction on a divided road: nothing can be said in "
                    + "passenger car units.",
                "Kendaraan tercatat tanpa kelas, atau tanpa arah di jalan terbagi: tidak dapat dinyatakan dalam "
                    + "satuan mobil "
                    + "penumpang (smp)."
            )
        }
    }
}
