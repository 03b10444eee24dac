/// What setting up a box says and asks.
package enum InitPhrase: Phrase {
    case askID, askName, askSite, askKelurahan, askKecamatan, askDestination, askScan, askTCP, askStart
    case exists, noTerminal, notID, ports, noPorts, heldBy, scanning, nothingFound, written
    case checked, wrong, started, notStarted, startWith, needsID, sameID, copied, differSite, differSerial
    case differVerified, tookVerified, differPort, differMeters, takesTime, portMissing, noDevice, nothingWritten

    package var wording: Wording {
        switch self {
        case .askID: Wording("The gateway's id", "ID gateway")
        case .askName: Wording("Name of the place", "Nama lokasi")
        case .askSite: Wording("Id of the place", "ID lokasi")
        case .askKelurahan: Wording("Kelurahan (may stay empty)", "Kelurahan (boleh kosong)")
        case .askKecamatan: Wording("Kecamatan (may stay empty)", "Kecamatan (boleh kosong)")
        case .askDestination: Wording("Where readings go", "Tujuan data")
        case .askScan: Wording("Scan these ports: auto, none, or a port", "Pindai port: auto, none, atau satu port")
        case .askTCP:
            Wording("Modbus TCP hosts to scan (may stay empty)", "Host Modbus TCP yang dipindai (boleh kosong)")
        case .askStart: Wording("Start the gateway now", "Jalankan gateway sekarang?")
        case .exists:
            Wording(
                "%1 exists and is not overwritten; name another file with --output",
                "%1 sudah ada dan tidak ditimpa; sebutkan file lain dengan --output"
            )
        case .noTerminal:
            Wording(
                "there is no terminal to ask at: give %1, or --yes for the defaults",
                "tidak ada terminal untuk bertanya: sebutkan %1, atau pakai --yes untuk jawaban bawaan"
            )
        case .notID:
            Wording(
                "\"%1\" is no id: lower-case letters, digits and \"-\", at most 48",
                "\"%1\" bukan ID: huruf kecil, angka, dan \"-\", paling banyak 48"
            )
        case .ports: Wording("Serial ports of this box:", "Port serial di kotak ini:")
        case .noPorts: Wording("No serial port was found.", "Tidak ada port serial.")
        case .heldBy: Wording("in use by %1", "sedang dipakai %1")
        case .portMissing: Wording("%1 is in use by %2; it is not scanned", "%1 sedang dipakai %2; tidak dipindai")
        case .scanning: Wording("Scanning %1 ...", "Memindai %1 ...")
        case .takesTime:
            Wording(
                "A line on which nothing answers takes about %1; Ctrl-C ends the scan of it.",
                "Jalur yang tidak menjawab perlu sekitar %1; Ctrl-C mengakhiri pemindaiannya."
            )
        case .nothingFound: Wording("nothing answered", "tidak ada yang menjawab")
        case .written: Wording("%1 is written; devices: %2, buses: %3.", "%1 ditulis; perangkat: %2, bus: %3.")
        case .nothingWritten:
            Wording(
                "No device was found that a profile fits, so nothing is written. Mend the line and run it again, or "
                    + "write a file without devices with --scan none.",
                "Tidak ada perangkat yang cocok dengan profil, jadi tidak ada yang ditulis. Perbaiki jalurnya dan "
                    + "jalankan lagi, atau tulis file tanpa perangkat dengan --scan none."
            )
        case .noDevice:
            Wording(
                "No device was found that a profile fits; write one under \"devices\", then `gateway check`.",
                "Tidak ada perangkat yang cocok dengan profil; tulis sendiri di bawah \"devices\", lalu `gateway "
                    + "check`."
            )
        case .checked: Wording("Checked: all well.", "Sudah diperiksa: semua baik.")
        case .wrong:
            Wording("Not started: mend the file first, then: %1", "Tidak dijalankan: perbaiki filenya dulu, lalu: %1")
        case .started: Wording("The gateway is started.", "Gateway sudah berjalan.")
        case .notStarted: Wording("It could not be started: %1", "Tidak bisa dijalankan: %1")
        case .startWith: Wording("Start it with: %1", "Jalankan dengan: %1")
        case .needsID: Wording("--from needs --id: who is the new box?", "--from perlu --id: apa ID kotak yang baru?")
        case .sameID:
            Wording(
                "%1 is the id of the other box: two boxes with one id push each other off the broker",
                "%1 adalah ID kotak lain: dua kotak dengan satu ID saling memutus dari broker"
            )
        case .copied: Wording("%1 is written from %2, with the id %3.", "%1 ditulis dari %2, dengan ID %3.")
        case .differSite:
            Wording(
                "site %1 (%2) is the other box's place: is this one there too?",
                "lokasi %1 (%2) milik kotak lain: apakah kotak ini juga di sana?"
            )
        case .differSerial:
            Wording(
                "device %1 has the serial number %2 of the other box's device",
                "perangkat %1 memakai nomor seri %2, milik perangkat di kotak lain"
            )
        case .differVerified:
            Wording(
                "device %1 is marked as verified: that was the other one; take \"verified\" out",
                "perangkat %1 bertanda sudah diverifikasi: itu perangkat yang lain; hapus \"verified\"-nya"
            )
        case .tookVerified:
            Wording(
                "device %1: \"verified\" is taken out; this device has not been checked yet",
                "perangkat %1: \"verified\" dihapus; perangkat ini belum diperiksa"
            )
        case .differPort:
            Wording(
                "bus %1: %2 names the other box's adapter; this box has: %3",
                "bus %1: %2 adalah nama adaptor kotak lain; kotak ini punya: %3"
            )
        case .differMeters:
            Wording(
                "site %1: latitude and longitude are the other place's",
                "lokasi %1: latitude dan longitude milik lokasi lain"
            )
        }
    }
}
