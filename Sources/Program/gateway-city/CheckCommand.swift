import ArgumentParser
import CityConfiguration
import Commands
import Documents
import Speech

/// Reads the configuration and the catalogue of indicators, and says that they are right or what is not.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: spoken(CityHelpPhrase.check)
    )

    @OptionGroup var options: CityOptions

    func run() throws {
        let settings = try options.load()
        let problems = ProblemLog()
        _ = settings.catalogue(problems)
        for problem in problems.problems { complain(problem.text(in: .ofThisCommand)) }
        guard problems.isEmpty else { throw ExitCode.wrongUse }
        show(spoken(CityPhrase.allWell, options.config, settings.city))
    }
}
