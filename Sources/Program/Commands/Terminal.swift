import Glibc
package import Speech

/// The terminal at stdout.
package enum Terminal {
    /// Nil if stdout is no terminal; 80 if the terminal does not give its width.
    package static var columns: Int? { columns(of: STDOUT_FILENO) }

    package static func columns(of descriptor: Int32) -> Int? { size(of: descriptor)?.columns }

    /// Nil if stdout is no terminal.
    package static var rows: Int? { size(of: STDOUT_FILENO)?.rows }

    private static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}

/// A line of text that stays below what is printed, on a terminal only.
package struct StatusLine {
    package let isShown: Bool

    package init(isShown: Bool) { self.isShown = isShown }

    /// - Parameter text: shorter than the terminal's width.
    package func show(_ text: StyledText) {
        guard isShown else { return }
        print("\r\u{1B}[K" + text.terminal, terminator: "")
        fflush(nil)
    }

    package func erase() {
        guard isShown else { return }
        print("\r\u{1B}[K", terminator: "")
        fflush(nil)
    }
}
