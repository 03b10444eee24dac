/// What the words of the export mean, for people who have the workbook without this program's documentation.
package enum TermPhrase: String, Phrase {
    case completeness, expected, received, counted, excluded, unverified
    case quality, good, uncertain, bad, reason
    case partial, provisional, revision
    case target, standing
    case from

    package var wording: Wording {
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
                "Berapa data yang diterima tetapi tidak dihitung: tidak sah, meragukan, atau dari perangkat yang belum "
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
                "Naik setiap kali angka jangka waktu yang sama dikirim: menit sejak awalnya. Yang lebih tinggi yang "
                    + "berlaku."
            )
        case .target:
            Wording(
                "What is wanted for the year that the window begins in (target_year).",
                "Target untuk tahun saat jangka waktu dimulai (target_year)."
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
