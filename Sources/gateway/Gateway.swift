import ArgumentParser
import Glibc
import Platform

/// The command line: parse, call, print. Exit codes: 0 all well; 1 something in the field or on the network does not work; 2 wrong
/// use or wrong configuration.
@main
struct Gateway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway",
        abstract: "Reads a city's meters, scales and counters over Modbus and MQTT, and forwards what they say.",
        version: Version.text,
        subcommands: [
            RunCommand.self, CheckCommand.self, StatusCommand.self, ProbeCommand.self, VerifyCommand.self,
            IndicatorsCommand.self, ProfilesCommand.self, SimulateCommand.self, ReplayCommand.self,
            VersionCommand.self,
        ]
    )

    /// ArgumentParser's own exit code for wrong use is 64; ours is 2.
    static func main() async {
        DescriptorRoom.raiseLimit()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            if code == .success {
                print(message)
            } else if !message.isEmpty {
                complain(message)
            }
            Glibc.exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}

extension ExitCode {
    /// Something in the field or on the network does not work.
    static let field = ExitCode(1)
    /// Wrong use or wrong configuration.
    static let wrongUse = ExitCode(2)
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print version and build.")

    func run() { print("gateway \(Version.text) (\(Version.build))") }
}

enum Version {
    static let text = "0.1.0"

    /// What the compiler was told to make.
    static var build: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }
}
