import ArgumentParser
import Commands
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
