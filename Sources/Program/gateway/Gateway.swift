import ArgumentParser
import Domain
import Glibc
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
                // Help, or what is for programs: a shell's completions, the version.
                let isHelp = ["OVERVIEW:", "USAGE:"].contains { message.hasPrefix($0) }
                print(isHelp ? said(message) : message)
            } else if code == .validationFailure,
                let slip = CommandLineSlip.find(in: Array(CommandLine.arguments.dropFirst()))
            {
                complain(slip)
                complain(said("  See 'gateway --help' for more information."))
            } else if !message.isEmpty {
                for line in lines(of: said(message), quoting: CommandLine.arguments) { complain(line) }
            }
            Glibc.exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}

/// A message of the library that reads the command line, in the language of this command.
private func said(_ message: String) -> String {
    let language = Language.ofThisCommand
    if language == .en { return message }
    return message.split(separator: "\n", omittingEmptySubsequences: false)
        .map { ParserPhrase.said(String($0), in: language) }.joined(separator: "\n")
}

/// Splits a message into lines of text; quoted arguments never add one, whatever they contain.
func lines(of message: String, quoting arguments: [String]) -> [StyledText] {
    // Unicode reserves this character for private use, and no text needs it.
    let mark = "\u{F8FF}"
    var message = message
    for argument in arguments.flatMap({ [$0] + $0.split(separator: "=", maxSplits: 1).map(String.init) }) {
        guard argument.contains("\n") else { continue }
        message = message.replacing(argument, with: argument.replacing("\n", with: mark))
    }
    return message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        StyledText(String(line).replacing(mark, with: "\n"))
    }
}

extension ExitCode {
    /// Something in the field or on the network does not work.
    static let field = ExitCode(1)
    /// Wrong use or wrong configuration.
    static let wrongUse = ExitCode(2)
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: spoken(CommandHelpPhrase.version))

    func run() { show("gateway \(Version.text) (\(Version.build))") }
}
