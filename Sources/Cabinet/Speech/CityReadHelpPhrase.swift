/// The help of the commands of `gateway-city` that read the database.
package enum CityReadHelpPhrase: Phrase {
    case serve, serveDiscussion, fleet, watch, fleetJSON, export, exportDay, exportIndicator, exportWindow, from, to
    case format, folder, owner
    case notLoopback, noSuchDay, noSuchWindow, oneThing, written, nothingThere, notReplaceable, tooManyRows

    package var wording: Wording {
        switch self {
        case .serve:
            Wording(
                "Serve the city's data and two pages for people, read-only, on this machine.",
                "Sajikan data kota dan dua halaman untuk orang, hanya baca, di komputer ini."
            )
        case .serveDiscussion:
            Wording(
                "Addresses: / and /armada for people; /indikator, /bacaan, /kelengkapan, /lokasi.geojson, "
                    + "/openapi.json, /metrics and /healthz for programs.",
                "Alamat: / dan /armada untuk orang; /indikator, /bacaan, /kelengkapan, /lokasi.geojson, "
                    + "/openapi.json, /metrics dan /healthz untuk program."
            )
        case .fleet:
            Wording(
                "Show all gateways, those that need a person first.",
                "Tampilkan semua gateway, yang perlu ditangani lebih dahulu."
            )
        case .watch: Wording("Show them again every 5 s.", "Tampilkan lagi setiap 5 s.")
        case .fleetJSON: Wording("Print JSON for programs.", "Cetak JSON untuk program.")
        case .export:
            Wording(
                "Write readings of a day, or figures, as files with their Satu Data description.",
                "Tulis pembacaan satu hari, atau angka, sebagai file dengan deskripsi Satu Data."
            )
        case .exportDay:
            Wording("Readings of this local day, YYYY-MM-DD.", "Pembacaan hari setempat ini, YYYY-MM-DD.")
        case .exportIndicator:
            Wording(
                "Figures of this indicator; \"all\" for every one.",
                "Angka indikator ini; \"all\" untuk semuanya."
            )
        case .exportWindow:
            Wording("Figures of these windows: day, month, year.", "Angka untuk jangka waktu ini: day, month, year.")
        case .from: Wording("Figures from this local day on.", "Angka mulai hari setempat ini.")
        case .to: Wording("Figures until this local day, included.", "Angka sampai hari setempat ini, termasuk.")
        case .format:
            Wording("csv, json (a JSON object a line) or xlsx.", "csv, json (satu objek JSON per baris) atau xlsx.")
        case .folder:
            Wording("The folder to write to; it is made if it is not there.", "Folder tujuan; dibuat bila belum ada.")
        case .owner: Wording("Only readings of this owner's devices.", "Hanya pembacaan perangkat pemilik ini.")
        case .notLoopback:
            Wording(
                "serve.listen is %1: this HTTP has no password, so it listens at this machine's own addresses only, "
                    + "such as 127.0.0.1:8090. Put a proxy with a login before it.",
                "serve.listen adalah %1: HTTP ini tanpa kata sandi, jadi hanya mendengarkan di alamat komputer ini, "
                    + "misalnya 127.0.0.1:8090. Pasang proxy dengan login di depannya."
            )
        case .noSuchDay: Wording("%1 is no day; write it as 2026-11-29", "%1 bukan hari; tulis seperti 2026-11-29")
        case .noSuchWindow: Wording("%1 is none of day, month, year", "%1 bukan day, month atau year")
        case .oneThing:
            Wording("choose one: --day, or --indicator", "pilih satu: --day, atau --indicator")
        case .written: Wording("%1: %2 rows", "%1: %2 baris")
        case .nothingThere: Wording("there is nothing of that time", "tidak ada apa pun pada waktu itu")
        case .notReplaceable: Wording("%1 is no file that can be replaced", "%1 bukan file yang bisa diganti")
        case .tooManyRows:
            Wording(
                "%1 rows are more than a sheet has room for: choose csv, or less",
                "%1 baris melebihi satu lembar: pilih csv, atau kurangi"
            )
        }
    }
}
