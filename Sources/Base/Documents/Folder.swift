import Glibc

/// Lists folders.
public enum Folder {
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    /// The names in a folder, in order, without `.` and `..`.
    public static func files(in path: String) throws(Failure) -> [String] {
        guard let folder = opendir(path) else {
            throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
