import ArgumentParser
import Commands
import Domain
import Platform
import Speech

/// The city's side on the command line. Exit codes as the gateway's: 0 all well; 1 something does not work, or data is
/// not complete; 2 wrong use or wrong configuration.
@main
struct GatewayCity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway-city",
        abstract: spoken(CityHelpPhrase.gatewayCity),
        version: Version.text,
        subcommands: [
            CollectCommand.self, CheckCommand.self, CompleteCommand.self, MergeCommand.self, FleetCommand.self,
            ServeCommand.self, ExportCommand.self,
        ]
    )

    static func main() async {
        DescriptorRoom.raiseLimit()
        await CommandRun.main(Self.self)
    }
}
