import Glibc

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
