/// What this program says in English wherever it happens, because its log and its JSON are English: errors of the
/// kernel, of the journal and of workbooks, and what a running gateway answers. A person reads it in another language
/// all the same: the English wording is the pattern by which it is known.
package enum ErrorPhrase: Phrase {
    // The journal.
    case inUse, newerThanProgram, notDurable, diskFull, busy, corrupt, storage
    // The simulated field.
    case notThisMachine, notLoopbackBroker, makeFolder, otherPath, foreignFile, portTaken, lowPort
    case servedAs, served, connected
    // The workbook.
    case tooManyRows, noMemory
    // Computing days again, and the indicators.
    case noDays, needsReason, unreadableBook, leftOut
    // System calls; what several have in common stands last.
    case open, write, read, rename, mkdir, connect, receive, send, bind, listen, symlink, flock, fsync, thread
    case noCredentials, otherAnswers, named

    package var wording: Wording {
        switch self {
        case .inUse:
            Wording(
                "the journal in %1 is in use by another gateway; stop that one (systemctl stop gateway), or give this "
                    + "one a storage path of its own",
                "jurnal di %1 sedang dipakai gateway lain; hentikan gateway itu (systemctl stop gateway), atau beri "
                    + "yang ini storage path sendiri"
            )
        case .newerThanProgram:
            Wording(
                "%1 was written by a newer version of the gateway; install that version again, or move the file away "
                    + "to begin a new journal",
                "%1 ditulis oleh versi gateway yang lebih baru; pasang lagi versi itu, atau pindahkan file ini supaya "
                    + "jurnal baru dimulai"
            )
        case .notDurable:
            Wording(
                "%1: SQLite answers %2 = %3; put the journal on a local file system that takes it",
                "%1: SQLite menjawab %2 = %3; taruh jurnal di sistem file lokal yang mendukungnya"
            )
        case .diskFull:
            Wording(
                "%1: no space left on the device; free some, or lower storage.limit",
                "%1: disk penuh; hapus sebagian isinya, atau turunkan storage.limit"
            )
        case .busy:
            Wording(
                "%1 is kept locked by another program; close it (fuser %2 names it)",
                "%1 dikunci program lain; tutup program itu (namanya terlihat dengan fuser %2)"
            )
        case .corrupt:
            Wording(
                "%1 is damaged (%2); the next start sets it aside and begins a new one",
                "%1 rusak (%2); saat dijalankan lagi, file ini disisihkan dan yang baru dimulai"
            )
        case .storage:
            Wording(
                "%1 (%2); look at the disk (dmesg) and the folder's owner",
                "%1 (%2); periksa disk (dmesg) dan pemilik foldernya"
            )
        case .notThisMachine:
            Wording(
                "%1 is not this machine: only loopback addresses such as 127.0.0.1:1502 are played",
                "%1 bukan komputer ini: hanya alamat loopback seperti 127.0.0.1:1502 yang disimulasikan"
            )
        case .notLoopbackBroker:
            Wording(
                "%1 is not this machine: invented values are published to a loopback broker only",
                "%1 bukan komputer ini: nilai buatan hanya dikirim ke broker loopback"
            )
        case .makeFolder:
            Wording(
                "%1; make its folder, or configure a path such as /tmp/rs485-1",
                "%1; buat foldernya, atau pakai path seperti /tmp/rs485-1 di konfigurasi"
            )
        case .otherPath:
            Wording(
                "%1; configure a path where you may write, such as /tmp/rs485-1",
                "%1; di konfigurasi, pakai path yang boleh ditulis, misalnya /tmp/rs485-1"
            )
        case .foreignFile:
            Wording(
                "%1: something is there that no simulation left behind; remove it or configure another path",
                "%1: di sana ada sesuatu yang bukan sisa simulasi; hapus, atau pakai path lain di konfigurasi"
            )
        case .portTaken:
            Wording(
                "%1; another program, perhaps another simulation, has it: stop that or choose another port",
                "%1; dipakai program lain, mungkin simulasi lain: hentikan itu atau pilih port lain"
            )
        case .lowPort:
            Wording(
                "%1; ports below 1024 need privileges: choose another, such as 1502",
                "%1; port di bawah 1024 perlu hak khusus: pilih yang lain, misalnya 1502"
            )
        case .servedAs: Wording("bus %1 at %2 as %3: %4", "bus %1 di %2 sebagai %3: %4")
        case .served: Wording("bus %1 at %2: %3", "bus %1 di %2: %3")
        case .connected: Wording("bus %1: connected to %2", "bus %1: terhubung ke %2")
        case .tooManyRows:
            Wording(
                "write %1: %2 rows are more than a sheet has room for; choose fewer days or windows",
                "gagal menulis %1: %2 baris tidak muat dalam satu lembar; pilih lebih sedikit hari atau jangka waktu"
            )
        case .noMemory: Wording("make %1 for %2: no memory", "gagal membuat %2 (%1): memori tidak cukup")
        case .noDays: Wording("no days from %1 to %2", "tidak ada hari dari %1 sampai %2")
        case .needsReason:
            Wording(
                "computing days again needs a reason of 1 to %1 letters",
                "menghitung ulang hari perlu alasan dengan 1 sampai %1 huruf"
            )
        case .unreadableBook:
            Wording(
                "what %1 counted before it went: its profile cannot be read",
                "hitungan %1 sebelum dilepas: profilnya tidak bisa dibaca"
            )
        case .leftOut: Wording("%1; it is left out", "%1; tidak ikut dihitung")
        case .open: Wording("open %1: %2", "gagal membuka %1: %2")
        case .write: Wording("write %1: %2", "gagal menulis %1: %2")
        case .read: Wording("read %1: %2", "gagal membaca %1: %2")
        case .rename: Wording("rename %1: %2", "gagal mengganti nama %1: %2")
        case .mkdir: Wording("mkdir %1: %2", "gagal membuat folder %1: %2")
        case .connect: Wording("connect %1: %2", "gagal tersambung ke %1: %2")
        case .receive: Wording("receive %1: %2", "gagal menerima dari %1: %2")
        case .send: Wording("send %1: %2", "gagal mengirim ke %1: %2")
        case .bind: Wording("bind %1: %2", "gagal memakai alamat %1: %2")
        case .listen: Wording("listen %1: %2", "gagal menunggu koneksi di %1: %2")
        case .symlink: Wording("symlink %1: %2", "gagal membuat symlink %1: %2")
        case .flock: Wording("flock %1: %2", "gagal mengunci %1: %2")
        case .fsync: Wording("fsync %1: %2", "gagal menyimpan %1 ke disk: %2")
        case .thread: Wording("pthread_create %1: %2", "gagal membuat thread %1: %2")
        case .noCredentials:
            Wording(
                "no credentials were passed (LoadCredential=) for %1: %2",
                "kredensial (LoadCredential=) untuk %1 tidak diberikan: %2"
            )
        case .otherAnswers: Wording("another gateway answers on %1: %2", "gateway lain sudah menjawab di %1: %2")
        case .named: Wording("%1: %2", "%1: %2")
        }
    }

    /// Words in a language; as they came where no phrase has their form.
    package static func said(_ words: String, in language: Language) -> String {
        guard language != .en else { return words }
        if let known = ProblemWords.kernel[words] ?? ProblemWords.libraries[words] { return known }
        for phrase in allCases where phrase != .named {
            guard let blanks = TemplateMatch.blanks(of: words, by: phrase.wording.english) else { continue }
            return Sentence(phrase, arguments: blanks.map { said($0, in: language) }).text(in: language)
        }
        // What the indicators leave out is said as the catalogue's problems are.
        for (english, indonesian) in catalogue {
            guard let blanks = TemplateMatch.blanks(of: words, by: english) else { continue }
            let wording = Wording(english, indonesian)
            return Sentence(wording, blanks: blanks.map { .words($0) }).text(in: language)
        }
        guard let blanks = TemplateMatch.blanks(of: words, by: named.wording.english) else { return words }
        return Sentence(named, blanks: blanks.map { .words($0) }).text(in: language)
    }

    /// Those with more words of their own first: they are the more certain ones.
    private static let catalogue = ProblemWords.catalogue.sorted { $0.key.count > $1.key.count }
}
