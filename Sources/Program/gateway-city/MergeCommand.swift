import ArgumentParser
import CityConfiguration
import Commands
import Contract
import Documents
import Domain
import Merging
import PageParts
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
        if json {
            for figure in figures { Commands.show(json: figure.payload) }
        } else {
            Commands.show(MergedTable(figures, Telling(.ofThisCommand)).lines)
        }
    }
}
