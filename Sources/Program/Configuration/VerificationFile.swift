import Domain
import Glibc
import Installation
import JSON
public import Platform

/// `verified.d/<device>.yaml`: the evidence that a device was checked, by whom, and with which record. It is void for a
/// configuration with another profile or serial number.
public struct VerificationFile: Sendable, Hashable {
    public var by: String
    /// The day, `YYYY-MM-DD`.
    public var on: String
    public var profileHash: String
    public var serial: String?
    /// The record's path and the hash of its text.
    public var record: String
    public var recordHash: String

    public init(by: String, on: String, profileHash: String, serial: String?, record: String, recordHash: String) {
        self.by = by
        self.on = on
        self.profileHash = profileHash
        self.serial = serial
        self.record = record
        self.recordHash = recordHash
    }

    /// The file's text, every value quoted as JSON quotes it, which YAML reads.
    public var text: String {
        func quoted(_ text: String) -> String {
            var json = JSONText()
            json.string(text)
            // YAML accepts no raw control character; JSON accepts some.
            return String(decoding: json.bytes, as: UTF8.self).unicodeScalars.map { scalar in
                let mustBeEscaped = (0x7F...0x9F).contains(scalar.value) || scalar == "\u{FEFF}"
                return mustBeEscaped
                    ? "\\U" + String(0x1_0000_0000 + UInt64(scalar.value), radix: 16).dropFirst() : "\(scalar)"
            }
            .joined()
        }
        var lines = [
            "# Written by gateway verify; what proves it stands in the record.", "by: \(quoted(by))", "on: \(on)",
        ]
        lines.append("profile_hash: \(quoted(profileHash))")
        if let serial { lines.append("serial: \(quoted(serial))") }
        lines += ["record: \(quoted(record))", "record_hash: \(quoted(recordHash))", ""]
        return lines.joined(separator: "\n")
    }

    /// Writes the file beside the configuration, whole or not at all, even in a power cut.
    ///
    /// - Returns: the file's path.
    public func write(of device: String, besideConfiguration file: String) throws(SystemError) -> String {
        let folder = ConfigurationReader.directory(of: file) + "/verified.d"
        if mkdir(folder, 0o755) != 0, errno != EEXIST {
            throw SystemError(code: errno, operation: "mkdir", subject: folder)
        }
        let path = "\(folder)/\(device).yaml"
        try AtomicFile.write(text, to: path)
        return path
    }
}
