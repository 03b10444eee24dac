/// What was seen of a fault, and the next physical check; in the order in which a technician meets them.
enum FaultPhrase: Phrase {
    // The serial port.
    case portMissing, plugAdapter
    case portLost, checkAdapter
    case portBusy, stopOtherProgram, portHeld, stopHolder
    case portForbidden, joinGroup
    case portFailed, checkPort
    case noDescriptor, noThread, raiseLimits
    // A serial line.
    case silent, silentSometimes, silentLate
    case checkFromPower, checkThisDevice, checkOneBehindAnother, checkLooseWire, raiseReplyTime
    case garbage, checkBaudAndParity
    case checksumsOfLong, checkTermination
    case checksumsOfAll, checkNoise
    case foreign, setUnit
    case answersAsZero, writeZero
    case otherTransaction, letOneAsk
    case twoReplies, unplugOne
    case echo, switchEchoOff
    // TCP.
    case refused, checkTCPPort
    case unreachable, checkRoute
    case unknownName, checkName
    case noConnection, checkHost
    case mute, checkUnitBehind, checkNetwork
    case hungUp, oneClientOnly
    case notModbusTCP, checkProtocol
    case speaksModbusTCP, leaveFraming, passesRTU, writeFraming
    case notSecured, checkFiles

    var wording: Wording {
        switch self {
        case .portMissing: Wording("there is no serial port %1", "port serial %1 tidak ada")
        case .plugAdapter:
            Wording(
                "Plug the adapter in; `ls /dev/gateway /dev/serial/by-id` shows which ports there are.",
                "Colokkan adaptor; `ls /dev/gateway /dev/serial/by-id` menunjukkan port yang ada."
            )
        case .portLost: Wording("serial port %1 went away while in use", "port serial %1 hilang saat dipakai")
        case .checkAdapter:
            Wording(
                "Check the adapter's plug and its supply; `dmesg | tail` says when it left.",
                "Periksa colokan adaptor dan catu dayanya; `dmesg | tail` mencatat kapan port hilang."
            )
        case .portBusy:
            Wording("serial port %1 is in use by another program", "port serial %1 sedang dipakai program lain")
        case .stopOtherProgram:
            Wording(
                "Find it with `fuser -v %1` and stop it. If it is the gateway, name its --config: the probe then asks "
                    + "through it.",
                "Cari dengan `fuser -v %1` lalu hentikan. Kalau itu gateway, sebutkan --config-nya: probe akan "
                    + "bertanya lewat gateway."
            )
        case .portHeld:
            Wording(
                "serial port %1 is in use by another program (%2)",
                "port serial %1 sedang dipakai program lain (%2)"
            )
        case .stopHolder:
            Wording(
                "Stop that program. If it is the gateway, name its --config: the probe then asks through it.",
                "Hentikan program itu. Kalau itu gateway, sebutkan --config-nya: probe akan bertanya lewat gateway."
            )
        case .portForbidden:
            Wording("this user may not open serial port %1", "pengguna ini tidak boleh membuka port serial %1")
        case .joinGroup:
            Wording(
                "Use sudo, or `sudo adduser $USER dialout` and log in again.",
                "Pakai sudo, atau `sudo adduser $USER dialout` lalu masuk (login) ulang."
            )
        case .portFailed:
            Wording("%1 cannot be used as a serial port (%2)", "%1 tidak bisa dipakai sebagai port serial (%2)")
        case .checkPort:
            Wording(
                "Is it a serial port? `dmesg | tail` says what the kernel made of it.",
                "Apakah itu port serial? Lihat pesan kernel dengan `dmesg | tail`."
            )
        case .noDescriptor:
            Wording(
                "this machine has no descriptor left to open %1",
                "komputer ini kehabisan descriptor untuk membuka %1"
            )
        case .noThread:
            Wording(
                "this machine has no thread left to ask %1 (%2)",
                "komputer ini kehabisan thread untuk bertanya ke %1 (%2)"
            )
        case .raiseLimits:
            Wording(
                "Raise LimitNOFILE and TasksMax of the service: `gateway check` says how many are needed.",
                "Naikkan LimitNOFILE dan TasksMax layanan: `gateway check` menunjukkan jumlah yang diperlukan."
            )
        case .silent:
            Wording("unit %1 does not answer (asked %2x, %3)", "unit %1 tidak menjawab (ditanya %2x, %3)")
        case .silentSometimes:
            Wording("unit %1 left %2 of %3 requests unanswered", "unit %1 tidak menjawab %2 dari %3 permintaan")
        case .silentLate:
            Wording(
                "unit %1 answers too late: after %2, when %3 are allowed",
                "unit %1 terlambat menjawab: setelah %2, padahal batasnya %3"
            )
        case .checkFromPower:
            Wording(
                "Check in this order: power; A and B (swap them); the unit id; baud and parity. `gateway probe --scan "
                    + "--serial %1` finds id, baud and parity.",
                "Periksa berurutan: catu daya; kabel A dan B (coba tukar); ID unit; baud dan paritas. Untuk mencari "
                    + "ID, baud dan paritas: `gateway probe --scan --serial %1`."
            )
        case .checkThisDevice:
            Wording(
                "Others on this line answer, so the line is set right: check this device's power, its own A and B, "
                    + "its unit id.",
                "Perangkat lain di jalur ini menjawab, jadi setelan jalur benar: periksa catu daya perangkat ini, "
                    + "kabel A dan B-nya, ID unitnya."
            )
        case .checkOneBehindAnother:
            Wording(
                "Nobody on this line answers: check the trunk first: A and B at the box (swap them), the adapter, "
                    + "power of all; then baud and parity (%1).",
                "Tidak ada yang menjawab di jalur ini: periksa kabel utama dulu: A dan B di sisi gateway (coba "
                    + "tukar), adaptor, catu daya semua; lalu baud dan paritas (%1)."
            )
        case .checkLooseWire:
            Wording(
                "Tighten the terminals and measure the supply while it is asked: a loose wire or a weak supply comes "
                    + "and goes.",
                "Kencangkan terminal dan ukur tegangan catu daya selagi perangkat ditanya: kabel kendur atau catu daya "
                    + "lemah membuat jawaban hilang-timbul."
            )
        case .raiseReplyTime:
            Wording(
                "Give the profile a reply_time of at least %1, or shorten the device's own reply delay.",
                "Isi reply_time di profil minimal %1, atau perpendek jeda jawab di perangkatnya."
            )
        case .garbage:
            Wording("what comes is no Modbus frame: %1", "yang diterima bukan frame Modbus: %1")
        case .checkBaudAndParity:
            Wording(
                "Compare baud and parity with the device's (now %1); then look for a second master on the line.",
                "Cocokkan baud dan paritas dengan perangkat (sekarang %1); lalu cari master kedua di jalur ini."
            )
        case .checksumsOfLong:
            Wording(
                "%1 of %2 long replies have CRC errors, short ones only %3 of %4",
                "CRC salah pada %1 dari %2 jawaban panjang, yang pendek hanya %3 dari %4"
            )
        case .checkTermination:
            Wording(
                "Errors grow with length: check 120 ohm at both ends and nowhere else, bias, common ground, and power "
                    + "cables beside the line.",
                "Makin panjang frame makin sering salah: periksa 120 ohm di kedua ujung saja, resistor bias, ground "
                    + "bersama, dan kabel listrik di dekat jalur."
            )
        case .checksumsOfAll:
            Wording(
                "%1 of %2 replies have CRC errors, short or long",
                "CRC salah pada %1 dari %2 jawaban, pendek maupun panjang"
            )
        case .checkNoise:
            Wording(
                "Check shield, common ground and bias, and stop what switches nearby; then whether two devices share "
                    + "unit %1.",
                "Periksa shield kabel, ground bersama, resistor bias; matikan dulu beban yang sering hidup-mati di "
                    + "dekatnya (pompa, kontaktor); lalu apakah dua perangkat memakai unit %1."
            )
        case .foreign: Wording("unit %2 answers when unit %1 is asked", "unit %2 yang menjawab ketika unit %1 ditanya")
        case .setUnit:
            Wording(
                "Write unit %2 into the configuration or set the device to %1; if both exist, look for a second "
                    + "master.",
                "Tulis unit %2 di konfigurasi atau setel perangkat ke %1; kalau keduanya ada, cari master kedua."
            )
        case .answersAsZero:
            Wording("%1 answers as unit 0 when unit %2 is asked", "%1 menjawab sebagai unit 0 ketika unit %2 ditanya")
        case .writeZero:
            Wording("Write `unit: 0` into the configuration.", "Tulis `unit: 0` di konfigurasi.")
        case .otherTransaction:
            Wording(
                "%1 answers with the transaction number of another request",
                "%1 menjawab dengan nomor transaksi permintaan lain"
            )
        case .letOneAsk:
            Wording(
                "The device confuses its clients: let one program alone ask it, and look for newer firmware.",
                "Jawaban perangkat tertukar antarklien: biarkan satu program saja yang bertanya, dan cari firmware "
                    + "yang lebih baru."
            )
        case .twoReplies: Wording("two devices answer as unit %1", "dua perangkat menjawab sebagai unit %1")
        case .unplugOne:
            Wording(
                "Unplug one of them and probe again; then give each a unit id of its own.",
                "Lepas salah satu lalu probe lagi; setelah itu beri masing-masing ID unit sendiri."
            )
        case .echo:
            Wording("the adapter returns what it sends", "adaptor mengembalikan apa yang dikirimnya sendiri (gema)")
        case .switchEchoOff:
            Wording(
                "Switch the adapter's echo off (RS-485 two-wire, receiver off while sending); then check A and B.",
                "Matikan gema (echo) di adaptor (RS-485 dua kawat, penerima mati saat mengirim); lalu periksa A dan B."
            )
        case .refused: Wording("%1 refuses the connection", "%1 menolak koneksi")
        case .checkTCPPort:
            Wording(
                "The host is there: check the port (502 as a rule) and that Modbus TCP is switched on.",
                "Alamatnya ada: periksa nomor port (biasanya 502) dan apakah Modbus TCP sudah diaktifkan."
            )
        case .unreachable: Wording("there is no way to %1 (%2)", "tidak ada jalan ke %1 (%2)")
        case .checkRoute:
            Wording(
                "Check the network cable, this box's address and netmask, and the route.",
                "Periksa kabel jaringan, alamat dan netmask gateway ini, serta rutenya."
            )
        case .unknownName: Wording("the name in %1 does not resolve", "nama di %1 tidak dikenal DNS")
        case .checkName:
            Wording(
                "Check its spelling, or write the address in numbers.",
                "Periksa ejaannya, atau tulis alamat angkanya."
            )
        case .noConnection: Wording("%1 does not respond", "%1 tidak merespons")
        case .checkHost:
            Wording(
                "Check that it is on, its link light and its address; then `ping` it.",
                "Periksa apakah menyala, lampu link-nya, dan alamatnya; lalu `ping`."
            )
        case .mute:
            Wording(
                "%1 accepts the connection, but unit %2 does not answer",
                "%1 menerima koneksi, tetapi unit %2 tidak menjawab"
            )
        case .checkUnitBehind:
            Wording(
                "Check the unit id (255, 1 or 0 for a device of its own); behind a converter its serial side: power, "
                    + "A and B, baud.",
                "Periksa ID unit (255, 1 atau 0 untuk perangkat tunggal); di balik konverter periksa sisi serialnya: "
                    + "catu daya, A dan B, baud."
            )
        case .checkNetwork:
            Wording(
                "Check the network (cable, Wi-Fi), how many others ask the device, and a converter's own serial line.",
                "Periksa jaringan (kabel, Wi-Fi), berapa klien lain yang bertanya, dan jalur serial di balik konverter."
            )
        case .hungUp:
            Wording(
                "%1 takes the connection and closes it when asked",
                "%1 menerima koneksi lalu menutupnya saat ditanya"
            )
        case .oneClientOnly:
            Wording(
                "It may serve one client only, or only listed ones: stop the other client, or add this box to its "
                    + "list.",
                "Mungkin hanya melayani satu klien, atau yang terdaftar saja: hentikan klien lain, atau daftarkan "
                    + "gateway ini."
            )
        case .notModbusTCP: Wording("%1 does not answer in Modbus TCP: %2", "jawaban %1 bukan Modbus TCP: %2")
        case .checkProtocol:
            Wording(
                "Check the port, and that the converter is set to Modbus TCP; where it passes RTU through, write "
                    + "framing: rtu at its bus.",
                "Periksa nomor port, dan setel konverter ke Modbus TCP; kalau meneruskan RTU mentah, tulis framing: "
                    + "rtu pada bus-nya."
            )
        case .speaksModbusTCP:
            Wording("%1 speaks Modbus TCP, and was asked in RTU", "%1 memakai Modbus TCP, tetapi ditanya dengan RTU")
        case .leaveFraming:
            Wording(
                "Take framing away from its bus, and in the command --framing.",
                "Hapus framing dari bus-nya, dan --framing dari perintah."
            )
        case .passesRTU:
            Wording(
                "%1 passes RTU through, and was asked in Modbus TCP",
                "%1 meneruskan RTU mentah, tetapi ditanya dengan Modbus TCP"
            )
        case .writeFraming:
            Wording(
                "Write framing: rtu and the line's baud at its bus; in the command --framing rtu.",
                "Tulis framing: rtu dan baud jalurnya pada bus-nya; dalam perintah --framing rtu."
            )
        case .notSecured:
            Wording("no secure connection (TLS) to %1: %2", "koneksi aman (TLS) ke %1 gagal: %2")
        case .checkFiles:
            Wording(
                "Check the files of tls, the name and dates of the device's certificate, and this box's clock.",
                "Periksa file pada tls, nama dan masa berlaku sertifikat perangkat, serta jam gateway ini."
            )
        }
    }
}
