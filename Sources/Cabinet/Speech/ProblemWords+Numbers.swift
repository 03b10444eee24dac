extension ProblemWords {
    /// What concerns numbers: what a point takes from other points, and what a place adds.
    static let numbers = [
        "only a string in registers has chars": "hanya string di register yang punya chars",
        "only a point with a register of its own is read in its own rhythm":
            "hanya titik ukur dengan register sendiri yang bisa dibaca dengan irama sendiri",
        "a point has \"exponent_from\" or \"decimals_from\", not both":
            "titik ukur punya \"exponent_from\" atau \"decimals_from\", jangan keduanya",
        "a counter's factor must not change; write it at the device: points: { %1: { factor: 20 } }":
            "faktor penghitung tidak boleh berubah; tulis di perangkatnya: points: { %1: { factor: 20 } }",
        "a counter has no least value; give it a range": "penghitung tidak punya nilai terkecil; beri range",
        "%1 is no number": "%1 bukan angka",
        "%1 is in %2: give both the same unit": "%1 dalam %2: beri keduanya satuan yang sama",
        "%1 holds no bits": "%1 tidak berisi bit",
        "%1 is computed; name the point that it is computed from":
            "%1 dihitung; sebut titik ukur yang menjadi dasarnya",
        "%1 needs %2 with each reading; take \"every\" away":
            "%1 memerlukan %2 di setiap pembacaan; hapus \"every\"",
        "only a number has a sign": "hanya angka yang punya tanda",
        "only a number has marks for \"no value\"": "hanya angka yang punya tanda \"tidak ada nilai\"",
        "a bit has no word order": "bit tidak punya urutan word",
        "the words of a text stand in their order; ABCD and BADC say that of its characters":
            "word sebuah teks sudah berurutan; ABCD dan BADC mengatur urutan hurufnya",
        "a weir's value is computed; give the marks to its level":
            "nilai ambang dihitung; beri tandanya pada titik ukur tinggi airnya",
        "a discharge counts nothing": "debit tidak menghitung apa-apa",
        "a private point counts nothing; give the counter to the point that is published":
            "titik ukur private tidak menghitung; beri counter pada titik ukur yang dikirim",
        "the points of model %1 are not known; known: %2": "titik ukur model %1 tidak dikenal; yang dikenal: %2",
        "model %1 has no point \"%2\"%3": "model %1 tidak punya titik ukur \"%2\"%3",
        "a SunSpec model says where the value is; it has no register":
            "model SunSpec menentukan letak nilainya; titik ukur ini tidak punya register",
        "only a Modbus device has SunSpec models": "hanya perangkat Modbus yang punya model SunSpec",
        "SunSpec model %1 at %2 %3": "SunSpec model %1 di %2 %3",
        "chars %1": "huruf %1",
        "read every %1": "dibaca setiap %1",
        "x 10 to the power of %1": "x 10 pangkat %1",
        "times %1": "dikali %1",
        "divided by %1": "dibagi %1",
        "less than %1 is %2": "kurang dari %1 menjadi %2",
        "\"%1\" is no point of profile %2%3": "\"%1\" bukan titik ukur profil %2%3",
        "%1 is a text or a switch; only a number is adjusted": "%1 teks atau saklar; hanya angka yang disesuaikan",
        "a factor of 0 makes every value 0": "faktor 0 membuat semua nilai 0",
        "a counter's total has no offset; take it away": "total penghitung tidak punya offset; hapus baris ini",
        "a height is a length, and %1 is in %2; write \"offset\"":
            "ketinggian adalah panjang, dan %1 dalam %2; tulis \"offset\"",
        "a height is a length, and %1 has no unit; write \"offset\"":
            "ketinggian adalah panjang, dan %1 tanpa satuan; tulis \"offset\"",
        "%1 is not published; adjust the point that is made of it":
            "%1 tidak dikirim; sesuaikan titik ukur yang dibuat darinya",
        "%1 has names for its numbers; an adjusted number is another one":
            "%1 punya nama untuk angka-angkanya; angka yang disesuaikan menjadi angka lain",
        "says nothing; write factor, offset or zero": "belum berisi apa-apa; tulis factor, offset atau zero",
    ]
}
