import ArgumentParser
import Commands
import Domain
import Installation
import Platform
import Simulation
import Speech
import UnixSignals

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: spoken(CommandHelpPhrase.simulate)
    )

    @OptionGroup var options: ConfigurationOptions

    @OptionGroup var language: LanguageOptions

    @Option(
        name: .long,
        help: .said(OptionHelpPhrase.fault, Fault.kinds.joined(separator: ", "))
    )
    var fault: [String] = []

    @Option(name: .long, help: .said(OptionHelpPhrase.cables))
    var cables: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.speed))
    var speed = 1.0

    @Option(name: .long, help: .said(OptionHelpPhrase.pace))
    var pace = 1.0

    @Option(name: .long, help: .said(OptionHelpPhrase.seed))
    var seed: UInt64 = 1

    func validate() throws {
        guard speed > 0, speed <= 100_000 else { throw wrongUse(.above, "--speed", "0", "100000") }
        guard pace > 0, pace <= 100_000 else { throw wrongUse(.above, "--pace", "0", "100000") }
    }

    func run() async throws {
        let configuration = try options.load()
        LocalTime.setZone(configuration.timezone)
        var faults: [Fault] = []
        do throws(FaultSyntaxError) {
            for text in fault { faults.append(try Fault.parse(text, devices: configuration.devices.map(\.id))) }
        } catch {
            complain("gateway: " + error.message.said(in: .ofThisCommand))
            complain(ParserPhrase.said("  See 'gateway simulate --help' for more information.", in: .ofThisCommand))
            throw ExitCode.wrongUse
        }
        let simulation = Simulation(
            configuration: configuration,
            settings: SimulationSettings(
                faults: faults,
                cables: Cables(folder: cables),
                seed: seed,
                speed: speed,
                pace: pace
            ),
            time: SystemClock(trusted: true),
            report: { show(ErrorPhrase.said($0, in: .ofThisCommand)) }
        )
        // A reader of "ready" may end the program at once, or take its last descriptor.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        do {
            try simulation.start()
        } catch {
            complain(error)
            throw ExitCode.field
        }
        show("ready")
        for await _ in signals { break }
        let played = simulation.statistics
        simulation.stop()
        for (bus, counts) in played.sorted(by: { $0.key < $1.key }) {
            let sentence = Sentence(
                BenchPhrase.busCounts,
                bus,
                "\(counts.answered)",
                "\(counts.published)",
                "\(counts.faulted)"
            )
            show(sentence.text(in: .ofThisCommand))
        }
    }
}
