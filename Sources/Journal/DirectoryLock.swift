import Glibc
import Platform

/// The exclusive right to a journal's folder: flock(2) on `journal.lock`. The kernel gives it back when the process ends,
/// however it ends.
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    init(_ directory: String) throws(JournalError) {
        let path = "\(directory)/journal.lock"
        do {
            descriptor = try system("open", path) { Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        } catch {
            throw .storage(operation: error.operation, file: path, code: error.code, message: error.reason)
        }
        do {
            let descriptor = descriptor
            try system("flock", path) { flock(descriptor, LOCK_EX | LOCK_NB) }
        } catch {
            Glibc.close(descriptor)
            if error.code == EWOULDBLOCK { throw .inUse(directory: directory) }
            throw .storage(operation: error.operation, file: path, code: error.code, message: error.reason)
        }
    }

    deinit { Glibc.close(descriptor) }
}
