extension ProblemWords {
    /// What concerns `page`: where the pages are, and who may see them.
    static let pages = [
        "expected an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080, found \"%1\"":
            "seharusnya alamat IP dan port, misalnya 127.0.0.1:8080 atau [::1]:8080, bukan \"%1\"",
        "expected an address such as https://tile.example/{z}/{x}/{y}.png, found \"%1\"":
            "seharusnya alamat seperti https://tile.example/{z}/{x}/{y}.png, bukan \"%1\"",
        "other machines can reach this address: name a file with a PIN in \"pin_file\"":
            "alamat ini bisa dijangkau komputer lain: sebutkan file berisi PIN di \"pin_file\"",
    ]
}
