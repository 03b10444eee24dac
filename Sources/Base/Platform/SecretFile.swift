import Glibc

/// Reads a secret from a file or from a systemd credential.
public enum SecretFile {
    /// Returns the first line of text in the file, at most 4 KiB.
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
        // Editors of Windows begin a file with a byte-order mark, which no password has.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = buffer[..<count].starts(with: mark) ? buffer[mark.count..<count] : buffer[..<count]
        return String(decoding: text.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    }

    /// Whether a `credential:NAME` is neither among the credentials of this process nor in a folder from which systemd
    /// takes it; false where this process may not look.
    public static func isMissing(credential name: String) -> Bool {
        let file = "/" + name.dropFirst("credential:".count)
        let stores = ["/etc", "/run", "/usr/lib"].flatMap { ["\($0)/credstore", "\($0)/credstore.encrypted"] }
        let folders = (getenv("CREDENTIALS_DIRECTORY").map { [String(cString: $0)] } ?? []) + stores
        return folders.allSatisfy { access($0 + file, F_OK) != 0 && errno == ENOENT }
    }

    /// Returns the file if every user of this machine may read or change it: its own mode and each folder above allow
    /// that.
    ///
    /// - Parameter name: as for `read`; a credential is searched where `LoadCredential=` takes it from.
    /// - Returns: the file's path; nil where others have no access, and where this process cannot check.
    public static func openToOthers(_ name: String) -> String? {
        let path = name.hasPrefix("credential:") ? "/etc/credstore/" + name.dropFirst("credential:".count) : name
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        var place = String(cString: resolved)
        // A folder is no secret, and its rights are not to be changed.
        guard let file = mode(of: place), file & S_IFMT == S_IFREG, file & (S_IROTH | S_IWOTH) != 0 else { return nil }
        while let slash = place.lastIndex(of: "/"), place != "/" {
            place = slash == place.startIndex ? "/" : String(place[..<slash])
            guard let folder = mode(of: place), folder & S_IXOTH != 0 else { return nil }
        }
        return path
    }

    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }
}
