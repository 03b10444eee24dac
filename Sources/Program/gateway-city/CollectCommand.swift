import ArgumentParser
import CityConfiguration
import Collecting
import Commands
import Domain
import Glibc
import Logging
import Platform
import Speech
import Store

/// Collects until it is stopped.
struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: spoken(CityHelpPhrase.collect)
    )

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
        do {
            try collector.run()
        } catch {
            complain(error)
            throw error.kind == .newer ? ExitCode.wrongUse : ExitCode.field
        }
        let counts = collector.counts
        log.notice("ended", metadata: ["stored": "\(counts.stored)", "known": "\(counts.known)"])
    }
}
