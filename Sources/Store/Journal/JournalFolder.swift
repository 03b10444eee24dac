import Glibc
import Platform

/// The files of a journal's folder, and the handling of damaged ones.
struct JournalFolder: Sendable {
    let directory: String

    var database: String { "\(directory)/journal.sqlite" }
    var ballast: String { "\(directory)/journal.ballast" }
    private var damageMark: String { "\(directory)/journal.damaged" }

    /// How many damaged journals are kept for later inspection.
    private static let keptDamaged = 3

    func make() throws(JournalError) {
        do {
            try system("mkdir", directory) { mkdir(directory, 0o750) == 0 || errno == EEXIST ? 0 : -1 }
        } catch {
            throw JournalError(error)
        }
    }

    /// Notes for the next start that SQLite found damage in the file: a check at opening need not find the same.
    func markDamaged() {
        let descriptor = Glibc.open(damageMark, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        Glibc.close(descriptor)
    }

    /// Returns what makes the file unusable before SQLite has opened it.
    func damageBeforeOpening() -> String? {
        if access(damageMark, F_OK) == 0 { return "SQLite met damage while the gateway ran" }
        // SQLite takes a file smaller than the smallest page for a new database, and would not report the journal that
        // it once was.
        guard let size = Self.size(database), size < 512 else { return nil }
        return size == 0 ? "the file is empty" : "the file has \(size) bytes"
    }

    /// Whether a new file beside that one finds no room; SQLite reports this as a file that it cannot open.
    static func takesNoFile(beside path: String) -> Bool {
        let probe = path + "-probe"
        let descriptor = Glibc.open(probe, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return JournalError.meansFull(errno) }
        Glibc.close(descriptor)
        unlink(probe)
        return false
    }

    /// Renames the database out of the way, with its write-ahead log.
    ///
    /// - Parameter budget: the most bytes that all set-aside files together may take; the newest stays at any size.
    /// - Returns: the new name.
    func setAside(budget: Int64) throws(JournalError) -> String {
        let number = (damagedNumbers().last ?? 0) + 1
        let name = damagedName(number)
        do {
            // The log goes first: a crash between the two must not leave it beside a new database.
            for suffix in ["-wal", ""] where access(database + suffix, F_OK) == 0 {
                try system("rename", database + suffix) { rename(database + suffix, name + suffix) }
            }
        } catch {
            throw JournalError(error)
        }
        unlink(database + "-shm")
        unlink(damageMark)
        forgetOldDamaged(budget: budget)
        return name
    }

    private func forgetOldDamaged(budget: Int64) {
        var total: Int64 = 0
        for (index, number) in damagedNumbers().reversed().enumerated() {
            let name = damagedName(number)
            total += (Self.size(name) ?? 0) + (Self.size(name + "-wal") ?? 0)
            guard index > 0, index >= Self.keptDamaged || total > budget else { continue }
            unlink(name)
            unlink(name + "-wal")
        }
    }

    private func damagedName(_ number: Int) -> String { "\(database).corrupt-\(number)" }

    private func damagedNumbers() -> [Int] {
        let prefix = "journal.sqlite.corrupt-"
        guard let folder = opendir(directory) else { return [] }
        defer { closedir(folder) }
        var numbers: [Int] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)) { numbers.append(number) }
        }
        return numbers.sorted()
    }

    private static func size(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }
}
