extension ProblemWords {
    /// What concerns `gateway.yaml` and the files beside it.
    static let configuration = [
        "is the example's id; write this box's own, and its own destinations, or run: gateway init":
            "masih ID dari contoh; tulis ID kotak ini dan tujuannya sendiri, atau jalankan: gateway init",
        "is the example's id; write this box's own, and its own destinations":
            "masih ID dari contoh; tulis ID kotak ini dan tujuannya sendiri",
        "secrets are not written here: put it in a file and name that with password_file":
            "rahasia tidak ditulis di sini: simpan di file, lalu sebutkan dengan password_file",
        "a password needs a \"username\"": "kata sandi perlu \"username\"",
        "needs \"pack\": without packs the readings themselves are retained":
            "perlu \"pack\": tanpa pack, data itu sendiri sudah disimpan broker (retained)",
        "is for TLS, but no address begins with mqtts://":
            "ini untuk TLS, tetapi tidak ada alamat yang diawali mqtts://",
        "certificate_file and key_file go together; one is missing":
            "certificate_file dan key_file harus ada keduanya; salah satu belum ada",
        "names no address": "tidak menyebut alamat",
        "never, or a time such as 5min": "never, atau lama waktu seperti 5min",
        "expected whole kB, MB or GB a day or a month, such as 300MB/month or 10MB/day, found \"%1\"":
            "seharusnya kB, MB atau GB bulat per hari atau bulan, seperti 300MB/month atau 10MB/day, bukan \"%1\"",
        "expected never, or a time such as 5min, found \"%1\"":
            "seharusnya never, atau lama waktu seperti 5min, bukan \"%1\"",
        "names none, so that not even a closed figure would go; take the line away, or name some":
            "tidak menyebut satu pun, jadi angka final pun tidak terkirim; hapus baris ini, atau sebut beberapa",
        "%1; expected mqtt://HOST[:1883] or mqtts://HOST[:8883]":
            "%1; seharusnya mqtt://HOST[:1883] atau mqtts://HOST[:8883]",
        "\"%1\" is no broker's address": "\"%1\" bukan alamat broker",
        "user and password do not stand in the address": "nama pengguna dan kata sandi tidak ditulis di alamat",
        "%1 is bus \"%2\" already; put the devices on that one":
            "%1 sudah menjadi bus \"%2\"; pindahkan perangkatnya ke bus itu",
        "is the port of bus \"%1\", %2; put the devices on that one":
            "ini port dari bus \"%1\", %2; pindahkan perangkatnya ke bus itu",
        "is written as framing: rtu or framing: ascii beside tcp or serial":
            "ditulis sebagai framing: rtu atau framing: ascii di samping tcp atau serial",
        "a line carries one request at a time; take the key away":
            "satu jalur hanya membawa satu permintaan pada satu waktu; hapus kunci ini",
        "mbap is the framing of Modbus TCP; a serial line carries rtu or ascii":
            "mbap adalah frame Modbus TCP; jalur serial memakai rtu atau ascii",
        "only Modbus TCP is secured; a serial server's line is not":
            "hanya Modbus TCP yang diamankan; jalur di balik serial server tidak",
        "one of serial, tcp or mqtt is missing": "salah satu dari serial, tcp atau mqtt belum ada",
        "has %1; keep one": "ada %1; sisakan satu",
        "expected a path such as /dev/serial/by-id/usb-FTDI_A1, found \"%1\"":
            "seharusnya path seperti /dev/serial/by-id/usb-FTDI_A1, bukan \"%1\"",
        "expected HOST[:502], found \"%1\"": "seharusnya HOST[:502], bukan \"%1\"",
        "is the gateway's own user here: the probe needs another, or neither key":
            "ini pengguna gateway sendiri: probe perlu pengguna lain, atau kedua kunci dihapus",
        "a password needs a \"probe_username\"": "kata sandi perlu \"probe_username\"",
        "\"mqtt\" is missing: the broker's address, such as mqtts://broker.example:8883":
            "\"mqtt\" belum ada: alamat broker, misalnya mqtts://broker.example:8883",
        "must be the gateway's id \"%1\", so that the broker can hold it to its own topics":
            "harus sama dengan ID gateway \"%1\", agar broker bisa membatasinya pada topiknya sendiri",
        "\"destinations\" is missing: where do the readings go?":
            "\"destinations\" belum ada: ke mana data dikirim?",
        "\"devices\" is missing: what is there to read?": "\"devices\" belum ada: apa yang dibaca?",
        "given in %1 too; keep one": "juga ada di %1; sisakan satu",
        "\"%1\" is given at %2 too; ids are given once": "\"%1\" juga ada di %2; tiap ID hanya sekali",
        "no time zone is named \"%1\" here; an IANA name such as Asia/Jakarta (package tzdata)":
            "tidak ada zona waktu bernama \"%1\" di sini; pakai nama IANA seperti Asia/Jakarta (paket tzdata)",
        "\"%1\" cannot begin a topic: no +, #, spaces, quotes, nor / at either end":
            "\"%1\" tidak bisa mengawali topik: tanpa +, #, spasi, tanda kutip, atau / di kedua ujungnya",
        "outside -%1 to %2 degrees": "di luar -%1 sampai %2 derajat",
        "no device is named \"%1\"%2": "tidak ada perangkat bernama \"%1\"%2",
        "\"%1\" stands at site \"%2\"": "\"%1\" ada di lokasi \"%2\"",
        "\"capacity_method\" is missing: how was the capacity found?":
            "\"capacity_method\" belum ada: bagaimana kapasitasnya ditentukan?",
        "the shares sum up to %1, not to 1": "jumlah bagiannya %1, bukan 1",
        "unit id %1 on bus \"%2\" is \"%3\" already; two devices with one id answer at once: give one of them another "
            + "id":
            "ID unit %1 di bus \"%2\" sudah dipakai \"%3\"; dua perangkat dengan satu ID menjawab bersamaan: beri "
            + "salah satunya ID lain",
        "bus, profile and node are those of \"%1\" already; one device is one":
            "bus, profil, dan node sudah dipakai \"%1\"; satu perangkat cukup sekali",
        "no device is named \"%1\"%2; rename or remove the file":
            "tidak ada perangkat bernama \"%1\"%2; ganti nama atau hapus file ini",
        "profile \"%1\" speaks %2, but bus \"%3\" does not; name another bus":
            "profil \"%1\" memakai %2, sedangkan bus \"%3\" tidak; sebutkan bus lain",
        "profile \"%1\" has problems of its own; see above": "profil \"%1\" sendiri bermasalah; lihat di atas",
        "unknown profile \"%1\": no profiles were found; name their folder with --profiles DIR":
            "profil \"%1\" tidak dikenal: tidak ada profil yang ditemukan; sebutkan foldernya dengan --profiles DIR",
        "; `gateway profiles` lists them": "; daftarnya: `gateway profiles`",
        "unknown profile \"%1\"%2": "profil \"%1\" tidak dikenal%2",
        "bus \"%1\" has problems of its own; see above": "bus \"%1\" sendiri bermasalah; lihat di atas",
        "no bus is named \"%1\"%2": "tidak ada bus bernama \"%1\"%2",
        "no site is named \"%1\"%2": "tidak ada lokasi bernama \"%1\"%2",
        "an MQTT device has no unit id; it has a \"node\"": "perangkat MQTT tidak punya ID unit; pakai \"node\"",
        "\"unit\" is missing: the device's Modbus unit id, %1 to %2":
            "\"unit\" belum ada: ID unit Modbus perangkat, %1 sampai %2",
        "a Modbus device has no node; it has a \"unit\"": "perangkat Modbus tidak punya node; pakai \"unit\"",
        "\"node\" is missing: what stands for {node} in %1": "\"node\" belum ada: pengganti {node} dalam %1",
        "the profile's topics have no {node}; take the line away":
            "topik profil ini tidak memakai {node}; hapus baris ini",
        "\"%1\" cannot stand in a topic: no + and no #": "\"%1\" tidak bisa ada di topik: tanpa + dan tanpa #",
        "a Modbus device is read each \"interval\" and no more often; take the line away":
            "perangkat Modbus dibaca tiap \"interval\" dan tidak lebih sering; hapus baris ini",
        "each message of %1 is the row of an interval, and none can be left out; take it away":
            "tiap pesan %1 adalah baris sebuah interval dan tidak boleh dilewati; hapus baris ini",
        "is longer than the interval of %1, in each of which a reading is expected; shorten it, or lengthen "
            + "\"interval\"":
            "lebih lama dari interval %1, padahal tiap interval diharapkan ada data; perpendek, atau perpanjang "
            + "\"interval\"",
        "must not be less than 0 (in the unit of the net weight)":
            "tidak boleh kurang dari 0 (dalam satuan berat bersih)",
        "must be greater than 0: below it the pan is clear":
            "harus lebih dari 0: di bawahnya timbangan dianggap kosong",
        "bus \"%1\" cannot carry its polls: %2 %3 %4 s of a %5 interval at %6 baud; lengthen the interval (this "
            + "device's takes most), raise the baud rate or split the bus":
            "bus \"%1\" tidak sanggup: %2 %3 %4 s dari interval %5 pada %6 baud; perpanjang interval (perangkat ini "
            + "paling banyak memakan waktu), naikkan baud rate, atau bagi bus-nya",
        "profile %1 has changed since": "profil %1 sudah berubah sejak itu",
        "it is of serial number %1": "itu untuk nomor seri %1",
        "request needs": "permintaan memerlukan",
        "requests need": "permintaan memerlukan",
    ]
}
