import ArgumentParser
import CityConfiguration
import Collecting
import Commands
import Documents
import Domain
import Indicators
import Logging
import Merging
import Platform
import Speech
import Store
import Upkeep

/// Collects until it is stopped.
struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: spoken(CityHelpPhrase.collect)
    )

    /// How often the upkeep looks whether something is due.
    private static let upkeepEvery = Duration.seconds(5)

    @OptionGroup var options: CityOptions

    func run() throws {
        LoggingSystem.bootstrap { _ in JournaldLog(level: .notice) }
        let settings = try options.load()
        let log = Logger(label: "gateway-city")
        let signal = try StopSignal()
        SignalWatch.begin { signal.raise() }
        let collector = Collector(
            settings.collector(in: settings.zone),
            store: { () throws(StoreError) in
                let database = try settings.connect(as: settings.clientID)
                for number in try Migrations.run(on: database) {
                    log.notice("tables made", metadata: ["migration": "\(number)"])
                }
                return database
            },
            time: SystemClock(),
            log: log,
            signal: signal,
            ready: {
                ServiceManager().ready()
                show("ready")
            }
        )
        let upkeep = try WorkerThread(name: "upkeep") { Self.keep(settings, log, signal) }
        defer { upkeep.join() }
        do {
            try collector.run()
        } catch {
            signal.raise()
            complain(error)
            throw error.kind == .newer ? ExitCode.wrongUse : ExitCode.field
        }
        let counts = collector.counts
        log.notice("ended", metadata: ["stored": "\(counts.stored)", "known": "\(counts.known)"])
    }

    /// Does the upkeep on a connection of its own, again and again after a failure.
    private static func keep(_ settings: CitySettings, _ log: Logger, _ signal: StopSignal) {
        let problems = ProblemLog()
        let catalogue = settings.catalogue(problems)
        for problem in problems.problems { log.warning("indicators", metadata: ["problem": "\(problem)"]) }
        while !signal.isRaised {
            do throws(StoreError) {
                let database = try settings.connect(as: settings.clientID + "-upkeep")
                // The collector makes the tables, and may have only begun.
                guard try Migrations.isCurrent(database) else {
                    signal.wait(for: .seconds(1))
                    continue
                }
                // The shipped names came with the tables, and may have been changed there.
                if settings.indicators != nil, let catalogue { try IndicatorNames.write(catalogue, to: database) }
                let upkeep = CityUpkeep(
                    database,
                    city: settings.city,
                    destination: settings.destination,
                    zone: settings.zone,
                    retention: settings.retention,
                    feeding: catalogue.map(Feeding.init) ?? .unknown,
                    log: log
                )
                while !signal.isRaised {
                    try upkeep.run(now: SystemClock().stamp().time)
                    signal.wait(for: upkeepEvery)
                }
            } catch {
                log.error("upkeep", metadata: ["detail": "\(error)"])
                signal.wait(for: upkeepEvery)
            }
        }
    }
}
