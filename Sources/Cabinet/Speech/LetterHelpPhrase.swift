/// What `--help` says about mbpoll's letters.
package enum LetterHelpPhrase: Phrase {
    case mode, units, first, count, type, fromZero, bigEndian, once, interval, timeout, port, baud
    case dataBits, stopBits, parity

    package var wording: Wording {
        switch self {
        case .mode:
            Wording(
                "rtu or tcp; rtu for a tty's path, else tcp.",
                "rtu atau tcp; rtu untuk path tty, selain itu tcp."
            )
        case .units: Wording("Unit ids, such as 1,3:7. (default: 1)", "ID unit, misalnya 1,3:7. (bawaan: 1)")
        case .first:
            Wording(
                "First register, counted from 1 unless -0. (default: 1)",
                "Register pertama, dihitung dari 1 kecuali dengan -0. (bawaan: 1)"
            )
        case .count: Wording("How many values, 1 to 125. (default: 1)", "Banyaknya nilai, 1 sampai 125. (bawaan: 1)")
        case .type:
            Wording(
                "0, 1, 3 or 4, the last two with :int16, :hex, :string, :int or :float. (default: 4)",
                "0, 1, 3 atau 4, dua yang terakhir boleh dengan :int16, :hex, :string, :int atau :float. "
                    + "(bawaan: 4)"
            )
        case .fromZero: Wording("-r counts from 0.", "-r dihitung dari 0.")
        case .bigEndian:
            Wording(
                "int and float have the higher word first (ABCD, else CDAB).",
                "int dan float dengan word tinggi lebih dulu (ABCD, tanpa ini CDAB)."
            )
        case .once: Wording("Read once; else again and again.", "Baca sekali; tanpa ini terus-menerus.")
        case .interval:
            Wording(
                "Milliseconds between reads, more than 10. (default: 1000)",
                "Milidetik antara bacaan, lebih dari 10. (bawaan: 1000)"
            )
        case .timeout:
            Wording(
                "Seconds to wait for a reply, 0.01 to 10. (default: 1)",
                "Berapa detik menunggu jawaban, 0,01 sampai 10. (bawaan: 1)"
            )
        case .port: Wording("TCP port. (default: 502)", "Port TCP. (bawaan: 502)")
        case .baud: Wording("Baud rate. (default: 19200)", "Baud rate. (bawaan: 19200)")
        case .dataBits: Wording("Data bits, 7 or 8. (default: 8)", "Bit data, 7 atau 8. (bawaan: 8)")
        case .stopBits: Wording("Stop bits, 1 or 2. (default: 1)", "Stop bit, 1 atau 2. (bawaan: 1)")
        case .parity: Wording("none, even or odd. (default: even)", "none, even atau odd. (bawaan: even)")
        }
    }
}
