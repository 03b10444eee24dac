/// The help of the options with which a box is set up. A default that the option itself has is not repeated here: the
/// command line's library adds it.
package enum InitHelpPhrase: Phrase {
    case command, way, id, site, name, kelurahan, kecamatan, destination, passwordFile, scan, tcp, units, yes, output
    case from, interval, start

    package var wording: Wording {
        switch self {
        case .command:
            Wording(
                "Set up a box: ask who it is, look what answers, write the configuration, check it, start.",
                "Menyiapkan kotak: menanyakan identitas, mencari perangkat yang menjawab, menulis konfigurasi, "
                    + "memeriksa, menjalankan gateway."
            )
        case .way:
            Wording(
                "Every question has a default and an option. Without a terminal nothing is asked: give the options, or "
                    + "--yes for the defaults. No file is ever overwritten, and devices are only read.",
                "Tiap pertanyaan punya jawaban bawaan dan opsi. Tanpa terminal tidak ada yang ditanyakan: sebutkan "
                    + "opsinya, atau pakai --yes untuk jawaban bawaan. File yang sudah ada tidak pernah ditimpa, dan "
                    + "perangkat hanya dibaca."
            )
        case .id: Wording("The gateway's id. (default: this machine's name)", "ID gateway. (bawaan: nama komputer ini)")
        case .site: Wording("The id of the place. (default: made from its name)", "ID lokasi. (bawaan: dari namanya)")
        case .name: Wording("The place's name, for people.", "Nama lokasi yang mudah dibaca.")
        case .kelurahan: Wording("The place's kelurahan.", "Kelurahan lokasi.")
        case .kecamatan: Wording("The place's kecamatan.", "Kecamatan lokasi.")
        case .destination:
            Wording(
                "Where readings go: mqtts://HOST:8883. (default: mqtt://127.0.0.1:1883)",
                "Tujuan data: mqtts://HOST:8883. (bawaan: mqtt://127.0.0.1:1883)"
            )
        case .passwordFile:
            Wording(
                "The file with the destination's password; its user is the gateway's id.",
                "File kata sandi untuk tujuan; penggunanya ID gateway."
            )
        case .scan:
            Wording(
                "auto (every free serial port), none, or a port (repeatable). (default: auto)",
                "auto (semua port serial yang bebas), none, atau satu port (boleh berulang). (bawaan: auto)"
            )
        case .tcp:
            Wording(
                "A Modbus TCP host to scan too, HOST or HOST:PORT (repeatable).",
                "Host Modbus TCP yang ikut dipindai, HOST atau HOST:PORT (boleh berulang)."
            )
        case .units: Wording("Unit ids to scan. (default: 1-32)", "ID unit yang dipindai. (bawaan: 1-32)")
        case .yes: Wording("Take the defaults; ask nothing.", "Pakai jawaban bawaan; tidak bertanya.")
        case .output: Wording("The file to write.", "File yang ditulis.")
        case .from:
            Wording(
                "Another box's configuration, to be taken over with a new --id.",
                "Konfigurasi kotak lain, untuk dipakai dengan --id baru."
            )
        case .interval: Wording("How often devices are read.", "Interval pembacaan perangkat.")
        case .start:
            Wording("Start the gateway, or leave it. (default: ask)", "Jalankan gateway, atau tidak. (bawaan: tanya)")
        }
    }
}
