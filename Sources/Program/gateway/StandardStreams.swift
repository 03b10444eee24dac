import Glibc
import Platform
import Speech

// All that a person reads leaves here, as text that is shown and never obeyed.

/// Writes a line to stderr, in one call, so that lines of several threads do not mix.
func complain(_ line: StyledText) {
    let bytes = Array((line.terminal + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

func complain(_ line: String) { complain(StyledText(line)) }

/// Prints a line at once, also where stdout is a pipe.
func show(_ line: String) { show([StyledText(line)]) }

func show(_ line: StyledText) { show([line]) }

/// Prints lines at once.
func show(_ lines: [StyledText]) {
    for line in lines { print(line.terminal) }
    fflush(nil)
}

/// Prints a JSON text at once, its values as they are.
func show(json: some Collection<UInt8>) { show(StyledText(json: String(decoding: json, as: UTF8.self))) }

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
