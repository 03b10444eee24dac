extension ProblemWords {
    /// What concerns devices that send text: their profiles, their buses, and how a profile is shown.
    static let streams = [
        "one byte may be any, the frame's end too; say how long a frame is with \"length\"":
            "satu byte bisa berisi apa saja, juga akhir frame; sebutkan panjang frame dengan \"length\"",
        "only a device that is asked has a reply_time; give \"ask\" too":
            "reply_time hanya untuk perangkat yang ditanya; isi juga \"ask\"",
        "\"start\" or \"end\" is missing: which bytes are around a frame?":
            "\"start\" atau \"end\" belum ada: byte apa yang mengapit sebuah frame?",
        "\"end\" or \"length\" is missing: where does a frame end?":
            "\"end\" atau \"length\" belum ada: di mana sebuah frame berakhir?",
        "holds a character that is no byte; write bytes as \"\\x02\", in double quotes":
            "berisi karakter yang bukan byte; tulis byte sebagai \"\\x02\", dalam tanda kutip ganda",
        "an ignored frame says nothing about the values; keep one of both":
            "frame yang diabaikan tidak mengatakan apa-apa tentang nilai; sisakan salah satu",
        "\"pattern\" is missing: without a checksum it is all that vouches for a frame":
            "\"pattern\" belum ada: tanpa checksum hanya itu yang menjamin sebuah frame",
        "names no frame": "tidak menyebut satu frame pun",
        "a { has no }; a field is {name:7}, {name} or {:*}":
            "ada { tanpa }; field ditulis {nama:7}, {nama} atau {:*}",
        "{%1} is no field: write {name:7} for 7 bytes, {name} for all up to what follows, {:2} or {:*} for bytes that "
            + "are not read":
            "{%1} bukan field: tulis {nama:7} untuk 7 byte, {nama} untuk semua sampai bagian berikutnya, {:2} atau "
            + "{:*} untuk byte yang tidak dibaca",
        "two fields without a length stand side by side: where does the first end?":
            "dua field tanpa panjang berdampingan: di mana yang pertama berakhir?",
        "a field without a length needs a letter or sign behind it, or the frame's end":
            "field tanpa panjang perlu huruf atau tanda di belakangnya, atau akhir frame",
        "names a field twice": "menyebut satu field dua kali",
        "has %1 bytes, but %2 takes %3": "panjangnya %1 byte, tetapi %2 memakai %3",
        "bytes counted from 1 such as \"2-9\", or [2, -4] where -1 is the frame's last byte":
            "byte yang dihitung dari 1 seperti \"2-9\", atau [2, -4] dengan -1 sebagai byte terakhir frame",
        "expected %1": "seharusnya %1",
        "is not within a frame of %1 bytes": "tidak di dalam frame sepanjang %1 byte",
        "only a number that is written in digits has a %1": "%1 hanya untuk angka yang ditulis dengan digit",
        "words stand for numbers; take \"type\" away": "words mewakili angka; hapus \"type\"",
        "\"frame\" is missing: which of the profile's frames carries it?":
            "\"frame\" belum ada: frame mana di profil ini yang membawanya?",
        "no frame is named \"%1\"%2": "tidak ada frame bernama \"%1\"%2",
        "frame %1 carries no values": "frame %1 tidak membawa nilai",
        "a value has a field or bytes, not both": "sebuah nilai punya field atau bytes, bukan keduanya",
        "where is it in the frame? Name a \"field\" of its pattern, or \"bytes\" counted from 1":
            "di bagian mana dari frame? Sebutkan \"field\" dari pattern-nya, atau \"bytes\" yang dihitung dari 1",
        "a field of the pattern, or a byte counted from 1": "field dari pattern, atau byte yang dihitung dari 1",
        "frame %1 has no field \"%2\"%3": "frame %1 tidak punya field \"%2\"%3",
        "\"frame\" is missing: the frame as text, or \"hex\" with its bytes":
            "\"frame\" belum ada: frame sebagai teks, atau \"hex\" berisi byte-nya",
        "a vector has a frame or hex, not both": "sebuah vector punya frame atau hex, bukan keduanya",
        "a stream's profile has neither registers nor messages; name the \"frame\"":
            "profil stream tidak punya register maupun pesan; sebutkan \"frame\"-nya",
        "a field": "field",
        "vector %1: the frame is none of the profile that carries values":
            "vektor %1: frame-nya bukan frame pembawa nilai dari profil ini",
        // Buses and devices.
        "has serial and tcp; keep one": "berisi serial dan tcp; sisakan satu",
        "one of serial or tcp is missing": "serial atau tcp belum ada",
        "expected HOST:PORT, such as 192.168.1.20:4001, found \"%1\"":
            "seharusnya HOST:PORT, misalnya 192.168.1.20:4001, bukan \"%1\"",
        "\"%1\" sends its text on bus \"%2\" already; a line of text has one device: give each its own port":
            "\"%1\" sudah mengirim teksnya di bus \"%2\"; satu jalur teks untuk satu perangkat: beri tiap perangkat "
            + "port sendiri",
        "a device that sends text has no unit id; take the line away":
            "perangkat pengirim teks tidak punya ID unit; hapus barisnya",
        "a device that sends text has no node; take the line away":
            "perangkat pengirim teks tidak punya node; hapus barisnya",
        "a device that sends text gives a value each \"interval\" by itself; take the line away":
            "perangkat pengirim teks memberi nilai tiap \"interval\" dengan sendirinya; hapus barisnya",
        // How a profile is shown.
        "begins with %1": "diawali %1",
        "ends with %1": "diakhiri %1",
        "has %1 bytes": "sepanjang %1 byte",
        "text over a serial line or TCP%1; each frame %2": "teks lewat jalur serial atau TCP%1; tiap frame %2",
        "sends a frame when it is asked with %1, within %2":
            "mengirim satu frame bila ditanya dengan %1, dalam waktu %2",
        "sends by itself": "mengirim sendiri",
        " of 7 bits each": ", masing-masing 7 bit",
        "checksum %1 over bytes %2%3, at %4 as %5": "checksum %1 atas byte %2%3, di %4 sebagai %5",
        "whatever has the right checksum": "apa saja dengan checksum yang benar",
        "frame %1: %2": "frame %1: %2",
        "frame %1: %2, ignored": "frame %1: %2, diabaikan",
        "frame %1: %2, no value (%3)": "frame %1: %2, tanpa nilai (%3)",
        "sign at %1": "tanda di %1",
        "last character first": "karakter terakhir lebih dulu",
        "words %1": "kata %1",
        "field %1": "field %1",
        "bytes %1": "byte %1",
    ]
}
