extension ProblemWords {
    /// What is wrong with the faults that `gateway simulate` is asked for.
    static let faults = [
        "fault \"%1\": %2": "fault \"%1\": %2",
        "expected DEVICE:KIND[=ARG][@PROBABILITY], such as *:late=700ms@0.1":
            "seharusnya PERANGKAT:JENIS[=ARGUMEN][@PELUANG], misalnya *:late=700ms@0.1",
        "no device is named \"%1\"%2; * means all": "tidak ada perangkat bernama \"%1\"%2; * berarti semua",
        "\"%1\" is no probability: 0 to 1, such as @0.1": "\"%1\" bukan peluang: 0 sampai 1, misalnya @0.1",
        "kinds: %1": "jenisnya: %1",
        "no fault is called \"%1\"%2 %3": "tidak ada fault bernama \"%1\"%2 %3",
        "%1 needs a value: %2": "%1 perlu nilai: %2",
        "%1 takes no value; %2": "%1 tidak memakai nilai; %2",
        "\"%1\" is no exception code: 1 to 255": "\"%1\" bukan kode exception: 1 sampai 255",
        "\"%1\" is no time: expected 700ms, 2s or 1min, at most 60min":
            "\"%1\" bukan lama waktu: seharusnya 700ms, 2s atau 1min, paling lama 60min",
    ]

    /// What the C library says of files, devices and connections.
    static let kernel = [
        "No such file or directory": "file atau folder itu tidak ada",
        "Permission denied": "tidak punya izin",
        "Is a directory": "itu sebuah folder",
        "Not a directory": "itu bukan folder",
        "Input/output error": "error baca-tulis, mungkin medianya rusak",
        "Too many open files": "terlalu banyak file terbuka",
        "Too many levels of symbolic links": "symlink-nya berputar",
        "File name too long": "nama file terlalu panjang",
        "File exists": "di sana sudah ada file",
        "Operation not permitted": "tidak diizinkan",
        "No space left on device": "disk penuh",
        "Disk quota exceeded": "kuota disk habis",
        "Read-only file system": "sistem file hanya bisa dibaca",
        "No such device": "perangkatnya tidak ada",
        "Device or resource busy": "sedang dipakai program lain",
        "Resource temporarily unavailable": "sedang tidak tersedia, atau waktunya habis",
        "Cannot allocate memory": "memori tidak cukup",
        "Broken pipe": "penerimanya sudah menutup",
        "Address already in use": "alamat sudah dipakai",
        "Cannot assign requested address": "alamat itu bukan milik komputer ini",
        "Connection refused": "koneksi ditolak",
        "Connection reset by peer": "koneksi diputus dari seberang",
        "Connection timed out": "tidak ada jawaban pada waktunya",
        "Network is unreachable": "jaringan tidak terjangkau",
        "No route to host": "tidak ada rute ke alamat itu",
    ]

    /// What SQLite and libxlsxwriter say of their files.
    static let libraries = [
        "unable to open database file": "file jurnal tidak bisa dibuka",
        "disk I/O error": "error baca-tulis disk",
        "database is locked": "jurnal dikunci program lain",
        "attempt to write a readonly database": "jurnal hanya bisa dibaca",
        "database disk image is malformed": "isi jurnal rusak",
        "file is not a database": "file itu bukan jurnal",
        "database or disk is full": "disk penuh",
        "Error creating output xlsx file. Usually a permissions error.":
            "file xlsx tidak bisa dibuat; biasanya karena tidak punya izin",
        "Error encountered when creating a tmpfile during file assembly.": "file sementara tidak bisa dibuat",
        "Error reading a tmpfile.": "file sementara tidak bisa dibaca",
    ]

    /// What libyaml says of a text that is no YAML.
    static let parser = [
        "mapping values are not allowed in this context": "tanda \": \" tidak boleh di sini",
        "could not find expected ':'": "tanda ':' yang diharapkan tidak ada",
        "did not find expected key": "kunci yang diharapkan tidak ada",
        "did not find expected ',' or '}'": "tanda ',' atau '}' yang diharapkan tidak ada",
        "did not find expected ',' or ']'": "tanda ',' atau ']' yang diharapkan tidak ada",
        "did not find expected '-' indicator": "tanda '-' yang diharapkan tidak ada",
        "did not find expected node content": "isi yang diharapkan tidak ada",
        "did not find expected <document start>": "awal dokumen yang diharapkan tidak ada",
        "found character that cannot start any token": "ada huruf yang tidak boleh mengawali kata",
        "found unexpected end of stream": "file berakhir sebelum waktunya, mungkin tanda kutip belum ditutup",
        "found unexpected document indicator": "ada tanda dokumen di tempat yang salah",
        "found unknown escape character": "ada tanda \\ dengan huruf yang tidak dikenal",
        "block sequence entries are not allowed in this context": "daftar dengan '-' tidak boleh di sini",
        "control characters are not allowed": "karakter kontrol tidak boleh dipakai",
    ]
}
