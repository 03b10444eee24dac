import Glibc
import Platform

/// Why the journal cannot open, or cannot continue.
public enum JournalError: Error, Hashable, Sendable {
    /// Another process has this journal open.
    case inUse(directory: String)
    /// A later version of the program wrote it: wrong use (exit 2), never corruption.
    case newerThanProgram(file: String)
    /// SQLite did not accept a setting that the journal's guarantees depend on.
    case notDurable(file: String, setting: String, found: String)
    /// There is no space to begin.
    case diskFull(file: String)
    /// Another program (a `sqlite3` shell) has kept the file locked for 5 s.
    case busy(file: String)
    /// The file is damaged; the next start sets it aside and begins a new one.
    case corrupt(file: String, message: String)
    /// The disk or the file system failed. `code` is SQLite's extended result code, or errno for a system call.
    case storage(operation: String, file: String, code: Int32, message: String)
}

extension JournalError {
    init(_ error: SystemError) {
        self =
            if Self.meansFull(error.code) {
                .diskFull(file: error.subject)
            } else {
                .storage(operation: error.operation, file: error.subject, code: error.code, message: error.reason)
            }
    }

    /// Whether that errno means that there is no room.
    static func meansFull(_ code: Int32) -> Bool { code == ENOSPC || code == EDQUOT }

    /// Whether waiting may help.
    var passes: Bool {
        switch self {
        case .diskFull, .busy: true
        default: false
        }
    }
}

extension JournalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inUse(let directory):
            "the journal in \(directory) is in use by another gateway; stop that one (systemctl stop gateway), "
                + "or give this one a storage path of its own"
        case .newerThanProgram(let file):
            "\(file) was written by a newer version of the gateway; install that version again, "
                + "or move the file away to begin a new journal"
        case .notDurable(let file, let setting, let found):
            "\(file): SQLite answers \(setting) = \(found); put the journal on a local file system that takes it"
        case .diskFull(let file):
            "\(file): no space left on the device; free some, or lower storage.limit"
        case .busy(let file):
            "\(file) is kept locked by another program; close it (fuser \(file) names it)"
        case .corrupt(let file, let message):
            "\(file) is damaged (\(message)); the next start sets it aside and begins a new one"
        case .storage(let operation, let file, let code, let message):
            "\(operation) \(file): \(message) (\(code)); look at the disk (dmesg) and the folder's owner"
        }
    }
}
