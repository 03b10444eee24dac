package import ArgumentParser
import Glibc
package import Speech

/// The run of a command line: parse, call, print.
package enum CommandRun {
    /// The program's name, before each complaint: a second program of the package has a name of its own.
    package static let program =
        CommandLine.arguments.first.map { $0.split(separator: "/").last == "gateway-city" } ?? false
        ? "gateway-city" : "gateway"

    /// Runs the command of this process. ArgumentParser's own exit code for wrong use is 64; ours is 2.
    package static func main(_ root: (some ParsableCommand).Type) async {
        do {
            var command = try root.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(root, error)
        }
    }

    private static func end(_ root: (some ParsableCommand).Type, _ error: any Error) -> Never {
        let code = root.exitCode(for: error)
        let message = root.fullMessage(for: error)
        if code == .success {
            // Help, or what is for programs: a shell's completions, the version.
            let isHelp = ["OVERVIEW:", "USAGE:"].contains { message.hasPrefix($0) }
            print(isHelp ? said(message) : message)
        } else if code == .validationFailure,
            let slip = CommandLineSlip.find(in: Array(CommandLine.arguments.dropFirst()), of: root)
        {
            complain(slip)
            complain(said("  See '\(program) --help' for more information."))
        } else if !message.isEmpty {
            for line in lines(of: said(message), quoting: CommandLine.arguments) { complain(line) }
        }
        Glibc.exit(code == .validationFailure ? 2 : code.rawValue)
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
package func lines(of message: String, quoting arguments: [String]) -> [StyledText] {
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
    package static let field = ExitCode(1)
    /// Wrong use or wrong configuration.
    package static let wrongUse = ExitCode(2)
}
