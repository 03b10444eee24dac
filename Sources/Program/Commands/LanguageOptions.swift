package import ArgumentParser
package import Documents
import Glibc
public import Speech

/// The language of a command's output.
package struct LanguageOptions: ParsableArguments {
    package init() {}

    @Option(name: .long, help: .said(OptionHelpPhrase.language))
    package var lang: Language?
}

extension Language: ExpressibleByArgument {}

extension Language {
    /// The language from this process' command line and environment: known before the command line is parsed, so that
    /// its errors appear in the same language as the rest.
    package static var ofThisCommand: Language {
        Language(commandLine: Array(CommandLine.arguments.dropFirst())) { getenv($0).map { String(cString: $0) } }
    }
}

/// Wrong use, to be thrown.
package func wrongUse(_ phrase: UsagePhrase, _ arguments: String...) -> ValidationError {
    ValidationError(Sentence(phrase, arguments: arguments).text(in: .ofThisCommand))
}

/// A phrase in the language of this command.
package func spoken(_ phrase: some Phrase, _ arguments: String...) -> String {
    Sentence(phrase, arguments: arguments).text(in: .ofThisCommand)
}

extension ArgumentHelp {
    /// The help of an option in the language of this command.
    ///
    /// - Parameter valueName: what stands for the option's value; nil for the option's own name.
    package static func said(_ phrase: some Phrase, _ arguments: String..., valueName: String? = nil) -> ArgumentHelp {
        ArgumentHelp(Sentence(phrase, arguments: arguments).text(in: .ofThisCommand), valueName: valueName)
    }
}

/// Prints on stderr what stops the program from working.
///
/// On a terminal it is wrapped between words.
package func complain(_ sentence: Sentence) {
    let line: StyledText = "\(CommandRun.program): \(sentence.text(in: .ofThisCommand))"
    guard let columns = Terminal.columns(of: STDERR_FILENO) else { return complain(line) }
    // A line that shows progress may stand there.
    if Terminal.columns != nil { _ = write(STDERR_FILENO, "\r\u{1B}[K", 4) }
    for part in StyledText.wrapped(line, to: max(30, columns)) { complain(part) }
}

/// Prints on stderr an error that speaks English, as the log does.
package func complain(_ error: some Error, in language: Language = .ofThisCommand) {
    complain(CommandRun.program + ": " + ErrorPhrase.said("\(error)", in: language))
}

package func complain(_ phrase: some Phrase, _ arguments: String...) {
    complain(Sentence(phrase, arguments: arguments))
}

extension NearestWord {
    /// `; did you mean "x"?`, or the whole choice if it is short, or nothing.
    package static func spokenHint(for word: String, in candidates: some Collection<String>) -> String {
        let sentence: Sentence
        if let nearest = to(word, in: candidates) {
            sentence = Sentence(UsagePhrase.didYouMean, nearest)
        } else if !candidates.isEmpty, candidates.count <= shortChoice {
            sentence = Sentence(UsagePhrase.known, candidates.sorted().joined(separator: ", "))
        } else {
            return ""
        }
        return sentence.text(in: .ofThisCommand)
    }
}
