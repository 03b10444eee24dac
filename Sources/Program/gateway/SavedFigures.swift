import ArgumentParser
import Commands
import Contract
import Control
import Daemon
import Domain
import Glibc
import Indicators
import Installation
import Journal
import Platform
import Speech
import Synchronization

/// The figures in the journal, with every reading that was accepted before the request. The running gateway is asked to
/// save first; what the journal holds beyond that is counted here, as a gateway's next start would.
struct SavedFigures {
    let gateway: String
    let zone: Zone
    let now: Instant
    /// Why no figure has a value, as far as the configuration says; nil where it should have some.
    let lack: StatusPhrase?
    private var engine: IndicatorEngine
    /// Why the newest readings may be missing; nil when they are included, as far as this can be known.
    private var shortfall: Sentence?
    private var lastReading: JournalEntry?

    /// - Throws: exit 2 for a wrong configuration, 1 when there is no journal to read.
    init(_ options: ConfigurationOptions) throws {
        let deployment = try options.deployment()
        let configuration = deployment.configuration
        LocalTime.setZone(configuration.timezone)
        gateway = configuration.gateway
        let isVerified = configuration.devices.contains { $0.verified != nil }
        let hasCatalogue = !deployment.indicators.catalogue.indicators.isEmpty
        lack =
            !hasCatalogue
            ? .noCatalogue
            : deployment.indicators.figureCount == 0 ? .nothingFits : isVerified ? nil : .nobodyVerified
        zone = Zone(
            name: configuration.timezone,
            offset: LocalTime.offset(at:),
            offsetOfLocal: LocalTime.offset(whenClocksShow:)
        )
        let directory = configuration.storage.path
        shortfall = Self.shortfall(RunningAnswer.ask(socket: configuration.controlSocket, journal: directory))
        now = SystemClock(trusted: true).stamp().time
        do {
            let reader = try JournalReader(directory: directory)
            engine = IndicatorEngine(gateway: gateway, plan: deployment.indicators, zone: zone) { key in
                do {
                    return try reader.load(key)
                } catch {
                    complain(error)
                    Glibc.exit(1)
                }
            }
            // The configuration may have changed since the gateway read it last.
            engine.replace(plan: deployment.indicators, at: SystemClock(trusted: true).stamp())
            if engine.appliedThrough == 0, try !reader.savedKeys(beginning: BinStore.prefix).isEmpty {
                // As at a start: counting from the beginning would count readings twice.
                shortfall = shortfall ?? Sentence(FigurePhrase.unknownBins)
            } else {
                catchUp(reader)
            }
            // If even that cannot be read, the text says that no reading is known.
            lastReading = try? reader.lastReading(through: engine.appliedThrough)
        } catch {
            complain(error)
            throw ExitCode.field
        }
    }

    private static func shortfall(_ answer: RunningAnswer) -> Sentence? {
        switch answer {
        case .saved, .nobodyRuns: nil
        case .notSaved: Sentence(FigurePhrase.notSaved)
        case .silent(let why):
            Sentence(FigurePhrase.silent, .text("\(RunningAnswer.patience.components.seconds)"), .words(why))
        case .otherVersion: Sentence(FigurePhrase.anotherRuns)
        }
    }

    /// Counts what the journal holds after the last saving.
    private mutating func catchUp(_ reader: JournalReader) {
        do throws(JournalError) {
            try engine.replay(through: .max) { row, limit throws(JournalError) in
                try reader.entries(after: row, limit: limit)
            }
            engine.countUnheardWeighings()
        } catch {
            shortfall = shortfall ?? Sentence(FigurePhrase.unreadable, .words("\(error)"))
        }
    }

    /// Called after the figures are printed: reports what they may lack.
    ///
    /// - Throws: exit 1 when they may lack anything.
    func vouch(in language: Language) throws {
        guard let shortfall else { return }
        complain(Sentence(FigurePhrase.mayLack, .sentence(shortfall)).text(in: language))
        complain(lastIncluded.text(in: language))
        throw ExitCode.field
    }

    private var lastIncluded: Sentence {
        guard let lastReading else { return Sentence(FigurePhrase.noReading) }
        let words = ["\(lastReading.stamp.time)", lastReading.epoch, "\(lastReading.seq)"]
        guard let device = lastReading.device else { return Sentence(FigurePhrase.lastReading, arguments: words) }
        return Sentence(FigurePhrase.lastOfDevice, arguments: words + [device])
    }

    /// The open windows of that length, in the catalogue's order within each scope.
    mutating func open(_ kind: WindowKind, where wanted: (String) -> Bool) -> [Figure] {
        engine.current(kind, now: now, where: wanted)
    }

    /// The windows before a figure's window, oldest first.
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
