public import Domain
public import Logging
import MQTT
import Platform
public import Store

/// Takes a city's messages from a broker into PostgreSQL. A message is answered after its transaction is committed.
///
/// A failure of either side ends both connections: the broker then delivers again what was not answered, and the
/// ledgers drop what was stored already.
///
/// Confined to one thread; `stop` may be called by any.
public final class Collector {
    private let settings: CollectorSettings
    private let connectStore: () throws(StoreError) -> Postgres
    private let time: any TimeSource
    private let log: Logger
    private let signal: StopSignal
    private let ready: () -> Void
    private var backoff: Duration
    private var isReady = false
    public private(set) var counts = CollectorCounts()

    /// - Parameters:
    ///   - store: makes a connection to a database whose tables are migrated.
    ///   - signal: ends `run`.
    ///   - ready: called once, when all subscriptions stand for the first time.
    public init(
        _ settings: CollectorSettings,
        store: @escaping () throws(StoreError) -> Postgres,
        time: any TimeSource,
        log: Logger,
        signal: StopSignal,
        ready: @escaping () -> Void
    ) {
        self.settings = settings
        connectStore = store
        self.time = time
        self.log = log
        self.signal = signal
        self.ready = ready
        backoff = settings.broker.backoff.lowerBound
    }

    /// Collects until the signal comes.
    ///
    /// - Throws: the tables are of a newer release: no retry would help.
    public func run() throws(StoreError) {
        while !signal.isRaised {
            do {
                let work = CollectorWork(settings, try connectStore(), time: time, signal: signal)
                try collect(with: work)
            } catch let error as StoreError {
                if error.kind == .newer { throw error }
                log.error("the database does not work", metadata: ["detail": "\(error)"])
            } catch let error as MQTTError {
                if error.kind != .stopped { log.error("no broker", metadata: ["detail": "\(error)"]) }
            } catch {
                log.error("no collecting", metadata: ["detail": "\(error)"])
            }
            pause()
        }
    }

    private func collect(with work: CollectorWork) throws {
        defer { counts.add(work.takeCounts()) }
        while !signal.isRaised {
            guard try work.connect() else { return }
            log.notice("collecting", metadata: ["broker": "\(work.address)"])
            backoff = settings.broker.backoff.lowerBound
            if !isReady {
                isReady = true
                ready()
            }
            while !signal.isRaised {
                let stored = try work.turn()
                if stored.setAside > 0 {
                    log.warning("set aside", metadata: ["messages": "\(stored.setAside)"])
                }
                counts.add(stored)
            }
            work.leave()
        }
    }

    /// Waits before the next attempt, longer each time.
    private func pause() {
        guard !signal.isRaised else { return }
        signal.wait(for: backoff * Double.random(in: 0.5...1))
        backoff = min(backoff * 2, settings.broker.backoff.upperBound)
    }
}

/// What a collector has done since it was started.
public struct CollectorCounts: Sendable {
    /// Entries that were stored for the first time.
    public var stored = 0
    /// Entries that came again.
    public var known = 0
    /// Messages that are none of the contract, or that the database refused.
    public var setAside = 0

    public init() {}

    mutating func add(_ other: CollectorCounts) {
        stored += other.stored
        known += other.known
        setAside += other.setAside
    }
}
