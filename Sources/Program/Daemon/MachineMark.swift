import CTLS
import Journal
import Logging
import Platform

/// A fingerprint of the machine: it tells two machines apart, and nobody learns the id of one from it.
struct MachineMark: Hashable {
    /// 16 hexadecimal digits.
    let text: String

    /// The key under which the journal remembers the machine that it was last open on.
    private static let key = "machine"

    /// - Parameter id: of the machine.
    /// - Returns: nil where OpenSSL makes no digest.
    init?(of id: String) {
        var digest = [UInt8](repeating: 0, count: 32)
        // The words before it make a digest that no other program has for the same machine.
        let bytes = Array("gateway journal \(id)".utf8)
        guard ctls_digest(bytes, bytes.count, &digest) == 1 else { return nil }
        text = digest.prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Notes with the journal that it is open on this machine, and reports one that was made on another machine. A
    /// journal without a note is no news: it is new, or of an earlier version.
    ///
    /// - Parameter report: called with the marks of this machine and of the other one.
    static func note(in journal: Journal, _ log: Logger, report: (String, String) -> Void) {
        guard let mark = MachineID.read().flatMap(MachineMark.init(of:))?.text else { return }
        let before = journal.recall(key).map { String(decoding: $0, as: UTF8.self) }
        guard before != mark else { return }
        if let before {
            log.error(
                "the journal was made on another machine; if that box still runs, give one of them another id",
                metadata: ["machine": "\(mark)", "before": "\(before)"]
            )
            report(mark, before)
        }
        // After the event: both go to disk together, or the next start reports it again.
        journal.remember(key, Array(mark.utf8))
    }
}
