/// What `--help` says about each command.
package enum CommandHelpPhrase: Phrase {
    case check, gateway, version, export, figures, showFigures, recompute, probe, probeWays, profiles
    case listProfiles, showProfile, testProfiles, replay, replayWay, run, simulate, status, verify
    case page, pageWays, pageListen

    package var wording: Wording {
        switch self {
        case .check:
            Wording(
                "Say everything that is wrong with the configuration and the profiles.",
                "Menyebutkan semua yang salah pada konfigurasi dan profil."
            )
        case .gateway:
            Wording(
                "Reads a city's meters, scales and counters over Modbus and MQTT, and forwards what they say.",
                "Membaca meter, timbangan, dan penghitung kota lewat Modbus dan MQTT, lalu meneruskan "
                    + "datanya."
            )
        case .page:
            Wording(
                "Show the box as pages for a browser: devices, operation, the city's figures.",
                "Menampilkan kotak ini sebagai halaman web: perangkat, operasi, angka kota."
            )
        case .pageWays:
            Wording(
                "The pages change nothing. They are on this machine alone; on a network they need a PIN "
                    + "(page.pin_file).",
                "Halaman tidak mengubah apa pun. Hanya bisa dibuka di komputer ini; lewat jaringan perlu PIN "
                    + "(page.pin_file)."
            )
        case .pageListen:
            Wording(
                "Where to listen instead of page.listen: 127.0.0.1:8080, 0.0.0.0:8080, [::1]:8080.",
                "Tempat mendengarkan, pengganti page.listen: 127.0.0.1:8080, 0.0.0.0:8080, [::1]:8080."
            )
        case .version: Wording("Print version and build.", "Menampilkan versi dan jenis build.")
        case .export:
            Wording(
                "The evidence of a span: values, targets, completeness and methods, for a spreadsheet or a "
                    + "program.",
                "Bukti untuk suatu rentang waktu: nilai, target, kelengkapan, dan metode, untuk lembar kerja "
                    + "atau program."
            )
        case .figures:
            Wording(
                "The city's figures: the current ones, the evidence of a span, and computing days again.",
                "Angka indikator kota: yang terkini, bukti untuk suatu rentang waktu, dan hitung ulang."
            )
        case .showFigures:
            Wording(
                "The open windows, a line each, with the windows before as small bars.",
                "Jangka waktu yang sedang berjalan, satu per baris, dengan jangka waktu sebelumnya sebagai diagram "
                    + "kecil."
            )
        case .recompute:
            Wording(
                "Compute days again from the readings that the running gateway still holds; never replaces "
                    + "more by less.",
                "Menghitung ulang hari dari data yang masih disimpan gateway yang berjalan; yang lebih "
                    + "lengkap tidak diganti."
            )
        case .probe:
            Wording(
                "Ask devices and say what is wrong and what to check next; it never writes to a device.",
                "Menanyai perangkat, lalu menyebutkan apa yang salah dan apa yang diperiksa berikutnya; "
                    + "tidak pernah menulis."
            )
        case .probeWays:
            Wording(
                "Without options: every device of the configuration, or the ones named.\n"
                    + "A device that is in no configuration yet: --profile NAME with --serial PATH or --tcp HOST, and "
                    + "--unit N.\n"
                    + "A line that nobody knows: --scan with --serial PATH, --tcp HOST or --mqtt BROKER; alone it "
                    + "lists the ports.\n"
                    + "A device of which nobody knows the id: --lost-id with --serial PATH.\n"
                    + "What a display shows: --expect 12.34 with a device, or --serial or --tcp and --unit; --confirm "
                    + "to be sure.\n"
                    + "The commissioning record of a device: --record --by NAME, and --expect POINT=VALUE as its "
                    + "display shows.\n"
                    + "Registers as they are: mbpoll's letters, and its argument: -m rtu -b 9600 -P none -a 1 -r 1 -c "
                    + "4 /dev/ttyUSB0",
                "Tanpa opsi: semua perangkat di konfigurasi, atau yang disebutkan.\n"
                    + "Perangkat yang belum ada di konfigurasi: --profile NAMA dengan --serial PATH atau --tcp HOST, "
                    + "dan --unit N.\n"
                    + "Jalur yang belum dikenal: --scan dengan --serial PATH, --tcp HOST, atau --mqtt BROKER; tanpa "
                    + "itu daftar port.\n"
                    + "Perangkat yang ID-nya tidak diketahui: --lost-id dengan --serial PATH.\n"
                    + "Angka di layar perangkat: --expect 12,34 dengan perangkat, atau --serial atau --tcp dan --unit; "
                    + "--confirm agar pasti.\n"
                    + "Berita acara pemeriksaan perangkat: --record --by NAMA, dan --expect TITIK=NILAI seperti "
                    + "di layarnya.\n"
                    + "Register apa adanya: huruf-huruf mbpoll dan argumennya: -m rtu -b 9600 -P none -a 1 -r 1 -c 4 "
                    + "/dev/ttyUSB0"
            )
        case .profiles: Wording("The device profiles that are installed.", "Profil perangkat yang terpasang.")
        case .listProfiles: Wording("Every profile, a line each.", "Semua profil, satu per baris.")
        case .showProfile: Wording("One profile, readably.", "Satu profil, mudah dibaca.")
        case .testProfiles:
            Wording(
                "Read profiles and run their vectors: each frame must give the values that its document prints.",
                "Membaca profil dan menjalankan vektornya: tiap frame harus menghasilkan nilai yang tercetak di "
                    + "dokumennya."
            )
        case .replay:
            Wording(
                "Play a commissioning record back on a bench: its device answers as it did on site.",
                "Memutar ulang berita acara di meja kerja: perangkatnya menjawab seperti di lapangan."
            )
        case .replayWay:
            Wording(
                "Each recorded request gets the replies that it got then, right or wrong, in their order and "
                    + "after the same time; after the last the first again. What was never asked then is not "
                    + "answered.",
                "Tiap permintaan yang terekam mendapat jawaban yang sama, benar atau salah, menurut urutan "
                    + "dan jeda waktunya; sesudah yang terakhir mulai lagi dari yang pertama. Yang tidak pernah "
                    + "ditanyakan tidak dijawab."
            )
        case .run:
            Wording(
                "Run the gateway in the foreground; SIGTERM or Ctrl-C ends it in order.",
                "Menjalankan gateway di latar depan; SIGTERM atau Ctrl-C mengakhirinya dengan tertib."
            )
        case .simulate:
            Wording(
                "Play the devices of a configuration: Modbus over TCP and ptys, MQTT at its broker.",
                "Memerankan perangkat sebuah konfigurasi: Modbus lewat TCP dan pty, MQTT di broker-nya."
            )
        case .status:
            Wording(
                "What the running gateway sees: devices, last values, buses, destinations, journal.",
                "Yang dilihat gateway yang berjalan: perangkat, nilai terakhir, bus, tujuan, jurnal."
            )
        case .verify:
            Wording(
                "Say that a device has been checked, by the record of a probe: its readings then count in "
                    + "indicators.",
                "Menyatakan bahwa perangkat sudah diperiksa, berdasarkan berita acara dari probe: datanya lalu "
                    + "dihitung dalam indikator."
            )
        }
    }
}
