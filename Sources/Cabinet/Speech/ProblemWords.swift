package import Documents

/// The problems of people's files in Indonesian, by the template of the English message. The readers say them in
/// English, as the log does; a test finds every template that stands in none of these tables.
enum ProblemWords {
    static let tables = [
        documents, configuration, profiles, parts, profilePage, numbers, sending, streams, catalogue, faults, vectors,
        words, pages,
    ]

    static let indonesian = (tables + [kernel, parser]).reduce(into: [String: String]()) { all, table in
        all.merge(table) { first, _ in first }
    }

    /// What concerns any file.
    static let documents = [
        "; the decimal sign is a point: write %1.%2": "; tanda desimalnya titik: tulis %1.%2",
        "YAML anchors and aliases are not supported; write the value out, or quote the text if & or * is meant":
            "anchor dan alias YAML tidak didukung; tulis nilainya langsung, atau beri tanda kutip jika memang & atau *",
        "the file is empty": "file ini kosong",
        "expected keys with values (\"key: value\"), found something else":
            "seharusnya kunci dengan nilai (\"kunci: nilai\"), bukan yang lain",
        "cannot be read as YAML: %1": "tidak bisa dibaca sebagai YAML: %1",
        "not valid YAML: %1; check indentation, colons and quotes":
            "bukan YAML yang benar: %1; periksa indentasi, titik dua, dan tanda kutip",
        "not a YAML text file: %1": "bukan file teks YAML: %1",
        "given twice: %1; keep one": "tertulis dua kali: %1; sisakan satu",
        "not valid YAML: %1": "bukan YAML yang benar: %1",
        "\"%1\" is missing": "\"%1\" belum ada",
        "a key must be a word": "kunci harus berupa kata",
        "unknown key%1": "kunci tidak dikenal%1",
        "a comma begins a new entry here; for the number %1 write %2":
            "koma di sini memulai isian baru; untuk angka %1 tulis %2",
        "must not be empty": "tidak boleh kosong",
        "is still a blank; write %1": "masih kosong; isi dengan %1",
        "a whole number": "bilangan bulat",
        "expected a whole number, found \"%1\"": "seharusnya bilangan bulat, bukan \"%1\"",
        "%1 is outside %2 to %3": "%1 di luar %2 sampai %3",
        "a number": "angka",
        "expected a number, found \"%1\"%2": "seharusnya angka, bukan \"%1\"%2",
        "true or false": "true atau false",
        "expected true or false, found \"%1\"": "seharusnya true atau false, bukan \"%1\"",
        "a time such as 500ms, 5s, 1min or 2h": "lama waktu seperti 500ms, 5s, 1min atau 2h",
        "expected %1, found \"%2\"%3": "seharusnya %1, bukan \"%2\"%3",
        "%1 is too long a time": "%1 terlalu lama",
        "expected a day such as 2026-10-03, found \"%1\"": "seharusnya tanggal seperti 2026-10-03, bukan \"%1\"",
        "a size such as 512MB or 2GB": "ukuran seperti 512MB atau 2GB",
        "expected %1, found \"%2\"": "seharusnya %1, bukan \"%2\"",
        "one of %1": "salah satu dari %1",
        "unknown word \"%1\"%2": "kata \"%1\" tidak dikenal%2",
        "quote a unit in brackets or braces: \"%1\"":
            "satuan dengan kurung siku atau kurawal diberi tanda kutip: \"%1\"",
        "a UCUM unit": "satuan UCUM",
        "unknown unit \"%1\", which has more than one meaning; if it is that, write %2":
            "satuan \"%1\" tidak dikenal dan artinya lebih dari satu; kalau itu maksudnya, tulis %2",
        "unknown unit \"%1\"%2 (UCUM codes)": "satuan \"%1\" tidak dikenal%2 (kode UCUM)",
        "expected keys with values, found %1": "seharusnya kunci dengan nilai, bukan %1",
        "expected a list, found %1": "seharusnya daftar, bukan %1",
        "this list has %1 numbers; for decimals write points: %2":
            "daftar ini berisi %1 angka; untuk desimal pakai titik: %2",
        "expected %1, found %2": "seharusnya %1, bukan %2",
        "has no value; expected %1": "belum ada nilainya; seharusnya %1",
        "keys with values": "kunci dengan nilai",
        "a list": "daftar",
        "an alias": "alias",
        "nothing": "kosong",
        "cannot be opened: %1": "tidak bisa dibuka: %1",
        "cannot be read: %1": "tidak bisa dibaca: %1",
        "is larger than %1 KiB; is this the right file?": "lebih besar dari %1 KiB; apakah ini file yang benar?",
        "is UTF-16 text, as some editors of Windows write it; save it as UTF-8":
            "berupa teks UTF-16, seperti dari sebagian editor Windows; simpan sebagai UTF-8",
        "is not a text file (UTF-8); is this the right file?": "bukan file teks (UTF-8); apakah ini file yang benar?",
        "line %1 has a letter that is not UTF-8; save the file as UTF-8":
            "baris %1 berisi huruf yang bukan UTF-8; simpan file sebagai UTF-8",
        "is not read; only names that end in .yaml are": "tidak dibaca; hanya nama berakhiran .yaml yang dibaca",
        "is not read; its name begins with a dot": "tidak dibaca; namanya diawali titik",
        "; did you mean \"%1\"?": "; maksudnya \"%1\"?",
        "; known: %1": "; yang ada: %1",
        "a tab stands here; YAML is indented with spaces only":
            "di sini ada tab; indentasi YAML hanya memakai spasi",
        "YAML has a use of its own for this sign; quote it: \"%1\"":
            "tanda ini punya arti sendiri di YAML; beri tanda kutip: \"%1\"",
        "\"%1\" is not an id: lower-case letters, digits and \"-\", at most 48, not beginning with \"-\"":
            "\"%1\" bukan ID: huruf kecil, angka dan \"-\", paling banyak 48, tidak diawali \"-\"",
        "\"%1\" is not an id: lower-case letters, digits and \"-\", at most 48":
            "\"%1\" bukan ID: huruf kecil, angka dan \"-\", paling banyak 48",
        "must be greater than 0": "harus lebih dari 0",
    ]
}

extension Message {
    /// The message in a language; English where the other has no words for it.
    package func said(in language: Language) -> String {
        guard language == .id else { return description }
        return filled(ProblemWords.indonesian[template], writing: language.number) { $0.said(in: language) }
    }
}

extension Problem {
    /// The problem with its place, as a person reads it.
    package func text(in language: Language) -> String { place + message.said(in: language) }
}
