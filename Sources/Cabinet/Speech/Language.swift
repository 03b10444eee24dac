/// The language of messages to a person.
package enum Language: String, Sendable, CaseIterable {
    case en
    case id

    /// The language of the environment: the first of LC_ALL, LC_MESSAGES and LANG that is set; `id*` is Indonesian,
    /// everything else English.
    ///
    /// - Parameter variable: returns the value of an environment variable; nil when it is not set.
    package init(environment variable: (String) -> String?) {
        let chosen = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
        self = chosen?.lowercased().hasPrefix("id") == true ? .id : .en
    }

    /// The language that `--lang` on a command line, or else the environment, gives: also for messages while the
    /// command line itself is still being read.
    package init(commandLine arguments: [String], environment variable: (String) -> String?) {
        var said: Language?
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument == "--lang", index + 1 < arguments.count {
                said = Language(rawValue: arguments[index + 1]) ?? said
            } else if argument.hasPrefix("--lang=") {
                said = Language(rawValue: String(argument.dropFirst("--lang=".count))) ?? said
            }
        }
        self = said ?? Language(environment: variable)
    }

    /// A number as people write it in this language.
    ///
    /// - Parameter digits: with a point for the decimal sign, and no other sign.
    package func number(_ digits: String) -> String {
        switch self {
        case .en: digits
        case .id: digits.replacing(".", with: ",")
        }
    }
}
