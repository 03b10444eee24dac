import ArgumentParser
import Documents
import Domain
import Glibc
import Profiles
import Speech

struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: spoken(CommandHelpPhrase.profiles),
        subcommands: [List.self, Show.self, Test.self],
        defaultSubcommand: List.self
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: spoken(CommandHelpPhrase.listProfiles)
        )

        @OptionGroup var options: ProfileOptions

        @OptionGroup var language: LanguageOptions

        @Flag(name: .long, help: .said(OptionHelpPhrase.markdown))
        var markdown = false

        func run() throws {
            let log = ProblemLog()
            let catalogue = try options.loadSome(into: log)
            if markdown {
                for line in ProfileText.markdown(catalogue.all) { show(line) }
            } else {
                let lines = ProfileText.table(catalogue.all) { $0.said(in: .ofThisCommand) }
                for line in lines { show(line) }
            }
            guard log.isEmpty else {
                printProblems(log)
                throw ExitCode.wrongUse
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: spoken(CommandHelpPhrase.showProfile)
        )

        @OptionGroup var options: ProfileOptions

        @OptionGroup var language: LanguageOptions

        @Argument(help: .said(OptionHelpPhrase.profileID))
        var name: String

        func run() throws {
            let log = ProblemLog()
            let catalogue = try options.loadSome(into: log)
            guard let profile = catalogue[name] else {
                if !log.isEmpty { printProblems(log) }
                // A profile that cannot be read is there all the same: its problems say what is wrong.
                if catalogue.broken.contains(name) { throw ExitCode.wrongUse }
                complain(UsagePhrase.noProfile, name, NearestWord.spokenHint(for: name, in: catalogue.profiles.keys))
                throw ExitCode.wrongUse
            }
            for line in ProfileText.page(profile) { show(line.said(in: .ofThisCommand)) }
        }
    }
}
