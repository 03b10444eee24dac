extension ProblemWords {
    /// What concerns `send`: which readings go out.
    static let sending = [
        "%1 is not published; give the deadband to the point that is made of it":
            "%1 tidak dikirim; beri deadband pada titik ukur yang dibuat darinya",
        "%1 is a text or a switch: write \"any\" where its change alone is no news":
            "%1 teks atau saklar: tulis \"any\" jika perubahannya saja bukan kabar",
        "each number of %1 means something else: write \"any\" where its change alone is no news":
            "setiap angka %1 berarti hal lain: tulis \"any\" jika perubahannya saja bukan kabar",
        "a number such as 0.05, hundredths such as 1 %, or any": "angka seperti 0.05, perseratus seperti 1 %, atau any",
        "a distance is not less than 0": "jarak tidak boleh kurang dari 0",
        "beyond 100 % every value says the same; write a smaller one":
            "di atas 100 % semua nilai dianggap sama; tulis yang lebih kecil",
        "\"when\" is missing: write \"when: changed\", or each reading goes out":
            "\"when\" belum ada: tulis \"when: changed\", atau setiap pembacaan dikirim",
        "at_least_every of %1 is shorter than the interval of %2: each reading goes out":
            "at_least_every %1 lebih pendek daripada interval %2: setiap pembacaan dikirim",
        "sends %1": "kirim %1",
        "%1, of the device whose node stands at %2": "%1, milik perangkat yang node-nya ada di %2",
    ]
}
