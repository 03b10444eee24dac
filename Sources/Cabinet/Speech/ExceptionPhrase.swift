import Domain

/// The device's own refusals (Modbus application protocol 1.1b3, section 7), and what to check.
enum ExceptionPhrase: Int, Phrase {
    case refusal = 0
    case code1, code2, code3, code4, code5, code6, code7, code8, code9, code10, code11

    /// The next check for a code of 1 to 11.
    init?(code: UInt8) {
        guard code > 0 else { return nil }
        self.init(rawValue: Int(code))
    }

    /// The next check for any code.
    static func check(_ code: UInt8, _ table: RegisterTable) -> Sentence {
        if code == 1 {
            return Sentence(Self.code1, "\(table.functionCode)", table.rawValue, table.counterpart.rawValue)
        }
        return Sentence(ExceptionPhrase(code: code) ?? .code9)
    }

    var wording: Wording {
        switch self {
        case .refusal: Wording("the device refuses %1 with exception %2", "perangkat menolak %1 dengan exception %2")
        case .code1:
            Wording(
                "It does not know function code %1 (%2): try `%3:` in the profile. Is this the profile's model?",
                "Perangkat tidak mengenal function code %1 (%2): coba `%3:` di profil. Apakah modelnya sesuai profil?"
            )
        case .code2:
            Wording(
                "It has no such register: compare model and firmware, and whether its manual counts from 0 or from 1.",
                "Register itu tidak ada: cocokkan model dan firmware, dan apakah manualnya menghitung dari 0 atau "
                    + "dari 1."
            )
        case .code3:
            Wording(
                "Too many registers at once, or from the middle of a value: lower max_registers in the profile.",
                "Terlalu banyak register sekaligus, atau mulai di tengah nilai: turunkan max_registers di profil."
            )
        case .code4:
            Wording(
                "The device has failed inside: see its display, then switch it off and on.",
                "Ada kerusakan di dalam perangkat: lihat layarnya, lalu matikan dan nyalakan."
            )
        case .code5:
            Wording(
                "It needs longer for this: ask it less often.",
                "Perangkat perlu waktu lebih lama: perpanjang interval polling."
            )
        case .code6:
            Wording(
                "It is busy: ask it less often, and see whether another master asks it too.",
                "Perangkat sibuk: perpanjang interval polling, dan periksa apakah ada master lain yang bertanya."
            )
        case .code7:
            Wording(
                "It cannot do this: compare the model with the profile.",
                "Perangkat tidak mendukung permintaan ini: cocokkan model dengan profil."
            )
        case .code8:
            Wording(
                "Its memory is faulty: switch it off and on; if it stays, replace it.",
                "Memorinya rusak: matikan dan nyalakan; kalau tetap, ganti perangkat."
            )
        case .code9:
            Wording("See the device's manual for this code.", "Lihat arti kode ini di manual perangkat.")
        case .code10:
            Wording(
                "The converter has no way to that unit: check its serial port's settings and its unit table.",
                "Konverter tidak punya jalur ke unit itu: periksa setelan port serial dan tabel unitnya."
            )
        case .code11:
            Wording(
                "The converter got no answer from the unit behind it: check that unit's power, A and B, id and baud.",
                "Konverter tidak mendapat jawaban dari unit di belakangnya: periksa catu daya, A dan B, ID dan baud "
                    + "unit itu."
            )
        }
    }
}

extension RegisterTable {
    /// The table that a manual most often means when this one does not exist.
    var counterpart: RegisterTable {
        switch self {
        case .coil: .discrete
        case .discrete: .coil
        case .holding: .input
        case .input: .holding
        }
    }
}
