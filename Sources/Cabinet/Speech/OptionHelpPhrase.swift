/// What `--help` says about the options.
package enum OptionHelpPhrase: Phrase {
    case startable, config, indicators, profiles, from, to, expect, tolerance, range, confirm, format
    case windows, separator, decimal, exportLanguage, output, window, scope, all, payloads, without, with
    case reason, language, serial, tcp, baud, parity, stopBits, dataBits, framing, caFile, certificateFile, keyFile,
        unit, takeLine, waitLine, devices
    case profile, wait, watch, displayTitle, recordTitle, lettersTitle, markdown, profileID, record
    case inspector, rounds, recording, otherEnd, replayPort, jsonLines, logLevel, scan, scanUnits
    case replyTime, fault, cables, speed, pace, seed, runningConfig, socket, watchStatus, points, deviceID, voucher
    case verifyRecord, profileFiles, profileWords, set

    package var wording: Wording {
        switch self {
        case .startable:
            Wording(
                "Refuse only what run refuses; a slip in the catalogue is then a note.",
                "Hanya menolak yang ditolak run; salah tulis di katalog menjadi catatan."
            )
        case .profileWords:
            Wording(
                "Only profiles with these words, in English or Indonesian: flow, debit, Moxa.",
                "Hanya profil dengan kata-kata ini, Inggris atau Indonesia: flow, debit, Moxa."
            )
        case .set:
            Wording(
                "What is installed, where the profile has variants: phases=3 (repeatable).",
                "Yang terpasang, jika profilnya punya varian: phases=3 (boleh berulang)."
            )
        case .profileFiles:
            Wording(
                "The profiles: files or ids; without any, all that are installed.",
                "Profilnya: file atau ID; tanpa itu, semua yang terpasang."
            )
        case .config:
            Wording(
                "The configuration; conf.d/ and verified.d/ beside it are read too.",
                "Konfigurasi; conf.d/ dan verified.d/ di sebelahnya juga dibaca."
            )
        case .indicators:
            Wording(
                "The catalogue of indicators, instead of indicators.yaml beside the configuration.",
                "Katalog indikator, pengganti indicators.yaml di sebelah konfigurasi."
            )
        case .profiles:
            Wording(
                "A further folder of device profiles; the later one wins (repeatable).",
                "Folder profil perangkat tambahan; yang terakhir menang (boleh berulang)."
            )
        case .from:
            Wording(
                "The first day, YYYY-MM-DD, in the configured time zone.",
                "Hari pertama, YYYY-MM-DD, menurut zona waktu konfigurasi."
            )
        case .to: Wording("The last day, included.", "Hari terakhir, ikut dihitung.")
        case .expect:
            Wording(
                "The display shows this, such as 12.34 or \"45,2 m3/h\": find it. Given again, what it "
                    + "showed later. With --record POINT=12.34, to be compared.",
                "Angka yang tampil di layar perangkat, misalnya 12,34 atau \"45,2 m3/h\": cari register-nya. "
                    + "Diulang: angka yang tampil kemudian. Dengan --record TITIK=12,34: untuk dibandingkan."
            )
        case .tolerance:
            Wording(
                "How far a reading may be from the display. (default: one step of its last digit)",
                "Selisih bacaan terhadap layar yang masih diterima. (bawaan: satu langkah angka terakhir)"
            )
        case .range:
            Wording(
                "Search these registers, from 0: holding:0-199 or input:7 (repeatable).",
                "Cari di register ini, mulai 0: holding:0-199 atau input:7 (boleh berulang)."
            )
        case .confirm:
            Wording(
                "Ask for what the display shows later, until one reading is left; from a pipe, line by line.",
                "Tanyakan lagi angka di layar sampai tinggal satu bacaan; dari pipe, satu per baris."
            )
        case .format:
            Wording(
                "csv (RFC 4180, UTF-8), json (one object a line) or xlsx (a workbook).",
                "csv (RFC 4180, UTF-8), json (satu objek per baris) atau xlsx (buku kerja)."
            )
        case .windows:
            Wording(
                "15min, hour, day, month or year (repeatable; default day, month and year).",
                "15min, hour, day, month atau year (boleh berulang; bawaan day, month dan year)."
            )
        case .separator:
            Wording(
                "Between the columns of csv; without it \",\", or \";\" beside a decimal comma.",
                "Pemisah kolom csv; tanpa ini \",\", atau \";\" bila desimalnya koma."
            )
        case .decimal: Wording("In the numbers of csv: \".\" or \",\".", "Tanda desimal di csv: \".\" atau \",\".")
        case .exportLanguage:
            Wording(
                "en, or id (Bahasa Indonesia), which sets \"--decimal ,\" and \";\".",
                "en, atau id (Bahasa Indonesia), yang memakai \"--decimal ,\" dan \";\"."
            )
        case .output: Wording("The file to write, instead of stdout.", "File yang ditulis, pengganti stdout.")
        case .window: Wording("15min, hour, day, month or year.", "15min, hour, day, month atau year.")
        case .scope:
            Wording(
                "Only scopes that begin so: site, device-flow-1, kecamatan.",
                "Hanya cakupan yang diawali: site, device-flow-1, kecamatan."
            )
        case .all: Wording("Every device too, not only places.", "Tiap perangkat juga, bukan hanya tempat.")
        case .payloads:
            Wording(
                "The payloads as they are published, one a line.",
                "Payload seperti yang dikirim, satu per baris."
            )
        case .without:
            Wording(
                "A device whose readings of those days shall count nowhere; they stay in the journal.",
                "Perangkat yang datanya pada hari itu tidak dihitung di mana pun; datanya tetap di jurnal."
            )
        case .with:
            Wording(
                "A device that was left out, to count on those days again.",
                "Perangkat yang tadinya tidak dihitung, untuk dihitung lagi pada hari itu."
            )
        case .reason:
            Wording(
                "Why; it stands in the event that says which figures changed. Needed.",
                "Alasannya; tercantum di kejadian tentang angka yang berubah. Wajib."
            )
        case .language:
            Wording(
                "en or id (Bahasa Indonesia); without it the environment's (LC_ALL, LC_MESSAGES, LANG).",
                "en atau id (Bahasa Indonesia); tanpa ini menurut lingkungan (LC_ALL, LC_MESSAGES, LANG)."
            )
        case .serial: Wording("A serial port.", "Port serial.")
        case .tcp: Wording("A Modbus TCP device or converter.", "Perangkat atau konverter Modbus TCP.")
        case .baud:
            Wording(
                "Baud rate; a scan takes several: 9600,19200.",
                "Baud rate; pemindaian boleh beberapa: 9600,19200."
            )
        case .parity:
            Wording(
                "none, even or odd; a scan takes several: none,even.",
                "none, even atau odd; pemindaian boleh beberapa: none,even."
            )
        case .dataBits: Wording("8, or 7 of Modbus ASCII.", "8, atau 7 pada Modbus ASCII.")
        case .framing:
            Wording(
                "With --serial rtu or ascii; with --tcp mbap, or rtu or ascii of a serial server.",
                "Dengan --serial rtu atau ascii; dengan --tcp mbap, atau rtu atau ascii dari serial server."
            )
        case .caFile:
            Wording(
                "With --tcp: Modbus/TCP Security, with this file of authorities.",
                "Dengan --tcp: Modbus/TCP Security, dengan file otoritas ini."
            )
        case .certificateFile:
            Wording("This side's certificate, with --key-file.", "Sertifikat sisi ini, dengan --key-file.")
        case .keyFile: Wording("The certificate's key.", "Kunci sertifikat itu.")
        case .stopBits: Wording("1 or 2; a scan takes several: 1,2.", "1 atau 2; pemindaian boleh beberapa: 1,2.")
        case .unit: Wording("Unit id of the device.", "ID unit perangkat.")
        case .takeLine:
            Wording(
                "Have a running gateway leave the line: its polls are readings with reason borrowed "
                    + "meanwhile.",
                "Minta gateway yang berjalan melepas jalurnya: selama itu polling-nya menjadi data dengan "
                    + "alasan borrowed."
            )
        case .waitLine:
            Wording(
                "Wait for a line of a running gateway that another probe has; without it the probe says who "
                    + "has it.",
                "Tunggu jalur milik gateway yang berjalan bila dipakai probe lain; tanpa ini disebutkan "
                    + "siapa pemakainya."
            )
        case .devices:
            Wording(
                "Ids of devices of the configuration, all without one; with mbpoll's letters a device file "
                    + "or host.",
                "ID perangkat di konfigurasi, semua bila kosong; dengan huruf-huruf mbpoll file perangkat "
                    + "atau host."
            )
        case .profile:
            Wording(
                "Probe a device that is in no configuration, by this profile.",
                "Periksa perangkat yang tidak ada di konfigurasi, dengan profil ini."
            )
        case .wait:
            Wording(
                "Seconds that MQTT devices are waited for; without it 1.5 intervals, 30 at most.",
                "Berapa detik perangkat MQTT ditunggu; tanpa ini 1,5 interval, paling lama 30."
            )
        case .watch:
            Wording(
                "The bus doctor: ask again and again, count errors and latencies, for that many seconds or "
                    + "until Ctrl-C.",
                "Dokter bus: bertanya terus, menghitung error dan latensi, selama sekian detik atau sampai "
                    + "Ctrl-C."
            )
        case .displayTitle: Wording("What the display shows", "Yang tampil di layar perangkat")
        case .recordTitle: Wording("Commissioning record", "Berita acara pemeriksaan")
        case .lettersTitle:
            Wording(
                "Raw reads, in mbpoll's letters",
                "Baca register apa adanya, dengan huruf-huruf mbpoll"
            )
        case .markdown: Wording("As the table of the documentation.", "Sebagai tabel dokumentasi.")
        case .profileID: Wording("The profile's id.", "ID profil.")
        case .record:
            Wording(
                "Write the commissioning record of one device: text to FILE, JSON to FILE.json; without FILE both go "
                    + "into the records beside the journal.",
                "Tulis berita acara pemeriksaan satu perangkat: teks ke FILE, JSON ke FILE.json; tanpa FILE keduanya "
                    + "disimpan di folder records di samping jurnal."
            )
        case .inspector:
            Wording("Who inspects, for the record.", "Siapa yang memeriksa, untuk berita acara pemeriksaan.")
        case .rounds:
            Wording(
                "How often the device is read for the record, 1 to 1000.",
                "Berapa kali perangkat dibaca untuk berita acara pemeriksaan, 1 sampai 1000."
            )
        case .recording:
            Wording(
                "The record that `gateway probe --record FILE` wrote.",
                "Berita acara yang ditulis `gateway probe --record FILE`."
            )
        case .otherEnd:
            Wording(
                "For a record of a serial line: the path that becomes its other end.",
                "Untuk berita acara jalur serial: path yang menjadi ujung lainnya."
            )
        case .replayPort:
            Wording(
                "For a record over TCP: the port on this machine's loopback.",
                "Untuk berita acara lewat TCP: port di loopback komputer ini."
            )
        case .jsonLines: Wording("One JSON object a line.", "Satu objek JSON per baris.")
        case .logLevel:
            Wording(
                "trace, debug, info, notice, warning, error or critical.",
                "trace, debug, info, notice, warning, error atau critical."
            )
        case .scan:
            Wording(
                "Find the unit ids that answer, and on a serial line baud, parity and stop bits.",
                "Cari ID unit yang menjawab, dan pada jalur serial juga baud, paritas dan stop bit."
            )
        case .scanUnits:
            Wording(
                "Unit ids of a scan: 1-32, or 1,5,10-20. (default: 1-32, over TCP also 0 and 255)",
                "ID unit yang dipindai: 1-32, atau 1,5,10-20. (bawaan: 1-32, lewat TCP juga 0 dan 255)"
            )
        case .replyTime:
            Wording(
                "Milliseconds that a scan waits for each reply, 20 to 10000.",
                "Berapa milidetik pemindaian menunggu tiap jawaban, 20 sampai 10000."
            )
        case .fault:
            Wording(
                "DEVICE:KIND[=ARGUMENT][@PROBABILITY], DEVICE may be *; kinds: %1 (repeatable).",
                "PERANGKAT:JENIS[=ARGUMEN][@PELUANG], PERANGKAT boleh *; jenis: %1 (boleh berulang)."
            )
        case .cables:
            Wording(
                "A folder: a bus or device is unplugged while a file of its name is there.",
                "Sebuah folder: bus atau perangkat terputus selama ada file bernama sama di dalamnya."
            )
        case .speed:
            Wording(
                "How fast the hours of the field's day go by; 60 makes a day of 24 minutes. Counters, scales and "
                    + "flows keep the rate of real time.",
                "Seberapa cepat jam di lapangan berjalan; 60 membuat satu hari 24 menit. Penghitung, timbangan, dan "
                    + "aliran tetap menurut waktu sebenarnya."
            )
        case .pace:
            Wording(
                "How fast everything goes on, counters too; for trying things out.",
                "Seberapa cepat semuanya berjalan, penghitung juga; untuk percobaan."
            )
        case .seed:
            Wording(
                "What decides by chance; the same seed plays the same field.",
                "Penentu hal yang acak; angka yang sama memerankan lapangan yang sama."
            )
        case .runningConfig:
            Wording(
                "The configuration of the running gateway: it names the socket.",
                "Konfigurasi gateway yang berjalan: di situ tercantum socket-nya."
            )
        case .socket:
            Wording(
                "The control socket, instead of the configuration's.",
                "Socket kontrol, pengganti yang ada di konfigurasi."
            )
        case .watchStatus: Wording("Stay, and show anew every second.", "Tetap terbuka, diperbarui tiap detik.")
        case .points: Wording("Every point on a line of its own.", "Tiap titik ukur pada barisnya sendiri.")
        case .deviceID: Wording("The device's id in the configuration.", "ID perangkat di konfigurasi.")
        case .voucher: Wording("Who vouches for it.", "Siapa yang memverifikasi.")
        case .verifyRecord:
            Wording(
                "The record that `gateway probe DEVICE --record FILE` wrote.",
                "Berita acara yang ditulis `gateway probe PERANGKAT --record FILE`."
            )
        }
    }
}
