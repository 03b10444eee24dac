import Domain
import Glibc
import Installation
import JSON
public import Platform

/// `verified.d/<device>.yaml`: that a device has been checked, by whom, and which record proves it. A configuration
/// whose profile or serial number is another one takes it for void.
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

    /// Every text quoted as JSON quotes it, which YAML reads.
    public var text: String {
        func quoted(_ text: String) -> String {
            var json = JSONText()
            json.string(text)
            // YAML takes no control character as it is, JSON some.
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

    /// Puts it beside the configuration, whole or not at all, even in a power cut.
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
