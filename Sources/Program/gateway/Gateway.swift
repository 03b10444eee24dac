import ArgumentParser
import Commands
import Domain
import Platform
import Speech

/// The command line: parse, call, print. Exit codes: 0 all well; 1 something in the field or on the network does not
/// work; 2 wrong use or wrong configuration.
@main
struct Gateway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway",
        abstract: spoken(CommandHelpPhrase.gateway),
        version: Version.text,
        subcommands: [
            RunCommand.self, CheckCommand.self, StatusCommand.self, PageCommand.self, ProbeCommand.self,
            VerifyCommand.self,
            IndicatorsCommand.self, ProfilesCommand.self, SimulateCommand.self, ReplayCommand.self,
            InitCommand.self, MetricsCommand.self, VersionCommand.self,
        ]
    )

    static func main() async {
        DescriptorRoom.raiseLimit()
        await CommandRun.main(Self.self)
    }
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: spoken(CommandHelpPhrase.version))

    func run() { show("gateway \(Version.text) (\(Version.build))") }
}
