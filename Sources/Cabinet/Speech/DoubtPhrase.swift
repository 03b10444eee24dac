/// Why a figure is not good.
package enum DoubtPhrase: Phrase {
    case noData, tooEarly, unclassified
    case counterReset, counterGap, deviceClock
    case missingPart, interpolated, incomplete

    package var wording: Wording {
        switch self {
        case .noData:
            Wording(
                "Nothing counted. That is not zero: zero is a counter that stood still, or a scale that nobody used.",
                "Tidak ada data yang dihitung. Itu bukan nol: nol berarti penghitung diam atau timbangan tidak dipakai."
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
        case .counterReset:
            Wording(
                "A counter began anew in this window; what it had counted just before is not known.",
                "Penghitung mulai dari awal dalam jangka waktu ini; hitungan sesaat sebelumnya tidak diketahui."
            )
        case .counterGap:
            Wording(
                "A counter jumped by more than it can count, or was silent for too long; what it counted then is not "
                    + "known.",
                "Penghitung melonjak melebihi kemampuannya atau terlalu lama diam; hitungannya saat itu tidak "
                    + "diketahui."
            )
        case .deviceClock:
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
                "Kendaraan tercatat tanpa golongan, atau tanpa arah di jalan terbagi: tidak dapat dinyatakan dalam "
                    + "satuan mobil "
                    + "penumpang (smp)."
            )
        }
    }
}
