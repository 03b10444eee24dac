import ArgumentParser
import CityConfiguration
import Commands
import Contract
import Documents
import Domain
import Merging
import Platform
import Speech
import Store

/// Merges what is due, where no collector does, and shows the city's open figures.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: spoken(CityHelpPhrase.merge)
    )

    @OptionGroup var options: CityOptions

    @Flag(name: .long, help: .said(CityHelpPhrase.json))
    var json = false

    func run() throws {
        let settings = try options.load()
        let problems = ProblemLog()
        let feeding = settings.feeding(problems)
        for problem in problems.problems { complain(problem.text(in: .ofThisCommand)) }
        do throws(StoreError) {
            let database = try settings.connect(as: "gateway-city merge")
            if try database.takeUpkeep() {
                let round = MergeRound(database, city: settings.city, zone: settings.zone, feeding: feeding)
                try round.run(now: SystemClock().stamp().time)
            }
            try show(MergedFigures(database).newest())
        } catch {
            complain(error)
            throw ExitCode.field
        }
    }

    private func show(_ figures: [CityFigure]) {
        for figure in figures {
            if json {
                Commands.show(json: figure.payload)
                continue
            }
            let value = figure.outcome.valueText.map { $0 + (figure.outcome.unit.map { " " + $0 } ?? "") }
            let parts = [
                figure.name, value ?? "-", figure.outcome.completeness.map { "\($0)" } ?? "-",
                "\(figure.sources.gateways)",
            ]
            let silent =
                figure.sources.silent.isEmpty
                ? ""
                : "  "
                    + spoken(
                        CityPhrase.silent,
                        figure.sources.silent.joined(separator: ", ")
                    )
            Commands.show(parts.joined(separator: "  ") + silent)
        }
    }
}

extension FigureOutcome {
    fileprivate var valueText: String? {
        switch value {
        case .number(let number): number.description
        case .word(let word): word
        case nil: nil
        }
    }
}
