extension ProblemWords {
    /// What the vectors of a profile show to be wrong.
    static let vectors = [
        "an object": "objek",
        "vector %1: names no value that it must give, so it proves nothing":
            "vektor %1: tidak menyebut nilai yang harus dihasilkan, jadi tidak membuktikan apa-apa",
        "vector %1: %2 is not published; name the point that shows its value":
            "vektor %1: %2 tidak dikirim; sebutkan titik ukur yang menampilkan nilainya",
        "vector %1: its message has no %2; it must be %3": "vektor %1: pesannya tidak memuat %2; seharusnya %3",
        "vector %1: lacks registers of %2, or of a point that vouches for it":
            "vektor %1: kurang register untuk %2, atau untuk titik ukur yang menjaminnya",
        "vector %1: %2 is %3, but not good (%4)": "vektor %1: %2 bernilai %3, tetapi tidak baik (%4)",
        "vector %1: %2 is %3 (%4), not %5": "vektor %1: %2 bernilai %3 (%4), bukan %5",
        "vector %1: %2 is %3, not %4": "vektor %1: %2 bernilai %3, bukan %4",
        "vector %1: makes no event": "vektor %1: tidak menghasilkan kejadian",
        "vector %1: makes an event \"%2\", and no \"event\" says what it holds":
            "vektor %1: menghasilkan kejadian \"%2\", tetapi isinya tidak disebut di \"event\"",
        "vector %1: %2 of the event is %3, not %4": "vektor %1: %2 pada kejadian bernilai %3, bukan %4",
        "vector %1: the event holds %2 too, and \"event\" does not say what it is":
            "vektor %1: kejadiannya juga memuat %2, tetapi tidak disebut di \"event\"",
        "vector %1: no message of the profile has topic %2": "vektor %1: tidak ada pesan profil dengan topik %2",
        "vector %1: the request's last two bytes are no CRC of the others; look for a typing error":
            "vektor %1: dua byte terakhir permintaannya bukan CRC dari byte lainnya; mungkin salah ketik",
        "vector %1: the request reads %2 from address %3, which is none of its registers; look at \"numbering\"":
            "vektor %1: permintaannya membaca %2 mulai alamat %3, yang bukan registernya; periksa \"numbering\"",
    ]
}
