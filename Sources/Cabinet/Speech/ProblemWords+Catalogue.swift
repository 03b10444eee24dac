extension ProblemWords {
    /// What concerns the catalogue of indicators.
    static let catalogue = [
        "the catalogue names %1: %2": "katalog menyebut %1: %2",
        "no profile is named": "tidak ada profil bernama",
        "profiles that are not here": "profil yang tidak ada di sini",
        "no profile has an event": "tidak ada profil yang punya event",
        "events that no profile has": "event yang tidak dimiliki profil mana pun",
        "this gateway has no scope": "gateway ini tidak punya cakupan",
        "scopes that this gateway does not have": "cakupan yang tidak dimiliki gateway ini",
        "profile %1 has no point": "profil %1 tidak punya titik ukur",
        "no profile that measures %1 has a point": "tidak ada profil pengukur %1 yang punya titik ukur",
        "no profile has a point": "tidak ada profil yang punya titik ukur",
        "points that no profile has": "titik ukur yang tidak dimiliki profil mana pun",
        "%1 \"%2\"; did you mean \"%3\"?": "%1 \"%2\"; maksudnya \"%3\"?",
        "outside 0 to 1: it is a share, not a percentage": "di luar 0 sampai 1: ini bagian, bukan persen",
        "an anomaly needs \"leap: { factor, step, bins }\"": "anomaly perlu \"leap: { factor, step, bins }\"",
        "expected two hours of the day such as [0, 4]": "seharusnya dua jam dalam sehari, misalnya [0, 4]",
        "a source has one of \"increase\", \"counters\", \"values\", \"speeds\" and \"event\"":
            "sumber punya satu dari \"increase\", \"counters\", \"values\", \"speeds\" dan \"event\"",
        "expected the lowest and the highest value such as [6, 9], ~ for none":
            "seharusnya nilai terendah dan tertinggi, misalnya [6, 9], ~ bila tidak ada",
        "\"%1\" is given too; keep one": "\"%1\" juga disebut; sisakan satu",
        "names no limit: at_least, above, at_most or below":
            "tidak menyebut batas: at_least, above, at_most atau below",
        "the lowest value is above the highest": "nilai terendah di atas yang tertinggi",
        "a target has either \"at_least\" or \"at_most\": years with their values":
            "target punya \"at_least\" atau \"at_most\": tahun dengan nilainya",
        "expected a year, found \"%1\"": "seharusnya tahun, bukan \"%1\"",
        "%1 is too large": "%1 terlalu besar",
        "the catalogue has no table \"%1\"%2": "katalog tidak punya tabel \"%1\"%2",
        "point \"%1\" of device \"%2\" is in %3, which cannot become %4":
            "titik ukur \"%1\" dari perangkat \"%2\" bersatuan %3, yang tidak bisa menjadi %4",
    ]
}
