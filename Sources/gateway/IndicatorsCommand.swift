public import ArgumentParser
import Configuration
import Control
import Daemon
import Domain
import Foundation
import Glibc
public import Indicators
import Journal
import Platform
import Synchronization

struct IndicatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators",
        abstract: "The city's figures: the current ones, the evidence of a span, and computing days again.",
        subcommands: [Show.self, Export.self, Recompute.self],
        defaultSubcommand: Show.self
    )

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "The open windows, a line each, with the windows before as small bars."
        )

        @OptionGroup var options: ConfigurationOptions

        @Option(name: .long, help: "15min, hour, day, month or year.")
        var window: WindowKind = .day

        @Option(name: .long, help: "Only scopes that begin so: site, device-flow-soyo, kecamatan.")
        var scope: String?

        @Flag(name: .long, help: "Every device too, not only places.")
        var all = false

        @Flag(name: .long, help: "The payloads as they are published, one a line.")
        var json = false

        func run() throws {
            var figures = try SavedFigures(options)
            let terminal = isatty(STDOUT_FILENO) == 1
            let chosen = figures.open(window) { name in
                if let scope { return name.hasPrefix(scope) }
                return all || !name.hasPrefix("device-")
            }
            if json {
                for figure in chosen {
                    print(String(decoding: figure.payload(gateway: figures.gateway, zone: figures.zone), as: UTF8.self))
                }
                return
            }
            let table = FigureTable(colour: terminal && getenv("NO_COLOR") == nil)
            print(table.head(gateway: figures.gateway, window: window, zone: figures.zone, now: figures.now))
            for line in table.lines(chosen, before: { figures.before($0, count: 7) }) { print(line) }
            if chosen.isEmpty { print("no indicator has such a window and scope; --all shows devices too") }
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract:
                "The evidence of a span: values, targets, completeness and methods, for a spreadsheet or a program."
        )

        @OptionGroup var options: ConfigurationOptions

        @Option(name: .long, help: "The first day, YYYY-MM-DD, in the configured time zone.")
        var from: Day

        @Option(name: .long, help: "The last day, included.")
        var to: Day

        @Option(name: .long, help: "csv (RFC 4180, UTF-8) or json (one object a line).")
        var format = ExportFormat.csv

        @Option(name: .long, help: "15min, hour, day, month or year (repeatable; default day, month and year).")
        var window: [WindowKind] = [.day, .month, .year]

        @Option(name: .long, help: "Between the columns of csv; a spreadsheet set to Indonesian wants \";\".")
        var separator = ","

        func validate() throws {
            if from > to { throw ValidationError("--from is after --to") }
            if separator.count != 1 { throw ValidationError("--separator is one character") }
        }

        func run() throws {
            var figures = try SavedFigures(options)
            let found = figures.span(from...to, kinds: Set(window))
            switch format {
            case .csv:
                let sheet = FigureSheet(separator: separator, zone: figures.zone)
                // The mark by which spreadsheets tell UTF-8.
                print("\u{FEFF}" + sheet.head, terminator: "\r\n")
                for figure in found { print(sheet.row(figure), terminator: "\r\n") }
            case .json:
                for figure in found {
                    print(String(decoding: figure.payload(gateway: figures.gateway, zone: figures.zone), as: UTF8.self))
                }
            }
        }
    }

    struct Recompute: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "recompute",
            abstract:
                "Compute days again from the readings that the running gateway still holds; never replaces more by less."
        )

        @OptionGroup var options: ConfigurationOptions

        @Option(name: .long, help: "The first day, YYYY-MM-DD, in the configured time zone.")
        var from: Day

        @Option(name: .long, help: "The last day, included.")
        var to: Day

        func validate() throws {
            if from > to { throw ValidationError("--from is after --to") }
        }

        func run() throws {
            let path = try options.load().controlSocket
            let status: RecomputeStatus
            do {
                let client = try ControlClient(path: path)
                _ = try client.ask(ControlRequest.recompute(from: "\(from)", to: "\(to)"))
                status = try wait(client)
            } catch let error as SystemError {
                complain("gateway: recomputing is the running gateway's work, and nobody answers on \(path): \(error)")
                throw ExitCode.field
            }
            for part in status.changed {
                print("changed  \(part.day)  \(part.source): \(part.before) readings before, \(part.after) now")
            }
            for part in status.refused {
                print(
                    "refused  \(part.day)  \(part.source): made of \(part.before) readings, of which \(part.after) are left"
                )
            }
            print("\(status.changed.count) changed, \(status.refused.count) refused, \(status.unchanged) unchanged")
            if !status.refused.isEmpty { throw ExitCode.field }
        }

        private func wait(_ client: ControlClient) throws -> RecomputeStatus {
            let terminal = isatty(STDERR_FILENO) == 1
            if terminal { complain("computing \(from) to \(to) again ...") }
            while true {
                let status = try RecomputeStatus(json: client.ask(ControlRequest.recomputed))
                if status.isDone { return status }
                usleep(200_000)
            }
        }
    }
}

enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
}

extension WindowKind: ExpressibleByArgument {}

extension Day: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
