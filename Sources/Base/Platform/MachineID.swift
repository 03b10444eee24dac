import Glibc

/// The id that systemd has given the machine (machine-id(5)). It is confidential: show nobody more than a fingerprint.
public enum MachineID {
    /// Returns 32 hexadecimal digits.
    ///
    /// - Parameters:
    ///   - path: the file that has it.
    ///   - transient: this file is there where the machine gets another id at each boot.
    /// - Returns: nil where the machine has no id that stays, as in a container.
    public static func read(
        _ path: String = "/etc/machine-id",
        unless transient: String = "/run/machine-id"
    ) -> String? {
        guard access(transient, F_OK) != 0, let text = KernelFile.text(path) else { return nil }
        let id = text.utf8.last == UInt8(ascii: "\n") ? String(text.dropLast()) : text
        let isDigit: (UInt8) -> Bool = {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard id.utf8.count == 32, id.utf8.allSatisfy(isDigit), id.utf8.contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        return id
    }
}
