import ArgumentParser
import Documents
import Speech

/// A misspelt command or option. It is looked for when a command line could not be used, before anything else is said
/// of it: what follows from the slip would only mislead.
enum CommandLineSlip {
    static func find(in arguments: [String], of root: any ParsableCommand.Type) -> Sentence? {
        var command: any ParsableCommand.Type = root
        var rest = arguments[...]
        while !command.configuration.subcommands.isEmpty, let word = rest.first, !word.hasPrefix("-") {
            let names = command.configuration.subcommands.compactMap { $0.configuration.commandName }
            guard let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word })
            else {
                if word == "help" { return nil }
                return Sentence(UsagePhrase.noCommand, word, NearestWord.spokenHint(for: word, in: names))
            }
            command = next
            rest = rest.dropFirst()
        }
        if let standard = command.configuration.defaultSubcommand { command = standard }
        let known = options(of: command, root)
        // One dash before a whole word would be read as letters.
        for argument in rest.prefix(while: { $0 != "--" }) where known.contains("-" + argument.prefix { $0 != "=" }) {
            let name = String(argument.prefix { $0 != "=" })
            let hint = Sentence(UsagePhrase.didYouMean, "-" + name).text(in: .ofThisCommand)
            return Sentence(UsagePhrase.noOption, name, hint)
        }
        for argument in rest.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
            let name = String(argument.prefix { $0 != "=" })
            guard !known.contains(name) else { continue }
            if command == root { return Sentence(UsagePhrase.commandFirst, name) }
            let near = NearestWord.to(name, in: known)
            let hint = near.map { Sentence(UsagePhrase.didYouMean, $0).text(in: .ofThisCommand) } ?? ""
            return Sentence(UsagePhrase.noOption, name, hint)
        }
        return nil
    }

    /// The long names of a command's options, as its help lists them.
    private static func options(
        of command: any ParsableCommand.Type,
        _ root: any ParsableCommand.Type
    ) -> Set<String> {
        let help = root.helpMessage(for: command, columns: 100)
        let lines = help.split(separator: "\n").filter { $0.hasPrefix("  -") }
        return Set(lines.flatMap { $0.matches(of: /--[a-z][a-z-]*/).map { String($0.output) } })
    }
}
