public import ArgumentParser
import Commands
import Control
import Daemon
import Diagnosing
public import Domain
import Foundation
import Glibc
public import Indicators
import Installation
import Journal
import Platform
import Speech
import Synchronization

struct IndicatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators",
        abstract: spoken(CommandHelpPhrase.figures),
        subcommands: [Show.self, Export.self, Recompute.self],
        defaultSubcommand: Show.self
    )

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: spoken(CommandHelpPhrase.showFigures)
        )

        @OptionGroup var options: ConfigurationOptions

        @Option(name: .long, help: .said(OptionHelpPhrase.window))
        var window: WindowKind = .day

        @Option(name: .long, help: .said(OptionHelpPhrase.scope))
        var scope: String?

        @Flag(name: .long, help: .said(OptionHelpPhrase.all))
        var all = false

        @Flag(name: .long, help: .said(OptionHelpPhrase.payloads))
        var json = false

        @OptionGroup var language: LanguageOptions

        func run() throws {
            var figures = try SavedFigures(options)
            let terminal = isatty(STDOUT_FILENO) == 1
            let chosen = figures.open(window) { name in
                if let scope { return name.hasPrefix(scope) }
                return all || !name.hasPrefix("device-")
            }
            if json {
                for figure in chosen {
                    Commands.show(json: figure.payload(gateway: figures.gateway, zone: figures.zone))
                }
                return try vouch(for: figures)
            }
            let table = FigureTable(
                style: TextStyle(
                    language: .ofThisCommand,
                    colour: terminal && getenv("NO_COLOR") == nil,
                    columns: Terminal.columns(of: STDOUT_FILENO) ?? 80
                ),
                zone: figures.zone
            )
            Commands.show(table.head(gateway: figures.gateway, window: window, now: figures.now))
            Commands.show(table.lines(chosen, before: { figures.before($0, count: 7) }))
            if let lack = figures.lack, chosen.allSatisfy({ $0.value == nil }) {
                Commands.show(table.lack(lack))
            } else if chosen.isEmpty {
                Commands.show(table.nothing)
            }
            try vouch(for: figures)
        }

        private func vouch(for figures: SavedFigures) throws {
            fflush(nil)
            try figures.vouch(in: .ofThisCommand)
        }
    }

    struct Recompute: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "recompute",
            abstract: spoken(CommandHelpPhrase.recompute)
        )

        @OptionGroup var options: ConfigurationOptions

        @OptionGroup var days: DayOptions

        @Option(
            name: .long,
            help: .said(OptionHelpPhrase.without)
        )
        var without: String?

        @Option(name: .long, help: .said(OptionHelpPhrase.with))
        var with: String?

        @OptionGroup var language: LanguageOptions

        @Option(name: .long, help: .said(OptionHelpPhrase.reason))
        var reason: String?

        func validate() throws {
            guard let reason, !reason.allSatisfy(\.isWhitespace) else {
                throw wrongUse(.noReason)
            }
            if reason.count > RecomputeRequest.longestReason {
                throw wrongUse(.longReason, "\(RecomputeRequest.longestReason)")
            }
        }

        func run() throws {
            let path = try options.load().controlSocket
            let status: RecomputeStatus
            do {
                let client = try ControlClient(path: path)
                try begin(client)
                status = try wait(client)
            } catch let error as SystemError {
                complain(
                    error.code == EACCES
                        ? Sentence(StatusPhrase.forbidden, path)
                        : Sentence(FigurePhrase.needsGateway, .text(path), .words("\(error)"))
                )
                throw ExitCode.field
            }
            if let device = status.unknownDevice {
                complain(FigurePhrase.unknownDevice, device)
                throw ExitCode.wrongUse
            }
            for part in status.changed {
                say(.changed, part.day, part.source, "\(part.before)", "\(part.after)")
            }
            for part in status.refused {
                say(.refused, part.day, part.source, "\(part.before)", "\(part.after)")
            }
            say(.counts, "\(status.changed.count)", "\(status.refused.count)", "\(status.unchanged)")
            if !status.refused.isEmpty { throw ExitCode.field }
        }

        private func say(_ phrase: FigurePhrase, _ arguments: String...) {
            show(Sentence(phrase, arguments: arguments).text(in: .ofThisCommand))
        }

        private func begin(_ client: ControlClient) throws {
            let request = RecomputeRequest(
                from: "\(days.from)",
                to: "\(days.to)",
                reason: reason ?? "",
                by: UserName.ofThisPerson,
                without: without,
                with: with
            )
            let line = try client.ask(request.line)
            // A gateway of an earlier version answers differently.
            guard let answer = try? BorrowedAnswer(json: line) else {
                complain(FigurePhrase.otherVersion)
                throw ExitCode.field
            }
            if let refused = answer.refused {
                let refusal = answer.refusal.map { ProbeFailure.refusedFor($0.rawValue, about: answer.about ?? []) }
                complain((refusal ?? .refused(refused)).sentence)
                throw ExitCode.field
            }
        }

        private func wait(_ client: ControlClient) throws -> RecomputeStatus {
            let terminal = isatty(STDERR_FILENO) == 1
            if terminal {
                let sentence = Sentence(FigurePhrase.computing, "\(days.from)", "\(days.to)")
                complain(sentence.text(in: .ofThisCommand))
            }
            while true {
                let status = try RecomputeStatus(json: client.ask(ControlRequest.recomputed))
                if status.isDone { return status }
                usleep(200_000)
            }
        }
    }
}

extension WindowKind: ExpressibleByArgument {}

extension Day: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
