import ArgumentParser
import CityConfiguration
import Commands
import Speech

/// Reads the configuration, and says that it is right or what is not.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: spoken(CityHelpPhrase.check)
    )

    @OptionGroup var options: CityOptions

    func run() throws {
        let settings = try options.load()
        show(spoken(CityPhrase.allWell, options.config, settings.city))
    }
}
