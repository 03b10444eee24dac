import Domain
import Glibc
import Installation
import Platform

/// What a configuration names on this machine. It may be right on the box for which the configuration is, so none of it
/// is an error.
extension ConfigurationNote {
    /// Files of a broker that cannot be read here, and secrets that are empty or that others can read.
    static func files(of broker: Broker, at id: String) -> [ConfigurationNote] {
        let secrets = [
            ("password_file", broker.passwordFile), ("key_file", broker.keyFile),
            ("probe_password_file", broker.probe?.passwordFile),
        ]
        let files = secrets + [("ca_file", broker.caFile), ("certificate_file", broker.certificateFile)]
        return files.compactMap { key, path in path.flatMap { unreadable(key, $0, of: id) } }
            + secrets.compactMap { key, path in path.flatMap { empty(key, $0, of: id) } }
            + secrets.compactMap { key, path in
                path.flatMap(SecretFile.openToOthers).map { .openSecret(id: id, key: key, path: $0) }
            }
    }

    /// The PIN of the pages, likewise.
    static func files(of page: PageSettings) -> [ConfigurationNote] {
        let pin = page.pinFile
        return [
            pin.flatMap { unreadable("pin_file", $0, of: "page") }, pin.flatMap { empty("pin_file", $0, of: "page") },
            pin.flatMap(SecretFile.openToOthers).map { .openSecret(id: "page", key: "pin_file", path: $0) },
            page.outline.flatMap { unreadable("outline", $0, of: "page") },
        ]
        .compactMap(\.self)
    }

    private static func unreadable(_ key: String, _ path: String, of id: String) -> ConfigurationNote? {
        if path.hasPrefix("credential:") {
            return SecretFile.isMissing(credential: path) ? .noCredential(id: id, key: key, name: path) : nil
        }
        var status = stat()
        if key != "ca_file", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            return .unreadable(id: id, key: key, path: path, words: String(cString: strerror(EISDIR)))
        }
        guard access(path, R_OK) != 0 else { return nil }
        return .unreadable(id: id, key: key, path: path, words: String(cString: strerror(errno)))
    }

    /// A file that is there and has no word in its first line of text.
    private static func empty(_ key: String, _ path: String, of id: String) -> ConfigurationNote? {
        // What cannot be read is a note of its own.
        guard let secret = try? SecretFile.read(path), secret.isEmpty else { return nil }
        return .emptySecret(id: id, key: key, path: path)
    }

    /// Serial ports that are not there now.
    static func ports(of configuration: Configuration) -> [ConfigurationNote] {
        configuration.buses.compactMap { bus in
            guard let path = bus.endpoint?.serialPath ?? bus.stream?.serialPath, access(path, F_OK) != 0 else {
                return nil
            }
            return .noSerialPort(bus: bus.id, path: path)
        }
    }

    /// The journal's folder, or the nearest one above it that exists, when this user may not write there.
    static func storage(of configuration: Configuration) -> [ConfigurationNote] {
        var place = configuration.storage.path
        while access(place, F_OK) != 0, errno == ENOENT, place != "/", place != "." {
            place = ConfigurationReader.directory(of: place)
        }
        guard access(place, W_OK | X_OK) != 0 else { return [] }
        let words = String(cString: strerror(errno))
        return [
            .storageClosed(path: configuration.storage.path, user: UserName.of(getuid()) ?? "\(getuid())", words: words)
        ]
    }
}
