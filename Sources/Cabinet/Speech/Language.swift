/// What a person is spoken to in.
package enum Language: String, Sendable, CaseIterable {
    case en
    case id

    /// The language of the environment: LC_ALL, else LC_MESSAGES, else LANG, the first that is set; `id*` is
    /// Indonesian, everything else English.
    ///
    /// - Parameter variable: the value of an environment variable; nil where it is not set.
    package init(environment variable: (String) -> String?) {
        let chosen = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
        self = chosen?.lowercased().hasPrefix("id") == true ? .id : .en
    }

    /// The language that a command line asks for, by `--lang` or else by the environment: also for what is said while
    /// the command line itself is still being read.
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
    /// - Parameter digits: with a point for the decimal sign, and no other one.
    package func number(_ digits: String) -> String {
        switch self {
        case .en: digits
        case .id: digits.replacing(".", with: ",")
        }
    }
}
