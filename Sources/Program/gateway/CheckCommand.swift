import ArgumentParser
import Configuration
import Control
import Daemon
import Documents
import Domain
import Indicators
import Installation
import Probing
import Platform

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with the configuration and the profiles."
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(name: .long, help: "Refuse only what run refuses; a slip in the catalogue is then a note.")
    var startable = false

    @Option(name: .long, help: "en or id (Bahasa Indonesia), for what is said of limits and of the running gateway.")
    var lang: Language?

    private var language: Language { lang ?? .ofEnvironment }

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
        show("\(options.config): all well")
        show(
            "  gateway \(configuration.gateway): \(count(configuration.devices.count, "device")) on "
                + "\(count(configuration.buses.count, "bus", "buses")), "
                + count(configuration.destinations.count, "destination")
        )
        show("  \(OutageCapacity(configuration))")
        let need = ResourceNeed(configuration)
        show("  \(need.sentence.text(in: language))")
        let figures = deployment.indicators.figureCount
        if figures > 0 {
            let indicators = deployment.indicators.catalogue.indicators.count
            show("  \(count(indicators, "indicator")), \(count(figures, "figure"))")
        }
        for note in deployment.indicators.leftOut + deployment.catalogueCheck.notes
            + ConfigurationNotes.of(configuration)
        {
            show("  \(note)")
        }
        let shortages = need.shortages(service: .ofService(), own: .own).map(\.sentence)
        for sentence in shortages + changes(with: deployment) { show("  \(sentence.text(in: language))") }
    }

    /// What a reload would give up, as far as a running gateway says it.
    private func changes(with deployment: Deployment) -> [Sentence] {
        let configuration = deployment.configuration
        guard let client = try? ControlClient(lookingAt: configuration.controlSocket),  // mostly no gateway runs
            let running = try? client.status(),  // one of another version may say something else
            running.gateway == configuration.gateway
        else { return [] }
        return RunningChanges.notes(
            from: running,
            to: configuration,
            indicators: Set(deployment.indicators.catalogue.indicators.map(\.id))
        )
    }

    private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}
