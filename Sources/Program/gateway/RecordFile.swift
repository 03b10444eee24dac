import ArgumentParser
import Commands
import Foundation
import Glibc
import Records
import Speech

/// A commissioning record on the disk: small, and evidence for people.
enum RecordFile {
    /// The text of a record's JSON, and its content; or exit 2 after reporting why it is none.
    static func read(_ path: String) throws -> (text: String, record: CommissioningRecord) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            complain(Sentence(VerifyPhrase.recordUnreadable, .text(path), .words(String(cString: strerror(errno)))))
            throw ExitCode.wrongUse
        }
        guard let text = String(data: data, encoding: .utf8) else {
            complain(VerifyPhrase.recordNotText, path)
            throw ExitCode.wrongUse
        }
        do throws(CommissioningRecord.Unreadable) {
            return (text, try CommissioningRecord(json: text))
        } catch {
            complain(error.sentence(of: path))
            throw ExitCode.wrongUse
        }
    }
}
