import ArgumentParser
import Commands
import Diagnosing
import Documents
import Glibc
import Profiles
import Speech

extension ProfilesCommand {
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: spoken(CommandHelpPhrase.testProfiles)
        )

        @OptionGroup var options: ProfileOptions

        @OptionGroup var language: LanguageOptions

        @Argument(help: .said(OptionHelpPhrase.profileFiles))
        var files: [String] = []

        func run() throws {
            let log = ProblemLog()
            let profiles = try files.isEmpty ? options.loadSome(into: log).all : files.compactMap { try read($0, log) }
            for problem in log.problems { complain(problem.text(in: .ofThisCommand)) }
            var isWell = log.isEmpty
            for profile in profiles {
                let reading = ProblemLog()
                _ = profile.combinations(log: reading)
                let runs = VectorTrial.runs(of: profile)
                for problem in Self.once(reading.problems + runs.problems) {
                    complain(problem.text(in: .ofThisCommand))
                    isWell = false
                }
                show(Self.sentence(profile, runs.vectors, failed: runs.failed).text(in: .ofThisCommand))
            }
            if !isWell { throw ExitCode.wrongUse }
        }

        /// A profile of a file, or an installed one by its id.
        private func read(_ name: String, _ log: ProblemLog) throws -> Profile? {
            guard access(name, F_OK) == 0 || name.contains("/") || name.hasSuffix(".yaml") else {
                // Problems of other files do not concern this one.
                let catalogue = options.load(into: ProblemLog())
                if let profile = catalogue[name] { return profile }
                complain(UsagePhrase.noProfile, name, NearestWord.spokenHint(for: name, in: catalogue.profiles.keys))
                throw ExitCode.wrongUse
            }
            let file = name.split(separator: "/").last.map(String.init) ?? name
            let id = file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
            return Document.mapping(ofFile: name, log: log).flatMap { map in
                ProfileReader.read(map, expectedID: id, hash: map.contentHash)
            }
        }

        /// Each problem once: what is wrong for every device is found in every combination of variants.
        private static func once(_ problems: [Problem]) -> [Problem] {
            var told: Set<Problem> = []
            return problems.filter { told.insert($0).inserted }
        }

        private static func sentence(_ profile: Profile, _ count: Int, failed: Int) -> Sentence {
            if count == 0 { return Sentence(VectorPhrase.none, profile.file) }
            if failed > 0 { return Sentence(VectorPhrase.fail, profile.file, "\(failed)", "\(count)") }
            return count == 1
                ? Sentence(VectorPhrase.holdOne, profile.file) : Sentence(VectorPhrase.holds, profile.file, "\(count)")
        }
    }
}
