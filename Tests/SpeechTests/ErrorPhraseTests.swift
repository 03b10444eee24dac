import Speech
import Testing

@Suite struct `English words of another part of the program` {
    @Test(arguments: [
        ("open /etc/x: Permission denied", "gagal membuka /etc/x: tidak punya izin"),
        (
            "bus \"line\": symlink /no/rs485-1: No such file or directory; make its folder, or configure a path such "
                + "as /tmp/rs485-1",
            "bus \"line\": gagal membuat symlink /no/rs485-1: file atau folder itu tidak ada; buat foldernya, atau "
                + "pakai path seperti /tmp/rs485-1 di konfigurasi"
        ),
        (
            "open /j/x.sqlite: Input/output error (5); look at the disk (dmesg) and the folder's owner",
            "gagal membuka /j/x.sqlite: error baca-tulis, mungkin medianya rusak (5); periksa disk (dmesg) dan pemilik "
                + "foldernya"
        ),
        (
            "open /j/x.sqlite: unable to open database file (14); look at the disk (dmesg) and the folder's owner",
            "gagal membuka /j/x.sqlite: file jurnal tidak bisa dibuka (14); periksa disk (dmesg) dan pemilik foldernya"
        ),
        ("bus a at /tmp/b as /dev/pts/0: flow (unit 1)", "bus a di /tmp/b sebagai /dev/pts/0: flow (unit 1)"),
        (
            "flow: point \"q\" of device \"d\" is in m3/h, which cannot become m; it is left out",
            "flow: titik ukur \"q\" dari perangkat \"d\" bersatuan m3/h, yang tidak bisa menjadi m; tidak ikut dihitung"
        ),
        (
            "i.yaml:3:5: a.b: no profile is named \"x\"; did you mean \"y\"?",
            "i.yaml:3:5: a.b: tidak ada profil bernama \"x\"; maksudnya \"y\"?"
        ),
        ("words of a later gateway", "words of a later gateway"), ("", ""), (": ", ": "),
    ])
    func `are said in Indonesian by their form`(_ english: String, _ indonesian: String) {
        #expect(ErrorPhrase.said(english, in: .id) == indonesian)
        #expect(ErrorPhrase.said(english, in: .en) == english)
    }

    @Test func `are known by every phrase's own wording`() {
        for phrase in ErrorPhrase.allCases {
            let english = Sentence(phrase, "A", "B", "C", "D").text(in: .en)
            let indonesian = Sentence(phrase, "A", "B", "C", "D").text(in: .id)
            #expect(ErrorPhrase.said(english, in: .id) == indonesian, "\(phrase)")
        }
    }
}

@Suite struct `The usage of a command` {
    @Test func `has its placeholders in Indonesian`() {
        let usage = "USAGE: gateway probe [<options>] [<devices> ...]"
        #expect(ParserPhrase.said(usage, in: .id) == "PEMAKAIAN: gateway probe [<opsi>] [<devices> ...]")
        #expect(ParserPhrase.said("USAGE: gateway <subcommand>", in: .id) == "PEMAKAIAN: gateway <perintah>")
        #expect(ParserPhrase.said(usage, in: .en) == usage)
        let begun = "      (LC_ALL, LANG). (values: en,"
        #expect(ParserPhrase.said(begun, in: .id) == "      (LC_ALL, LANG). (pilihan: en,")
    }
}
