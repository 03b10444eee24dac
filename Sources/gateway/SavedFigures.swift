import ArgumentParser
import Configuration
import Control
import Daemon
import Domain
import Glibc
import Indicators
import Journal
import Platform
import Synchronization

/// The figures as the journal has them, read beside the running gateway (which is asked to save first) or without one.
struct SavedFigures {
    let gateway: String
    let zone: Zone
    let now: Instant
    private var engine: IndicatorEngine

    /// - Throws: exit 2 for a wrong configuration, 1 when there is no journal to read.
    init(_ options: ConfigurationOptions) throws {
        let deployment = try options.deployment()
        let configuration = deployment.configuration
        LocalTime.setZone(configuration.timezone)
        gateway = configuration.gateway
        zone = Zone(
            name: configuration.timezone,
            offset: LocalTime.offset(at:),
            offsetOfLocal: LocalTime.offset(whenClocksShow:)
        )
        Self.askToSave(configuration.controlSocket)
        now = SystemClock(trusted: true).stamp().time
        do {
            let reader = try JournalReader(directory: configuration.storage.path)
            engine = IndicatorEngine(gateway: gateway, plan: deployment.indicators, zone: zone) { key in
                do {
                    return try reader.load(key)
                } catch {
                    complain("gateway: \(error)")
                    Glibc.exit(1)
                }
            }
        } catch {
            complain("gateway: \(error)")
            throw ExitCode.field
        }
    }

    /// A running gateway saves once a minute by itself; without one, what it saved last is all there is.
    private static func askToSave(_ path: String) {
        guard let client = try? ControlClient(path: path),  // nobody runs
            let answer = try? client.ask(ControlRequest.saveIndicators), !answer.isEmpty  // or it is ending
        else { return }
        // It saves on its next round, a moment later.
        usleep(700_000)
    }

    /// The open windows of that length, in the catalogue's order within each scope.
    mutating func open(_ kind: WindowKind, where wanted: (String) -> Bool) -> [Figure] {
        engine.current(kind, now: now, where: wanted)
    }

    /// The same figure's windows before, oldest first.
    mutating func before(_ figure: Figure, count: Int) -> [Figure] { engine.before(figure, count: count, now: now) }

    /// Every window that begins on one of these days.
    mutating func span(_ days: ClosedRange<Day>, kinds: Set<WindowKind>) -> [Figure] {
        engine.figures(
            from: zone.start(of: days.lowerBound),
            to: zone.start(of: days.upperBound + 1),
            now: now,
            kinds: kinds
        )
    }
}
