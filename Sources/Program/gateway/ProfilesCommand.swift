import ArgumentParser
import Commands
import Documents
import Domain
import Glibc
import Profiles
import Speech

struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: spoken(CommandHelpPhrase.profiles),
        subcommands: [List.self, Show.self, Test.self, Import.self],
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

        @Argument(help: .said(OptionHelpPhrase.profileWords))
        var words: [String] = []

        func run() throws {
            let log = ProblemLog()
            let catalogue = try options.loadSome(into: log)
            let found = try words.isEmpty ? catalogue.all : search(catalogue.all)
            if markdown {
                for line in ProfileText.markdown(found) { show(line) }
            } else {
                let lines = ProfileText.table(found) { $0.said(in: .ofThisCommand) }
                for line in lines { show(line) }
            }
            guard log.isEmpty else {
                printProblems(log)
                throw ExitCode.wrongUse
            }
        }

        private func search(_ profiles: [Profile]) throws -> [Profile] {
            let search = ProfileSearch(profiles) { message in Language.allCases.map { message.said(in: $0) } }
            let found = search.find(words)
            if !found.isEmpty { return found }
            let word = words.first(where: search.isUnknown) ?? words.joined(separator: " ")
            let near = search.nearest(to: word).map { Sentence(UsagePhrase.didYouMean, $0).text(in: .ofThisCommand) }
            complain(UsagePhrase.nothingFound, word, near ?? "")
            throw ExitCode.wrongUse
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: spoken(CommandHelpPhrase.showProfile)
        )

        @OptionGroup var options: ProfileOptions

        @OptionGroup var language: LanguageOptions

        @OptionGroup var set: SetOptions

        @Argument(help: .said(OptionHelpPhrase.profileID))
        var name: String

        func run() throws {
            let log = ProblemLog()
            let catalogue = try options.loadSome(into: log)
            guard let named = catalogue[name] else {
                if !log.isEmpty { printProblems(log) }
                // A profile that cannot be read is there all the same: its problems say what is wrong.
                if catalogue.broken.contains(name) { throw ExitCode.wrongUse }
                complain(UsagePhrase.noProfile, name, NearestWord.spokenHint(for: name, in: catalogue.profiles.keys))
                throw ExitCode.wrongUse
            }
            let profile = try set.chosen(for: named)
            for line in ProfileText.page(profile) { show(line.said(in: .ofThisCommand)) }
        }
    }
}
