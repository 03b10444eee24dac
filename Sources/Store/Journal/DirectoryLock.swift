import Glibc
import Platform

/// The exclusive right to a journal's folder: flock(2) on `journal.lock`. The kernel releases it when the process ends,
/// however it ends.
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    init(_ directory: String) throws(JournalError) {
        let path = "\(directory)/journal.lock"
        do {
            descriptor = try system("open", path) { Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        } catch {
            throw JournalError(error)
        }
        do {
            let descriptor = descriptor
            try system("flock", path) { flock(descriptor, LOCK_EX | LOCK_NB) }
        } catch {
            Glibc.close(descriptor)
            if error.code == EWOULDBLOCK { throw .inUse(directory: directory) }
            throw JournalError(error)
        }
    }

    /// Whether some process has the right. It is looked up, not tried: a try would block a gateway that starts at that
    /// moment.
    static func isHeld(_ directory: String) -> Bool {
        var file = stat()
        guard stat("\(directory)/journal.lock", &file) == 0,
            let locks = fopen("/proc/locks", "re")
        else { return false }
        defer { fclose(locks) }
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, Int32(line.count), locks) != nil {
            // Reads `1: FLOCK  ADVISORY  WRITE 4711 fd:01:131090 0 EOF`. The device is not compared, because some file
            // systems show another one there than stat does.
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let words = text.split(whereSeparator: \.isWhitespace)
            guard words.contains("FLOCK"), !words.contains("->") else { continue }
            if words.contains(where: { $0.split(separator: ":").count == 3 && $0.hasSuffix(":\(file.st_ino)") }) {
                return true
            }
        }
        return false
    }

    deinit {
        // A child process that is just starting still has the descriptor, and with it the lock, until it runs another
        // program.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
