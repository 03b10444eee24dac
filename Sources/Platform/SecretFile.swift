import Glibc

/// Reads a secret that stands in a file, or in a systemd credential.
public enum SecretFile {
    /// The first line of the file, at most 4 KiB.
    ///
    /// - Parameter name: a path, or `credential:NAME`: the file of that name in `$CREDENTIALS_DIRECTORY`.
    public static func read(_ name: String) throws(SystemError) -> String {
        var path = name
        if name.hasPrefix("credential:") {
            guard let folder = getenv("CREDENTIALS_DIRECTORY") else {
                throw SystemError(
                    code: ENOENT,
                    operation: "no credentials were passed (LoadCredential=) for",
                    subject: name
                )
            }
            path = String(cString: folder) + "/" + name.dropFirst("credential:".count)
        }
        let descriptor = try system("open", path) { open(path, O_RDONLY | O_CLOEXEC) }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = Int(try system("read", path) { Int32(Glibc.read(descriptor, &buffer, buffer.count)) })
        return String(decoding: buffer[..<count].prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    }
}
