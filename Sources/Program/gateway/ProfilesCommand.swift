import ArgumentParser
import Documents
import Domain
import Glibc
import Profiles
import Speech

struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "The device profiles that are installed.",
        subcommands: [List.self, Show.self],
        defaultSubcommand: List.self
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Every profile, a line each.")

        @OptionGroup var options: ProfileOptions

        @Flag(name: .long, help: "As the table of the documentation.")
        var markdown = false

        func run() throws {
            let log = ProblemLog()
            let catalogue = try options.loadSome(into: log)
            if markdown {
                for line in ProfileText.markdown(catalogue.all) { show(line) }
            } else {
                for line in ProfileText.table(catalogue.all) { show(line) }
            }
            guard log.isEmpty else {
                printProblems(log)
                throw ExitCode.wrongUse
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "One profile, readably.")

        @OptionGroup var options: ProfileOptions

        @Argument(help: "The profile's id.")
        var name: String

        func run() throws {
            let log = ProblemLog()
            let catalogue = try options.loadSome(into: log)
            guard let profile = catalogue[name] else {
                printProblemsUnlessEmpty(log)
                complain(UsagePhrase.noProfile, name, NearestWord.spokenHint(for: name, in: catalogue.profiles.keys))
                throw ExitCode.wrongUse
            }
            for line in ProfileText.page(profile) { show(line) }
        }

        private func printProblemsUnlessEmpty(_ log: ProblemLog) {
            if !log.isEmpty { printProblems(log) }
        }
    }
}
