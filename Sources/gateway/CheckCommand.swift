import ArgumentParser
import Configuration
import Daemon
import Documents
import Domain
import Indicators
import Platform

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with the configuration and the profiles."
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(name: .long, help: "Refuse only what run refuses; a slip in the catalogue is then a note.")
    var startable = false

    func run() throws {
        let log = ProblemLog()
        let found = options.deployment(into: log)
        let slips = found?.catalogueCheck.slips ?? []
        if !startable { for slip in slips { log.add(slip) } }
        guard let deployment = found, log.isEmpty else {
            printProblems(log)
            throw ExitCode.wrongUse
        }
        let configuration = deployment.configuration
        print("\(options.config): all well")
        print(
            "  gateway \(configuration.gateway): \(count(configuration.devices.count, "device")) on "
                + "\(count(configuration.buses.count, "bus", "buses")), "
                + count(configuration.destinations.count, "destination")
        )
        print("  \(OutageCapacity(configuration))")
        let need = ResourceNeed(configuration)
        print("  \(need)")
        let figures = deployment.indicators.figureCount
        if figures > 0 {
            let indicators = deployment.indicators.catalogue.indicators.count
            print("  \(count(indicators, "indicator")), \(count(figures, "figure"))")
        }
        for note in deployment.indicators.leftOut + deployment.catalogueCheck.notes
            + ConfigurationNotes.of(configuration) + need.notes(service: .ofService(), own: .own)
        {
            print("  \(note)")
        }
    }

    private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}
