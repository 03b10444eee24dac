import ArgumentParser
import Glibc
import Speech

/// How a probe shows what it found.
struct ReportOptions: ParsableArguments {
    @Flag(name: .long, help: .said(OptionHelpPhrase.jsonLines))
    var json = false

    @OptionGroup var language: LanguageOptions

    var style: TextStyle {
        let columns = Terminal.columns
        return TextStyle(
            language: .ofThisCommand,
            colour: columns != nil && getenv("NO_COLOR") == nil,
            columns: min(140, columns ?? 80)
        )
    }
}

/// The terminal at stdout.
enum Terminal {
    /// Nil if stdout is no terminal; 80 if the terminal does not give its width.
    static var columns: Int? { columns(of: STDOUT_FILENO) }

    static func columns(of descriptor: Int32) -> Int? { size(of: descriptor)?.columns }

    /// Nil if stdout is no terminal.
    static var rows: Int? { size(of: STDOUT_FILENO)?.rows }

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
struct StatusLine {
    let isShown: Bool

    /// - Parameter text: shorter than the terminal's width.
    func show(_ text: StyledText) {
        guard isShown else { return }
        print("\r\u{1B}[K" + text.terminal, terminator: "")
        fflush(nil)
    }

    func erase() {
        guard isShown else { return }
        print("\r\u{1B}[K", terminator: "")
        fflush(nil)
    }
}
