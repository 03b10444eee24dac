import Glibc
import Platform

/// Writes a line to stderr, in one call, so that lines of several threads do not mix.
func complain(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Prints at once, also where stdout is a pipe.
func show(_ text: String) {
    print(text)
    fflush(nil)
}

/// Where results go.
enum StandardOutput {
    /// Writes all bytes as they are, or throws why not: a full disk must not look like a whole export.
    static func write(_ bytes: [UInt8]) throws(SystemError) {
        fflush(nil)
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(1 << 20)
            let count = try system("write", "stdout") {
                Int32(clamping: piece.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) })
            }
            rest = rest.dropFirst(Int(count))
        }
    }
}
