extension ProblemWords {
    /// What concerns the words of a profile, and its variants.
    static let words = [
        "\"show\" needs \"unit\": what the device measures in":
            "\"show\" perlu \"unit\": satuan yang dipakai perangkat",
        "%1 cannot be shown in %2: it is of another quantity":
            "%1 tidak bisa ditampilkan dalam %2: besarannya berbeda",
        "\"%1\" is no whole number; write names as { 0: idle, 1: run }":
            "\"%1\" bukan bilangan bulat; tulis nama seperti { 0: diam, 1: jalan }",
        "only a number has names": "hanya angka yang punya nama",
        "only a number that the device sends has names": "hanya angka yang dikirim perangkat yang punya nama",
        "names are those of the numbers that the device sends; take \"%1\" away":
            "nama berlaku untuk angka yang dikirim perangkat; hapus \"%1\"",
        "names no word: { id: debit, en: discharge }": "tidak menyebut kata: { id: debit, en: discharge }",

        "names no variant": "tidak menyebut varian",
        "one of the values": "salah satu nilainya",
        "\"%1\" is none of the values%2": "\"%1\" bukan salah satu nilainya%2",
        "\"%1\" is none of the values of %2%3": "\"%1\" bukan salah satu nilai %2%3",
        "a value such as 3 or a": "nilai seperti 3 atau a",
        "\"%1\" cannot be a value: letters, digits, \".\", \"_\" and \"-\", at most 32":
            "\"%1\" tidak bisa menjadi nilai: huruf, angka, \".\", \"_\" dan \"-\", paling banyak 32",
        "a value is given twice": "ada nilai yang disebut dua kali",
        "has no value": "belum ada nilainya",
        "values such as [1, 3] or 0-9": "nilai seperti [1, 3] atau 0-9",
        "expected values such as [1, 3] or 0-9, found \"%1\"": "seharusnya nilai seperti [1, 3] atau 0-9, bukan \"%1\"",
        "what is installed (set) has changed since": "yang terpasang (set) sudah berubah sejak itu",
        "profile \"%1\" has no variants; take the line away": "profil \"%1\" tidak punya varian; hapus barisnya",
        "profile \"%1\" has no variant \"%2\"%3": "profil \"%1\" tidak punya varian \"%2\"%3",
        "which %1 is installed? Write set: { %2: ... }, one of %3":
            "%1 yang terpasang mana? Tulis set: { %2: ... }, salah satu dari %3",
        "only a register moves by a step": "hanya register yang bergeser menurut step",
        "the values of %1 are no numbers, so that nothing can be counted by them":
            "nilai %1 bukan angka, jadi tidak bisa dipakai menghitung alamat",
        "no variant is named \"%1\"%2": "tidak ada varian bernama \"%1\"%2",
        "the profile has no \"variants\" to choose from": "profilnya tidak punya \"variants\" untuk dipilih",

        "names: %1": "nama: %1",
        "called %1": "disebut %1",
        ", called %1": ", disebut %1",
        "shown in %1": "ditampilkan dalam %1",
        "variant %1: one of %2%3%4": "varian %1: salah satu dari %2%3%4",
        ", %1 unless set": ", %1 jika tidak ditentukan",
        ", must be set": ", harus ditentukan",
        "the points below are those of set: { %1 }": "titik ukur di bawah ini untuk set: { %1 }",
        "with another set there are also %1": "dengan set lain ada juga %1",
    ]
}
