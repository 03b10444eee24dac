import Buses
import Contract
import Domain
import Forwarding
import Installation
import Journal
import Logging
import MQTT
import Platform

/// The state of the housekeeping thread.
struct HousekeepingRound {
    private let house: Household
    private static let clockKey = "clock"
    private var clock: ClockState?
    /// The last failure reported for each destination: the same failure again is not reported.
    private var failures: [String: String] = [:]
    private var status = StatusRhythm()
    private let manager = ServiceManager()
    private let watchdogInterval = ServiceManager.watchdogInterval
    private var watchdogDue: Uptime
    /// The loops that were late last time; they are not reported again.
    private var hanging: [String] = []
    private var summaryDue: Uptime
    /// When to free what only the start needed; nil afterwards.
    private var trimDue: Uptime?

    init(of house: Household) {
        self.house = house
        let start = house.rounds.gridStart
        summaryDue = start + .seconds(3_600)
        watchdogDue = start
        trimDue = start + .seconds(3)
    }

    mutating func run() {
        let now = house.time.uptime()
        let sources = house.sources.all
        for source in sources { source.reportOverdue(now: now) }
        house.sources.charts.note(sources, now: now)
        reportIncidents()
        reportNotices()
        house.counts.logDue()
        reportClock()
        reportTraffic()
        publishStatus(now)
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

    /// Reports what was noticed since the last round, so that it is said before the end and not at the next start.
    mutating func end() {
        reportIncidents()
        reportNotices()
    }

    private func reportIncidents() {
        for incident in house.incidents.take() {
            let event = incident.event(house.time.stamp())
            house.peerLog.log(
                level: event.severity == .alarm ? .error : event.severity == .warning ? .warning : .notice,
                "storage",
                metadata: incident.facts.mapValues { Logger.MetadataValue.string($0) }
            )
            if case .loss(let loss) = incident {
                house.intake.accept(event, telling: loss)
            } else {
                house.intake.accept(event)
            }
        }
    }

    private mutating func reportNotices() {
        for (destination, notice) in house.notices.take() {
            let metadata: Logger.Metadata = ["destination": "\(destination)"]
            switch notice {
            case .connected(let address, let window):
                failures[destination] = nil
                status.sessionBegan()
                house.peerLog.notice(
                    "connected",
                    metadata: metadata.merging(["broker": "\(address)", "window": "\(window)"]) { $1 }
                )
            case .disconnected(let error):
                guard failures.updateValue(error, forKey: destination) != error else { continue }
                house.peerLog.warning("not connected", metadata: metadata.merging(["error": "\(error)"]) { $1 })
            case .hidesRefusals:
                house.log.warning(
                    "with MQTT 3.1.1 a refused message looks accepted; prefer version 5",
                    metadata: metadata
                )
            case .identityCloned:
                house.peerLog.error("another client uses this gateway's identity", metadata: metadata)
            case .refused(let code, let words, let topic):
                house.peerLog.warning(
                    code == 0x95
                        ? "the broker refuses messages that are larger than it takes; raise its limit"
                        : "the broker refuses messages; check its ACL",
                    metadata: metadata.merging(["answer": "\(words) (\(code))", "topic": "\(topic)"]) { $1 }
                )
            case .refusesAll(_, let words, _, let isAlarm):
                house.peerLog.log(
                    level: isAlarm ? .error : .warning,
                    "the broker refuses every message; they wait, and one at a time is tried",
                    metadata: metadata.merging(["answer": "\(words)"]) { $1 }
                )
            case .takesAgain(let lasted):
                house.peerLog.notice(
                    "the broker takes messages again",
                    metadata: metadata.merging(["after": "\(lasted.wholeMilliseconds / 1_000) s"]) { $1 }
                )
            case .quarantined(let epoch, let seq, _, let words, _):
                house.peerLog.error(
                    "the broker takes others and never this message; set aside",
                    metadata: metadata.merging(["epoch": "\(epoch)", "seq": "\(seq)", "answer": "\(words)"]) { $1 }
                )
            case .withoutSubscriber(let topic):
                house.peerLog.warning(
                    "nobody subscribes to part of the backlog; it waits",
                    metadata: metadata.merging(["topic": "\(topic)"]) { $1 }
                )
            case .sendsAgain(let epoch, let entries, let notKept):
                house.peerLog.notice(
                    "sends again what it was asked for",
                    metadata: metadata.merging(
                        ["epoch": "\(epoch)", "entries": "\(entries)", "not_kept": "\(notKept)"]
                    ) { $1 }
                )
            case .refusedRequest(let refusal):
                house.peerLog.warning(
                    "a request to send again gets no answer",
                    metadata: metadata.merging(["reason": "\(refusal.rawValue)"]) { $1 }
                )
            case .mayNotBeAsked(let topic):
                house.peerLog.warning(
                    "the broker lets nobody ask this gateway for entries again; check its ACL",
                    metadata: metadata.merging(["topic": "\(topic)"]) { $1 }
                )
            }
            if let event = notice.event(destination: destination, time: house.time) { house.intake.accept(event) }
        }
    }

    /// When the clock becomes synchronised (or stops being so), one event gives the correction for this boot's earlier
    /// times.
    private mutating func reportClock() {
        let stamp = house.time.stamp()
        let before = clock ?? rememberedClock(boot: stamp.boot)
        clock = stamp.clock
        guard before != stamp.clock else { return }
        house.journal.remember(Self.clockKey, Array("\(stamp.boot) \(stamp.clock.rawValue)".utf8))
        guard before != nil else { return }
        house.log.notice("clock changed", metadata: ["clock": "\(stamp.clock.rawValue)"])
        // The event gives a time to the rows before it, and what is held belongs to them.
        house.intake.letGo()
        house.intake.accept(.clock(stamp))
    }

    /// The clock's state in an earlier run of this boot: it may have become synchronised between the two.
    private func rememberedClock(boot: String) -> ClockState? {
        let words = house.journal.recall(Self.clockKey).map { bytes in
            String(decoding: bytes, as: UTF8.self).split(separator: " ")
        }
        guard let words, words.count == 2, words[0] == boot else { return nil }
        return ClockState(rawValue: String(words[1]))
    }

    /// Says once in each period that a destination's budget is nearly or wholly used. Nothing is held back for it.
    private func reportTraffic() {
        let traffic = house.destinations.traffic
        for (destination, _) in house.destinations.all {
            guard let budget = destination.budget,
                let (percent, ledger) = traffic.crossing(of: budget, by: destination.id)
            else { continue }
            let event = Event.uplinkBudget(
                budget,
                of: destination.id,
                percent: percent,
                used: ledger.used(of: budget),
                since: ledger.since(of: budget),
                stamp: house.time.stamp()
            )
            house.log.log(
                level: event.severity == .alarm ? .error : .warning,
                "the uplink has used its budget",
                metadata: ["destination": "\(destination.id)", "percent": "\(percent)"]
            )
            house.intake.accept(event)
        }
        traffic.storeDue()
    }

    private mutating func publishStatus(_ now: Uptime) {
        let answering = house.board.answering
        let connected = house.destinations.forwarders.map { $0.snapshot?.connected ?? false }
        guard status.isDue(answering: answering, connected: connected, now: now) else { return }
        let configuration = house.current.configuration
        house.announcer.announceStatus(
            "online",
            of: configuration,
            answering: answering,
            field: .init(configuration.devices, board: house.board, sources: house.sources),
            box: .init(BoxFacts(), folder: configuration.storage.path)
        )
        manager.status(house.announcer.line(of: configuration, answering: answering))
    }

    /// Feeds the watchdog while all loops turn: none has passed its own deadline. The behaviour of peers plays no part.
    private mutating func feedWatchdog(_ now: Uptime) {
        guard let watchdogInterval, watchdogDue <= now else { return }
        let late = heartbeats.filter { $0.isLate(now: now, grace: .seconds(3)) }
        let names = late.map(\.name)
        if names != hanging, !names.isEmpty {
            house.log.critical(
                "hangs; not feeding the watchdog",
                metadata: ["loops": "\(names.joined(separator: ", "))"]
            )
        }
        hanging = names
        guard names.isEmpty else { return }
        manager.alive()
        watchdogDue = now + watchdogInterval
    }

    /// Every loop that the watchdog covers.
    private var heartbeats: [Heartbeat] {
        house.loops
            + (house.sources.all.map(\.heartbeat) + house.destinations.forwarders.map(\.heartbeat)).compactMap { $0 }
    }

    private func logSummary() {
        let journal = house.journal.snapshot
        let pending = house.current.configuration.destinations.map { destination in
            "\(destination.id) \(house.journal.pending(destination: destination.id).count)"
        }
        house.log.notice(
            "summary of the hour",
            metadata: [
                "answering": "\(house.board.answering)/\(house.current.configuration.devices.count)",
                "stored": "\(journal.stored)", "lost": "\(journal.lost)", "bytes": "\(journal.bytes)",
                "pending": "\(pending.joined(separator: ", "))",
            ]
        )
    }
}
