extension ProblemWords {
    /// What concerns the parts of messages and topics with patterns.
    static let parts = [
        "no # in a topic: + stands for one level that does not matter, {node} for what names the device":
            "topik tidak boleh memakai #: + untuk satu tingkat yang tidak penting, {node} untuk nama perangkatnya",
        "+ stands for a whole level, between two slashes":
            "+ menggantikan satu tingkat penuh, di antara dua garis miring",
        "at most %1 parts": "paling banyak %1 parts",
        "only a list has separators and items": "hanya list yang punya pemisah dan item",
        "only bytes (as: base64, hex or bytes) have this": "hanya byte (as: base64, hex atau bytes) yang punya ini",
        "\"separator\" is missing: what stands between the items?":
            "\"separator\" belum ada: apa pemisah antaritemnya?",
        "must be another text than the separator": "harus berbeda dari pemisahnya",
        "a JSON text holds no bare bytes; they are base64 or hex there":
            "teks JSON tidak memuat byte langsung; di sana byte ditulis base64 atau hex",
        "channels come in any number; take the line away": "jumlah kanal bisa berapa saja; hapus baris ini",
        "only bytes and lists have a beginning": "hanya byte dan list yang punya awalan",
        "an id has 1 to 8 bytes": "id terdiri dari 1 sampai 8 byte",
        "begins as the id of \"%1\" does; which one follows could not be known":
            "awalannya sama dengan id \"%1\"; tidak bisa diketahui mana yang datang",
        "names no channel": "tidak menyebut satu kanal pun",
        "bytes in hexadecimal, such as \"01 75\"": "byte heksadesimal, misalnya \"01 75\"",
        "expected bytes of two hexadecimal digits, in quotes, such as \"01 75\", found \"%1\"":
            "seharusnya byte dengan dua digit heksadesimal dalam tanda kutip, misalnya \"01 75\", bukan \"%1\"",
        "a number such as 11, or numbers such as \"8-11\"": "satu angka seperti 11, atau rentang seperti \"8-11\"",
        "a byte such as 3, or bytes such as \"3-4\"; the first is 1":
            "satu byte seperti 3, atau beberapa byte seperti \"3-4\"; byte pertama adalah 1",
        "an item's number from 1, or its name": "nomor item mulai dari 1, atau namanya",
        "which item? Write \"item\": its number from 1, or its name":
            "item yang mana? Tulis \"item\": nomornya mulai dari 1, atau namanya",
        "where in \"%1\"? Write a path, or the item's number from 1":
            "di bagian mana dari \"%1\"? Tulis path, atau nomor item mulai dari 1",
        "only bytes have an order": "hanya byte yang punya urutan",
        "\"type\" is missing: what do the bytes hold?": "\"type\" belum ada: apa isi byte-nya?",
        "no part is named \"%1\" here or above%2": "tidak ada part bernama \"%1\" di sini atau di atasnya%2",
        "\"%1\" is %2; in it %3 is possible": "\"%1\" adalah %2; di dalamnya yang bisa dipakai: %3",
        "bytes": "byte",
        "channels": "kanal",
        "\"channel\" is missing: which channel of \"%1\"?": "\"channel\" belum ada: kanal mana dari \"%1\"?",
        "no channel is named \"%1\"%2": "tidak ada kanal bernama \"%1\"%2",
        "channel \"%1\" has %2 bytes": "kanal \"%1\" berisi %2 byte",
        "\"bytes\" is missing: which bytes of \"%1\"? The first is 1":
            "\"bytes\" belum ada: byte mana dari \"%1\"? Byte pertama adalah 1",
        "takes %1 bytes, and here are %2": "memakai %1 byte, padahal di sini ada %2",
        "takes %1 to %2 bytes, and here are %3": "memakai %1 sampai %2 byte, padahal di sini ada %3",
        "the order of bytes changes nothing here; take the line away":
            "urutan byte tidak berpengaruh di sini; hapus baris ini",
        "\"byte_order\" is missing: big (most significant byte first) or little, here or at the part":
            "\"byte_order\" belum ada: big (byte paling berarti lebih dulu) atau little, di sini atau pada part-nya",
        "CDAB and BADC are orders of pairs of bytes; here are %1 bytes":
            "CDAB dan BADC adalah urutan pasangan byte; di sini ada %1 byte",
        "a message may be both \"%1\" and \"%2\": %3 and %4 match the same topics":
            "satu pesan bisa menjadi \"%1\" sekaligus \"%2\": %3 dan %4 cocok dengan topik yang sama",
        "%1 and %2 of \"%3\" match the same topics: a message there would be of both devices":
            "%1 dan %2 milik \"%3\" cocok dengan topik yang sama: satu pesan di sana dianggap milik kedua perangkat",
        "%1 is of \"%2\" too: each message there is read as one of both devices":
            "%1 juga milik \"%2\": setiap pesan di sana dibaca sebagai pesan kedua perangkat",
        "only a register or a value of a message can be missing in some models":
            "hanya register atau nilai dari pesan yang bisa tidak ada pada sebagian model",

        // What `gateway profiles show` says.
        "part %1: %2": "part %1: %2",
        "the whole payload": "seluruh payload",
        "at %1": "di %1",
        "bytes in base64": "byte dalam base64",
        "bytes in %1 order": "byte dengan urutan %1",
        "%1 order": "urutan %1",
        "%1 long": "panjang %1",
        "begins with \"%1\"": "diawali \"%1\"",
        "byte %1": "byte %1",
        "bytes %1-%2": "byte %1-%2",
        "list with \"%1\" between items": "list dengan \"%1\" di antara item",
        "list with \"%1\" between items, and \"%2\" after an item's name":
            "list dengan \"%1\" di antara item, dan \"%2\" setelah nama item",
        "%1 item %2": "%1 item %2",
        "%1 item \"%2\"": "%1 item \"%2\"",
        "%1 channel %2": "%1 kanal %2",
        "channels %1": "kanal %1",
        "%1 %2 (a byte counts them)": "%1 %2 (satu byte menyebut jumlahnya)",
        "%1 %2 (the rest)": "%1 %2 (sisanya)",
    ]
}
