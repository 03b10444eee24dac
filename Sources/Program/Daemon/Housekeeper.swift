import Buses
import Contract
import Domain
import Forwarding
import Installation
import Journal
import Logging
import MQTT
import Platform
import Synchronization

/// Once a second: tells of overdue devices, of what journal and forwarders noticed, of the clock; every minute the status; every
/// hour a line in the log.
final class Housekeeper: Sendable {
    private let incidents: IncidentQueue
    private let notices: NoticeQueue
    private let wake = WakeFlag()
    private let stopping = Atomic(false)
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    init(incidents: IncidentQueue, notices: NoticeQueue) {
        self.incidents = incidents
        self.notices = notices
    }

    func start(_ system: RunningSystem) throws(SystemError) {
        let thread = try WorkerThread(name: "housekeeping") { [self] in
            var round = HousekeepingRound(system: system, incidents: incidents, notices: notices)
            while !stopping.load(ordering: .relaxed) {
                round.run()
                wake.wait(until: system.nextRound, time: system.time)
            }
        }
        self.thread.withLock { $0 = thread }
    }

    func stop() {
        stopping.store(true, ordering: .relaxed)
        wake.raise()
        thread.withLock { $0 }?.join()
    }
}

/// The housekeeping thread's own state.
private struct HousekeepingRound {
    let system: RunningSystem
    let incidents: IncidentQueue
    let notices: NoticeQueue
    private static let clockKey = "clock"
    private var clock: ClockState?
    /// The last failure told of each destination: the same one again is no news.
    private var failures: [String: String] = [:]
    private var lastBoard: (answering: Int, connected: [Bool])?
    private var statusDue: Uptime?
    private let manager = ServiceManager()
    private let watchdogInterval = ServiceManager.watchdogInterval
    private var watchdogDue: Uptime
    /// The loops that were late the last time; the same ones again are no news.
    private var hanging: [String] = []
    private var summaryDue: Uptime
    /// When what only the start needed is let go; nil once it is.
    private var trimDue: Uptime?

    init(system: RunningSystem, incidents: IncidentQueue, notices: NoticeQueue) {
        self.system = system
        self.incidents = incidents
        self.notices = notices
        summaryDue = system.gridStart + .seconds(3_600)
        watchdogDue = system.gridStart
        trimDue = system.gridStart + .seconds(3)
    }

    mutating func run() {
        let now = system.time.uptime()
        for source in system.sources { source.reportOverdue(now: now) }
        tellIncidents()
        tellNotices()
        system.lineCounts.logDue()
        tellClock()
        tellStatus(now)
        feedWatchdog(now)
        if let due = trimDue, due <= now {
            trimDue = nil
            ResidentMemory.letGo()
        }
        if summaryDue <= now {
            summaryDue = now + .seconds(3_600)
            logSummary()
        }
    }

    private func tellIncidents() {
        for incident in incidents.take() {
            let event = incident.event(system.time.stamp())
            system.peerLog.log(
                level: event.severity == .alarm ? .error : event.severity == .warning ? .warning : .notice,
                "storage",
                metadata: ["incident": "\(incident)"]
            )
            if case .loss(let loss) = incident {
                system.intake.accept(event, telling: loss)
            } else {
                system.intake.accept(event)
            }
        }
    }

    private mutating func tellNotices() {
        for (destination, notice) in notices.take() {
            let metadata: Logger.Metadata = ["destination": "\(destination)"]
            switch notice {
            case .connected(let address, let window):
                failures[destination] = nil
                system.peerLog.notice(
                    "connected",
                    metadata: metadata.merging(["broker": "\(address)", "window": "\(window)"]) { $1 }
                )
            case .disconnected(let error):
                guard failures.updateValue(error, forKey: destination) != error else { continue }
                system.peerLog.warning("not connected", metadata: metadata.merging(["error": "\(error)"]) { $1 })
            case .identityCloned:
                system.peerLog.error("another client uses this gateway's identity", metadata: metadata)
            case .refused(let code, let words, let topic):
                system.peerLog.warning(
                    "the broker refuses messages; check its ACL",
                    metadata: metadata.merging(["answer": "\(words) (\(code))", "topic": "\(topic)"]) { $1 }
                )
            case .refusesAll(_, let words, _, let isAlarm):
                system.peerLog.log(
                    level: isAlarm ? .error : .warning,
                    "the broker refuses every message; they wait, and one at a time is tried",
                    metadata: metadata.merging(["answer": "\(words)"]) { $1 }
                )
            case .takesAgain(let lasted):
                system.peerLog.notice(
                    "the broker takes messages again",
                    metadata: metadata.merging(["after": "\(lasted.wholeMilliseconds / 1_000) s"]) { $1 }
                )
            case .quarantined(let epoch, let seq, _, let words, _):
                system.peerLog.error(
                    "the broker takes others and never this message; set aside",
                    metadata: metadata.merging(["epoch": "\(epoch)", "seq": "\(seq)", "answer": "\(words)"]) { $1 }
                )
            case .withoutSubscriber(let topic):
                system.peerLog.warning(
                    "nobody subscribes to part of the backlog; it waits",
                    metadata: metadata.merging(["topic": "\(topic)"]) { $1 }
                )
            }
            if let event = notice.event(destination: destination, time: system.time) { system.intake.accept(event) }
        }
    }

    /// When the clock comes (or goes), one event says by how much this boot's earlier times can be corrected.
    private mutating func tellClock() {
        let stamp = system.time.stamp()
        let before = clock ?? rememberedClock(boot: stamp.boot)
        clock = stamp.clock
        guard before != stamp.clock else { return }
        system.journal.remember(Self.clockKey, Array("\(stamp.boot) \(stamp.clock.rawValue)".utf8))
        guard before != nil else { return }
        system.log.notice("clock changed", metadata: ["clock": "\(stamp.clock.rawValue)"])
        system.intake.accept(.clock(stamp))
    }

    /// What an earlier run of this boot knew: the clock may have come between the two.
    private func rememberedClock(boot: String) -> ClockState? {
        let words = system.journal.recall(Self.clockKey).map { bytes in
            String(decoding: bytes, as: UTF8.self).split(separator: " ")
        }
        guard let words, words.count == 2, words[0] == boot else { return nil }
        return ClockState(rawValue: String(words[1]))
    }

    private mutating func tellStatus(_ now: Uptime) {
        let board = (
            answering: system.board.answering,
            connected: system.destinations.forwarders.map { $0.snapshot?.connected ?? false }
        )
        let changed = lastBoard.map { $0.answering != board.answering || $0.connected != board.connected } ?? true
        guard changed || statusDue.map({ $0 <= now }) ?? true else { return }
        lastBoard = board
        statusDue = now + .seconds(60)
        system.announceStatus(state: "online")
        manager.status(system.statusLine)
    }

    /// Fed while all loops turn: none has outlived its own deadline. What a peer does or leaves undone has no part in it.
    private mutating func feedWatchdog(_ now: Uptime) {
        guard let watchdogInterval, watchdogDue <= now else { return }
        let late = system.heartbeats.filter { $0.isLate(now: now, grace: .seconds(3)) }
        let names = late.map(\.name)
        if names != hanging, !names.isEmpty {
            system.log.critical("hangs; not feeding the watchdog", metadata: ["loops": "\(names)"])
        }
        hanging = names
        guard names.isEmpty else { return }
        manager.alive()
        watchdogDue = now + watchdogInterval
    }

    private func logSummary() {
        let journal = system.journal.snapshot
        system.log.notice(
            "summary of the hour",
            metadata: [
                "answering": "\(system.board.answering)/\(system.configuration.devices.count)",
                "stored": "\(journal.stored)", "lost": "\(journal.lost)", "bytes": "\(journal.bytes)",
                "pending":
                    "\(system.configuration.destinations.map { system.journal.pending(destination: $0.id).count })",
            ]
        )
    }
}
