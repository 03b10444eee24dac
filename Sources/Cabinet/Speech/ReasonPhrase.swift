/// What a reason of a value that is not good means, and what to check; in the same words as a probe's, when it says the
/// same.
enum ReasonPhrase: Phrase {
    case timeout
    case noConnection
    case port
    case crc
    case badFrame
    case foreignReply
    case distrusted, waitForDoubt
    case exception
    case borrowed, waitForProbe
    case notSeen
    case notInMessage, checkPaths
    case offline
    case retained, waitForMessage
    case decode, checkDecoding
    case notANumber, checkSensor
    case tooLong, checkLength
    case invalid
    case outOfRange
    case condition, checkCondition
    case unstable, waitForRest
    case torn, waitForRollover
    case zone, checkZone
    case tiny, checkTiny
    case lowHead, checkWeir
    case counterReset, checkReset
    case counterGap, checkGap
    case deviceClock, checkClock
    case probe

    var wording: Wording {
        switch self {
        case .timeout: Wording("no reply in time", "tidak ada jawaban tepat waktu")
        case .noConnection: Wording("no TCP connection to the device", "tidak ada koneksi TCP ke perangkat")
        case .port:
            Wording(
                "the serial port is missing, busy, forbidden or has failed",
                "port serial tidak ada, sedang dipakai, tidak boleh dibuka, atau rusak"
            )
        case .crc: Wording("a reply with a wrong checksum", "jawaban dengan checksum (CRC) salah")
        case .badFrame:
            Wording(
                "a reply that is none: of a wrong length, broken off, or an echo",
                "yang datang bukan jawaban: panjangnya salah, terputus, atau gema (echo)"
            )
        case .foreignReply:
            Wording("another unit's reply, or one to another request", "jawaban unit lain, atau untuk permintaan lain")
        case .distrusted:
            Wording(
                "not asked, since an earlier request's late reply could have been taken for the answer",
                "tidak ditanya, karena jawaban terlambat dari permintaan sebelumnya bisa dikira jawabannya"
            )
        case .waitForDoubt:
            Wording(
                "Wait: it lasts five times `worst_reply` after a timeout on a serial line.",
                "Tunggu: lamanya lima kali `worst_reply` setelah timeout di jalur serial."
            )
        case .exception:
            Wording("the device refused, with Modbus exception %1", "perangkat menolak, dengan exception Modbus %1")
        case .borrowed: Wording("the line was lent to a probe", "jalur sedang dipinjam probe")
        case .waitForProbe:
            Wording(
                "Wait until `gateway probe --take-line` ends.",
                "Tunggu sampai `gateway probe --take-line` selesai."
            )
        case .notSeen:
            Wording(
                "a device that reports by itself has not done so for 2.5 intervals",
                "perangkat yang melapor sendiri tidak melapor selama 2,5 interval"
            )
        case .notInMessage:
            Wording(
                "messages come, but they do not carry this value",
                "pesan datang, tetapi nilai ini tidak ada di dalamnya"
            )
        case .checkPaths:
            Wording(
                "Compare the profile's `path` with what the device sends (upper and lower case count); `gateway probe` "
                    + "shows both.",
                "Bandingkan `path` di profil dengan isi pesan perangkat (huruf besar dan kecil dibedakan); "
                    + "`gateway probe` menampilkan keduanya."
            )
        case .offline:
            Wording(
                "the device's availability topic says so",
                "menurut topik status (availability), perangkat terputus"
            )
        case .retained:
            Wording("the message was retained: of unknown age", "pesan lama (retained): umurnya tidak diketahui")
        case .waitForMessage: Wording("Wait: the next message is fresh.", "Tunggu: pesan berikutnya baru.")
        case .decode:
            Wording(
                "the bytes are not what the profile says: a float below 1e-30 that another word order explains, say",
                "byte-nya tidak sesuai profil: misalnya float di bawah 1e-30 yang cocok dengan urutan word lain"
            )
        case .checkDecoding:
            Wording(
                "`gateway probe` names the word order that fits; compare profile and firmware.",
                "`gateway probe` menyebut urutan word yang cocok; cocokkan profil dan firmware."
            )
        case .notANumber: Wording("NaN or infinite", "NaN atau tak hingga")
        case .checkSensor:
            Wording(
                "Check the sensor behind the device, and its wires.",
                "Periksa sensor di belakang perangkat, dan kabelnya."
            )
        case .tooLong:
            Wording(
                "a text with more bytes than the profile's `max_length`; nothing of it is told",
                "teks dengan byte lebih banyak dari `max_length` di profil; tidak ada yang diteruskan"
            )
        case .checkLength:
            Wording(
                "See what the device sends there, and the profile's `max_length`.",
                "Lihat apa yang dikirim perangkat di situ, dan `max_length` di profil."
            )
        case .invalid:
            Wording("the device's own mark for \"no value\"", "tanda dari perangkat sendiri: \"tidak ada nilai\"")
        case .outOfRange:
            Wording(
                "outside the profile's range; a water level below a weir's zero or above its greatest head; a number "
                    + "that overflows when it is scaled or converted (null)",
                "di luar rentang di profil; muka air di bawah nol ambang atau di atas tinggi terbesarnya; angka yang "
                    + "meluap saat diskalakan atau dikonversi (null)"
            )
        case .condition:
            Wording(
                "the point that vouches for this one does not (no signal, a cell error)",
                "titik ukur yang menjaminnya tidak menjamin (tidak ada sinyal, sel bermasalah)"
            )
        case .checkCondition:
            Wording(
                "See the device's own display and status; the profile's `good_when` says what must hold.",
                "Lihat layar dan status di perangkat; `good_when` di profil menyebut syaratnya."
            )
        case .unstable: Wording("a scale still moving", "timbangan masih bergerak")
        case .waitForRest: Wording("Wait for rest.", "Tunggu sampai diam.")
        case .torn:
            Wording(
                "the counter's parts were read one after the other, and it may have rolled over in between",
                "bagian-bagian penghitung dibaca bergantian, dan hitungannya mungkin berputar di antaranya"
            )
        case .waitForRollover:
            Wording(
                "Wait for the next readings: nothing of the count is lost.",
                "Tunggu pembacaan berikutnya: hitungannya tidak ada yang hilang."
            )
        case .zone:
            Wording(
                "the device's time is an hour or more away from the message's arrival",
                "jam perangkat berbeda satu jam atau lebih dari saat pesannya tiba"
            )
        case .checkZone:
            Wording(
                "Check the device's clock and its time zone, and the profile's `time: { zone: ... }`.",
                "Periksa jam dan zona waktu perangkat, serta `time: { zone: ... }` di profil."
            )
        case .tiny:
            Wording(
                "a float below 1e-30 that is not 0, and that no other word order explains",
                "float di bawah 1e-30 yang bukan 0, dan tidak cocok dengan urutan word lain"
            )
        case .checkTiny:
            Wording(
                "Compare with the display; `tiny: zero` in the profile if the device's damping does that.",
                "Bandingkan dengan layar; `tiny: zero` di profil bila itu ulah peredam (damping) perangkat."
            )
        case .lowHead:
            Wording(
                "less than 60 mm of water over a weir's vertex, where its formula is not vouched for",
                "air kurang dari 60 mm di atas dasar takik; di situ rumus ambang tidak terjamin"
            )
        case .checkWeir:
            Wording(
                "Check the weir, and the day when its zero was surveyed.",
                "Periksa ambangnya, dan kapan titik nolnya terakhir diukur."
            )
        case .counterReset: Wording("the counter went back", "penghitung mundur")
        case .checkReset:
            Wording(
                "Check the device's power, and whether it was replaced.",
                "Periksa catu daya perangkat, dan apakah perangkat diganti."
            )
        case .counterGap:
            Wording(
                "silent for so long that the counter may have wrapped, or counted more than it can: another meter, or "
                    + "one that showed something else for a moment",
                "diam begitu lama sehingga penghitung mungkin berputar ke nol, atau bertambah melebihi kemampuannya: "
                    + "meter lain, atau sesaat menunjukkan angka lain"
            )
        case .checkGap:
            Wording(
                "Look for an outage, and whether the device was replaced.",
                "Cari apakah ada gangguan, dan apakah perangkat diganti."
            )
        case .deviceClock:
            Wording(
                "the device's own clock was set back, or cannot be right: the counter begins anew",
                "jam perangkat dimundurkan atau tidak mungkin benar: penghitung mulai dari awal"
            )
        case .probe:
            Wording(
                "`gateway probe` says which it is (%1) and what to check.",
                "`gateway probe` menunjukkan yang mana (%1) dan apa yang perlu dicek."
            )
        case .checkClock: Wording("Check the device's clock.", "Periksa jam perangkat.")
        }
    }
}
