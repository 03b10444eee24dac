import Glibc

/// Looks up names of users.
public enum UserName {
    /// Returns the user database's name for an id; nil for none. May wait for a directory service.
    public static func of(_ user: UInt32) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        return entry.pw_name.map { String(cString: $0) }
    }

    /// Returns the name of an id in this machine's own list of users; nil for none. Never waits for a directory
    /// service.
    public static func inPasswordFile(_ user: UInt32) -> String? {
        guard let file = fopen("/etc/passwd", "re") else { return nil }
        defer { fclose(file) }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        while fgetpwent_r(file, &entry, &buffer, buffer.count, &found) == 0, found != nil {
            if entry.pw_uid == user { return entry.pw_name.map { String(cString: $0) } }
        }
        return nil
    }

    /// The person behind this process: the user who called sudo, otherwise the process' own user.
    public static var ofThisPerson: String {
        let behind = getenv("SUDO_USER").map { String(cString: $0) } ?? ""
        return behind.isEmpty ? of(getuid()) ?? "" : behind
    }
}
