/// What `gateway probe` says besides diagnoses: headings, summaries, progress.
package enum ProbePhrase: Phrase {
    case well, fault
    case next
    case devices, oneDevice
    case interrupted
    case noPoints
    case likeness, shared, strays
    case timeAbsent, timeUnreadable, timeImplausible, timeEarlier, timeLater
    case stillToAsk

    package var wording: Wording {
        switch self {
        case .well: Wording("ok", "baik")
        case .fault: Wording("fault", "gangguan")
        case .next: Wording("next:", "cek:")
        case .devices: Wording("%1 devices: %2 ok, %3 with a fault", "%1 perangkat: %2 baik, %3 bermasalah")
        case .oneDevice: Wording("1 device: %2 ok, %3 with a fault", "1 perangkat: %2 baik, %3 bermasalah")
        case .interrupted: Wording("; interrupted, %1 not probed", "; dihentikan, %1 belum diperiksa")
        case .noPoints:
            Wording("answers; its profile only tells of events", "menjawab; profilnya hanya melaporkan kejadian")
        case .likeness:
            Wording(
                "It answers like %1 (%2 %): is that the model on its plate? Then write `profile: %1`.",
                "Jawabannya mirip %1 (%2 %): apakah itu model di pelatnya? Kalau ya, tulis `profile: %1`."
            )
        case .shared:
            Wording(
                "This port is open in another program too (%1), which takes replies away: stop it first.",
                "Port ini juga dibuka program lain (%1) yang mengambil sebagian jawaban: hentikan dulu."
            )
        case .timeAbsent:
            Wording(
                "Its messages have no time at %1, where the profile names one: their arrival counts.",
                "Pesannya tidak berisi waktu di %1, padahal disebut di profil: yang dipakai waktu tibanya."
            )
        case .timeUnreadable:
            Wording(
                "Its time at %1 is not in the format %2: write the format that the message has.",
                "Waktunya di %1 tidak berformat %2: tulis format sesuai pesannya."
            )
        case .timeImplausible:
            Wording(
                "Its time at %1 read as %2 is %3: are these milliseconds or seconds? Compare the format.",
                "Waktunya di %1 dibaca sebagai %2 menjadi %3: milidetik atau detik? Periksa formatnya."
            )
        case .timeEarlier:
            Wording(
                "Its time is %1 earlier than the arrival: check its clock, and the zone of the profile's time.",
                "Jam pada pesannya tertinggal %1 dari waktu tibanya: periksa jam perangkat dan zone di profilnya."
            )
        case .timeLater:
            Wording(
                "Its time is %1 later than the arrival: check its clock, and the zone of the profile's time.",
                "Jam pada pesannya lebih maju %1 daripada waktu tibanya: periksa jam perangkat dan zone di profilnya."
            )
        case .strays:
            Wording(
                "stray bytes came before replies and were dropped (%1): check termination, bias and the adapter.",
                "%1 byte sampah datang sebelum jawaban dan dibuang: periksa terminasi, bias, dan adaptornya."
            )
        case .stillToAsk: Wording("probing %1 ...", "memeriksa %1 ...")
        }
    }
}
