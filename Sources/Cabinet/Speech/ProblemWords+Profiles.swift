extension ProblemWords {
    /// What concerns profiles of devices.
    static let profiles = [
        "\"%1\" is not a name: a-z, 0-9 and _": "\"%1\" bukan nama: a-z, 0-9 dan _",
        "the row of an interval needs \"time\": where the message says which interval":
            "row untuk sebuah interval perlu \"time\": bagian pesan yang menyebut intervalnya",
        "names no message": "tidak menyebut satu pesan pun",
        "needs \"availability\": what else says that a device that tells nothing is there?":
            "perlu \"availability\": dari mana lagi diketahui bahwa perangkat yang diam masih ada?",
        "only {node} can be filled in": "hanya {node} yang bisa diisi",
        "expected utc, gateway (the configuration's timezone) or an offset such as \"+07:00\"":
            "seharusnya utc, gateway (timezone konfigurasi) atau selisih seperti \"+07:00\"",
        "\"%1\" is not a path; write keys with dots, such as HX711.Weight or lanes[0].count; a key that holds dots "
            + "stands in quotes, such as '[\"a.b\"].c'":
            "\"%1\" bukan path; tulis kunci dengan titik, misalnya HX711.Weight atau lanes[0].count; kunci yang berisi "
            + "titik ditulis dalam tanda kutip, misalnya '[\"a.b\"].c'",
        "\"%1\" is not a path; write keys with dots, such as after.label":
            "\"%1\" bukan path; tulis kunci dengan titik, misalnya after.label",
        "\"%1\" cannot be a key of an event's data: a-z, 0-9 and _, and not event_id":
            "\"%1\" tidak bisa menjadi kunci data event: a-z, 0-9 dan _, dan bukan event_id",
        "no message is named \"%1\"%2": "tidak ada pesan bernama \"%1\"%2",
        "outside 0 to 0.01 m": "di luar 0 sampai 0.01 m",
        "must be greater than 0 m": "harus lebih dari 0 m",
        "outside 20 to 120 degrees": "di luar 20 sampai 120 derajat",
        "the level of a weir is a length; %1 is in %2": "tinggi air ambang adalah panjang; satuan %1 adalah %2",
        "a weir's discharge cannot be in %1; m3/s, m3/h and L/s are possible":
            "debit ambang tidak bisa dalam %1; yang bisa m3/s, m3/h dan L/s",
        "names no point": "tidak menyebut satu titik ukur pun",
        "\"%1\" is not a point's name: a-z, 0-9 and _, beginning with a letter":
            "\"%1\" bukan nama titik ukur: a-z, 0-9 dan _, diawali huruf",
        "only a text of a message has a max_length (type: string)":
            "max_length hanya untuk teks dari pesan (type: string)",
        "a counter's decimal places must not change; give \"decimals\"":
            "jumlah desimal penghitung tidak boleh berubah; pakai \"decimals\"",
        "a counter cannot count backwards": "penghitung tidak bisa menghitung mundur",
        "a scale of 0 makes every value 0": "skala 0 membuat semua nilai 0",
        "\"publish\" needs \"unit\": what the device measures in":
            "\"publish\" perlu \"unit\": satuan yang dipakai perangkat",
        "%1 cannot become %2; it can become %3": "%1 tidak bisa menjadi %2; yang bisa: %3",
        "a weir's value is computed; it has no register": "nilai ambang dihitung; tidak punya register",
        "a field lies in another point's word; it has no register":
            "field ada di dalam word titik ukur lain; tidak punya register sendiri",
        "which field? Write POINT.FIELD, such as status.quality":
            "field yang mana? Tulis TITIK.FIELD, misalnya status.quality",
        "an MQTT profile has no registers; name the \"message\"":
            "profil MQTT tidak punya register; sebutkan \"message\"-nya",
        "a Modbus profile has no messages; name a register": "profil Modbus tidak punya pesan; sebutkan register-nya",
        "where is it? One of holding, input, coil, discrete (a register's number), field or weir is missing":
            "di mana letaknya? Salah satu dari holding, input, coil, discrete (nomor register), field atau weir belum "
            + "ada",
        "a point is in one table; \"%1\" is given too": "titik ukur ada di satu tabel saja; \"%1\" juga disebut",
        "\"type\" is missing: what do the registers hold?": "\"type\" belum ada: apa isi register-nya?",
        "a %1 is a bool": "%1 adalah bool",
        "a register is no bool; use bits, or coil or discrete": "register bukan bool; pakai bits, coil atau discrete",
        "a string needs \"registers\": how many registers it takes":
            "string perlu \"registers\": berapa register panjangnya",
        "only a string has a length; %1 takes %2": "hanya string yang punya panjang; %1 memakai %2",
        "the value would end beyond the last address": "nilainya akan melewati alamat terakhir",
        "takes %1 registers, but one request reads at most %2 (max_registers)":
            "memakai %1 register, padahal satu permintaan paling banyak membaca %2 (max_registers)",
        "\"message\" is missing: which of the profile's messages carries it?":
            "\"message\" belum ada: pesan profil yang mana yang membawanya?",
        "\"%1\" is not a field's name: a-z, 0-9 and _": "\"%1\" bukan nama field: a-z, 0-9 dan _",
        "a bit such as 11, or bits such as \"8-15\"": "satu bit seperti 11, atau beberapa bit seperti \"8-15\"",
        "expected a bit such as 11, or bits such as \"8-15\", found \"%1\"":
            "seharusnya satu bit seperti 11, atau beberapa bit seperti \"8-15\", bukan \"%1\"",
        "expected the least and the greatest value, such as [0, 100]":
            "seharusnya nilai terkecil dan terbesar, misalnya [0, 100]",
        "must be greater than 0 (in `unit` per second)": "harus lebih dari 0 (dalam `unit` per detik)",
        "\"max_rate\" is required for 16 bits: they wrap too soon to guess":
            "\"max_rate\" wajib untuk 16 bit: terlalu cepat kembali ke nol untuk diduga",
        "%1 bits do not fit %2": "%1 bit tidak muat di %2",
        "\"max_rate\" is required where \"wraps_at\" is 65536 or less: it wraps too soon to guess":
            "\"max_rate\" wajib bila \"wraps_at\" 65536 atau kurang: terlalu cepat kembali ke nol untuk diduga",
        "must be greater than 0 (in `unit`)": "harus lebih dari 0 (dalam `unit`)",
        "a number, true or false": "angka, true atau false",
        "a number of equal samples, or a flag such as status.stable":
            "jumlah sampel yang sama, atau penanda seperti status.stable",
        "%1 is outside 2 to 100 equal samples": "%1 di luar 2 sampai 100 sampel yang sama",
        "no point is named \"%1\"%2": "tidak ada titik ukur bernama \"%1\"%2",
        "%1 has no field \"%2\"%3": "%1 tidak punya field \"%2\"%3",
        "only a number has a %1": "hanya angka yang punya %1",
        "only a float32 or float64 in registers can be tiny": "hanya float32 atau float64 di register yang bisa tiny",
        "only a whole number has bits": "hanya bilangan bulat yang punya bits",
        "%1: %2 has bits 0 to %3": "%1: %2 punya bit 0 sampai %3",
        "needs itself through its references; break the circle":
            "memerlukan dirinya sendiri lewat rujukannya; putuskan lingkarannya",
        "the profiles' folder cannot be read; check --profiles": "folder profil tidak bisa dibaca; periksa --profiles",
        "the file's name says \"%1\"; name both the same": "nama filenya \"%1\"; samakan keduanya",
        "only MQTT profiles have events; other devices' weighings are made by the indicators":
            "hanya profil MQTT yang punya events; penimbangan perangkat lain dibuat oleh indikator",
        "one of \"modbus\", \"mqtt\" or \"stream\" is missing: how is the device read?":
            "salah satu dari \"modbus\", \"mqtt\", atau \"stream\" belum ada: bagaimana perangkat ini dibaca?",
        "a profile has one of \"modbus\", \"mqtt\" and \"stream\"; make two profiles":
            "profil punya salah satu dari \"modbus\", \"mqtt\", dan \"stream\"; buat dua profil",
        "a register or a range such as \"100-119\"": "register atau rentang seperti \"100-119\"",
        "expected a register or a range such as \"100-119\", found \"%1\"":
            "seharusnya register atau rentang seperti \"100-119\", bukan \"%1\"",
        "%1 is no baud rate of Linux; known: %2": "%1 bukan baud rate Linux; yang ada: %2",
        "Modbus RTU needs 8 data bits; for a device that speaks Modbus ASCII write framing: ascii":
            "Modbus RTU perlu 8 bit data; untuk perangkat yang memakai Modbus ASCII tulis framing: ascii",
        "\"%1\" is not a register's number": "\"%1\" bukan nomor register",
        "registers in hexadecimal, such as \"806B 4212\"": "register dalam heksadesimal, misalnya \"806B 4212\"",
        "expected registers in hexadecimal, such as \"806B 4212\", found \"%1\"":
            "seharusnya register dalam heksadesimal, misalnya \"806B 4212\", bukan \"%1\"",
        "bytes in hexadecimal": "byte dalam heksadesimal",
        "expected bytes in hexadecimal, such as \"01 03 00 00 00 0A C5 CD\"":
            "seharusnya byte dalam heksadesimal, misalnya \"01 03 00 00 00 0A C5 CD\"",
        "a value": "nilai",
        "\"%1\" is a text; give %2 \"type: string\" to compare texts":
            "\"%1\" adalah teks; beri %2 \"type: string\" untuk membandingkan teks",
        "\"%1\" is no whole number; write codes as { 0x52: \"R: measuring\" }":
            "\"%1\" bukan bilangan bulat; tulis kode sebagai { 0x52: \"R: mengukur\" }",
        "\"max_rate\" is required for a counter of registers apart: without it a rollover between the two reads "
            + "cannot be noticed":
            "\"max_rate\" wajib untuk penghitung dari register yang terpisah: tanpa itu, putaran ke nol di antara "
            + "kedua pembacaan tidak ketahuan",
        "a raw value such as 0x8000 or -9999": "nilai mentah seperti 0x8000 atau -9999",
        "expected a raw value such as 0x8000 or -9999, found \"%1\"":
            "seharusnya nilai mentah seperti 0x8000 atau -9999, bukan \"%1\"",
        "a text": "teks",
        "a word": "kata",
        "a topic has no NUL": "topik tidak boleh berisi NUL",
        "is an order of eight bytes; %1 has %2": "adalah urutan delapan byte; %1 punya %2",
        "one bit has no sign": "satu bit tidak punya tanda",
        "only a number has codes": "hanya angka yang punya codes",
        "only a number in a message stands in a text": "hanya angka dalam pesan yang ditulis di dalam teks",
        "the sum of both points never gets that far: %1 at most":
            "jumlah kedua titik ukur tidak pernah sebesar itu: paling banyak %1",
    ]
}
