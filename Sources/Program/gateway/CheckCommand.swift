import ArgumentParser
import Commands
import Configuration
import Control
import Daemon
import Documents
import Domain
import Indicators
import Installation
import Platform
import Profiles
import Speech

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: spoken(CommandHelpPhrase.check)
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(name: .long, help: .said(OptionHelpPhrase.startable))
    var startable = false

    @OptionGroup var language: LanguageOptions

    func run() throws {
        let log = ProblemLog()
        let found = options.deployment(into: log)
        let vectors = VectorCount(found, into: log)
        let slips = log.slips + (found?.catalogueCheck.slips ?? [])
        if !startable { for slip in slips { log.refuse(slip) } }
        guard let deployment = found, log.isEmpty else {
            printProblems(log)
            throw ExitCode.wrongUse
        }
        let configuration = deployment.configuration
        say(Sentence(CheckPhrase.allWell, options.config), indent: "")
        let counts = [
            count(configuration.devices.count, .device, .devices), count(configuration.buses.count, .bus, .buses),
            count(configuration.destinations.count, .destination, .destinations),
        ]
        say(Sentence(CheckPhrase.summary, blanks: [.text(configuration.gateway)] + counts.map { .sentence($0) }))
        say(OutageCapacity(configuration).sentence)
        let need = ResourceNeed(configuration)
        say(need.sentence)
        if let sentence = vectors.sentence { say(sentence) }
        let figures = deployment.indicators.figureCount
        if figures > 0 {
            let indicators = deployment.indicators.catalogue.indicators.count
            say(
                Sentence(
                    CheckPhrase.and,
                    .sentence(count(indicators, .indicator, .indicators)),
                    .sentence(count(figures, .figure, .figures))
                )
            )
        }
        for line in Self.uplink(of: deployment, in: .ofThisCommand) { show("  " + line) }
        if figures == 0 {
            let isEmpty = deployment.indicators.catalogue.indicators.isEmpty
            say(Sentence(isEmpty ? StatusPhrase.noCatalogue : .noDeviceFits))
        }
        for problem in log.advice + (startable ? log.slips : []) {
            show("  " + problem.text(in: .ofThisCommand))
        }
        for note in deployment.indicators.leftOut { show("  \(note)") }
        for note in deployment.catalogueCheck.notes { show("  " + note.said(in: .ofThisCommand)) }
        for note in SendNotes.of(configuration, deployment.indicators) { say(note) }
        for note in ConfigurationNote.of(configuration) { say(note.sentence) }
        for profile in vectors.untested { say(Sentence(VectorPhrase.none, profile.file)) }
        for shortage in need.shortages(service: .ofService(), own: .own) { say(shortage.sentence) }
        for change in changes(with: deployment) { say(change) }
    }

    private func say(_ sentence: Sentence, indent: String = "  ") {
        show(indent + sentence.text(in: .ofThisCommand))
    }

    /// What a reload would give up, as far as a running gateway answers.
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

    private func count(_ number: Int, _ one: CheckPhrase, _ many: CheckPhrase) -> Sentence {
        Sentence(number == 1 ? one : many, "\(number)")
    }
}
