import Glibc
package import Platform
package import Speech

// All text for people leaves here: it is shown, and a terminal executes nothing in it.

/// Writes a line of text to stderr, in one call, so that those of several threads do not mix.
package func complain(_ line: StyledText) {
    let bytes = Array((line.terminal + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

package func complain(_ line: String) { complain(StyledText(line)) }

/// Prints a line of text at once, also if stdout is a pipe.
package func show(_ line: String) { show([StyledText(line)]) }

package func show(_ line: StyledText) { show([line]) }

/// Prints lines of text at once.
package func show(_ lines: [StyledText]) {
    for line in lines { print(line.terminal) }
    fflush(nil)
}

/// Prints a JSON text at once, its values unchanged.
package func show(json: some Collection<UInt8>) { show(StyledText(json: String(decoding: json, as: UTF8.self))) }

/// The output for results.
package enum StandardOutput {
    /// Writes all bytes unchanged, or throws why not: a full disk must not look like a whole export.
    package static func write(_ bytes: [UInt8]) throws(SystemError) {
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
