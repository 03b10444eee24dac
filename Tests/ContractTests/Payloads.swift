import Configuration
import Contract
import Documents
import Domain
import Foundation
import Installation
import MQTT
import Platform
import Profiles
import TestSupport

@testable import Forwarding
@testable import Indicators
@testable import Journal

// This file holds all that these tests know about how the program makes its payloads: when the encoders move, only it
// changes. The cases beside it are plain values.

/// The entries' numbers in the envelope of readings and events.
struct Identity {
    var gateway = "kdr-soyo-01"
    var epoch = "7-3f2a9c1d"
    var seq: UInt64 = 1_234_567
}

/// A payload in the form that its subscriber gets.
enum Payload {
    /// - Parameters:
    ///   - isLate: whether it goes as backfill.
    ///   - clock: the clock's state at the sending.
    static func of(
        _ reading: Reading,
        _ identity: Identity = Identity(),
        isLate: Bool = false,
        clock: ClockState = .unsynchronised
    ) -> [UInt8] {
        let body = EntryBody.encode(reading, ReadingForms())
        let entry = JournalEntry(
            row: 1,
            gateway: identity.gateway,
            epoch: identity.epoch,
            seq: identity.seq,
            kind: .reading,
            site: reading.shape.site,
            device: reading.shape.device,
            stamp: reading.stamp,
            content: body.content,
            form: body.form
        )
        return message(entry, isLate: isLate, clock: clock)
    }

    /// Returns the array in a pack of a reading and an event.
    static func pack(_ reading: Reading, _ event: Event, isLate: Bool) throws -> [UInt8] {
        let body = EntryBody.encode(reading, ReadingForms())
        let first = JournalEntry(
            row: 1,
            gateway: "kdr-soyo-01",
            epoch: "7-3f2a9c1d",
            seq: 41,
            kind: .reading,
            site: reading.shape.site,
            device: reading.shape.device,
            stamp: reading.stamp,
            content: body.content,
            form: body.form
        )
        let second = JournalEntry(
            row: 2,
            gateway: "kdr-soyo-01",
            epoch: "7-3f2a9c1d",
            seq: 42,
            kind: .gatewayEvent,
            site: event.site,
            device: event.device,
            stamp: event.stamp,
            content: EntryBody.encode(event)
        )
        let topics = Topics(prefix: "kediri", gateway: "kdr-soyo-01")
        let message = JSONSession(topics: topics, lastWill: [], time: SendingClock(clock: .synchronised))
            .message(ofPack: [first, second], lane: isLate ? .backfill : .live)
        guard let message, message.topic == "kediri/packs/kdr-soyo-01", !message.retained else {
            throw Missing(words: "a pack")
        }
        return try PackMessage.text(of: message.payload)
    }

    static func of(
        _ event: Event,
        _ identity: Identity = Identity(),
        isLate: Bool = false,
        clock: ClockState = .unsynchronised
    ) -> [UInt8] {
        let entry = JournalEntry(
            row: 1,
            gateway: identity.gateway,
            epoch: identity.epoch,
            seq: identity.seq,
            kind: event.byDevice ? .deviceEvent : .gatewayEvent,
            site: event.site,
            device: event.device,
            stamp: event.stamp,
            content: EntryBody.encode(event)
        )
        return message(entry, isLate: isLate, clock: clock)
    }

    static func message(_ entry: JournalEntry, isLate: Bool = false, clock: ClockState = .synchronised) -> [UInt8] {
        let topics = Topics(prefix: "kediri", gateway: entry.gateway)
        return JSONSession(topics: topics, lastWill: [], time: SendingClock(clock: clock))
            .message(of: entry, lane: isLate ? .backfill : .live)?.payload ?? []
    }

    /// Returns the event for a forwarder's notice at `arrived`.
    static func of(_ notice: ForwarderNotice) throws -> [UInt8] {
        let clock = SendingClock(clock: .synchronised, now: arrived.uptime)
        guard let event = notice.event(destination: "city", time: clock) else { throw Missing(words: "an event") }
        return of(event)
    }

    /// Returns the meta message of the first device of a configuration.
    static func meta(_ configuration: Configuration) throws -> [UInt8] {
        guard let device = configuration.devices.first else { throw Missing(words: "a device") }
        return DeviceMeta(device, gateway: configuration.gateway).payload
    }

    static func status(
        _ state: String = "online",
        clock: ClockState = .synchronised,
        devices: (total: Int, answering: Int, verified: Int),
        destinations: [(id: String, connected: Bool, pending: Int, oldest: Instant?)],
        traffic: GatewayStatus.Destination.Traffic? = nil,
        owed: GatewayStatus.Destination.Owed = .nothing,
        askedAgain: Int = 0,
        lastSeq: UInt64? = 1_234_567,
        bytes: Int64 = 163_840,
        limit: Int64 = 64_000_000,
        field: GatewayStatus.Field? = nil,
        box: GatewayStatus.Box? = nil
    ) -> [UInt8] {
        var status = gateway(state)
        status.details = GatewayStatus.Details(
            clock: clock,
            time: lastSeq.map { _ in moment("2026-11-22T01:38:35.774Z") },
            lastSeq: lastSeq,
            devices: .init(total: devices.total, answering: devices.answering, verified: devices.verified),
            destinations: destinations.map { id, connected, pending, oldest in
                .init(
                    id: id,
                    connected: connected,
                    pending: pending,
                    oldestPending: oldest,
                    owed: owed,
                    askedAgain: askedAgain,
                    traffic: traffic
                )
            },
            storage: .init(bytes: bytes, limit: limit),
            field: field,
            box: box
        )
        return status.payload
    }

    static var will: [UInt8] { gateway("online").lastWill.payload }

    private static func gateway(_ state: String) -> GatewayStatus {
        GatewayStatus(
            gateway: "kdr-soyo-01",
            state: state,
            version: "0.1.0",
            epoch: "1-6ab32400",
            since: moment("2026-11-22T01:37:35.774Z"),
            configuration: "1a68579fe5ac6e8c-07d1a5d0b6fb8a6c"
        )
    }

    static func of(_ figure: Figure) -> [UInt8] { figure.payload(gateway: "kdr-soyo-01", zone: wib) }
}

/// A configuration or a payload lacks something that a case needs.
struct Missing: Error {
    var words: String
}

/// The time of sending, which corrects stamps without a clock in the boot `b00t`.
private struct SendingClock: TimeSource {
    var clock: ClockState
    var now = Uptime(nanoseconds: 900_000_000_000)

    func uptime() -> Uptime { now }

    func stamp(at uptime: Uptime) -> Stamp {
        let start = moment("2026-11-21T09:16:29.944Z")
        return Stamp(
            time: Instant(millisecondsSince1970: start.millisecondsSince1970 + uptime.milliseconds),
            clock: clock,
            boot: "b00t",
            uptime: uptime
        )
    }
}

/// Parses ISO 8601; a wrong text is a programmer's mistake in a case.
func moment(_ text: String) -> Instant {
    guard let instant = Instant(iso8601: text) else { preconditionFailure(text) }
    return instant
}

let wib = Zone(name: "Asia/Jakarta", hours: 7)

// MARK: Configurations

/// A configuration with the profiles that it names.
struct Written {
    let configuration: Configuration
    private let log: ProblemLog

    /// - Parameters:
    ///   - text: the text of `gateway.yaml`.
    ///   - profiles: by id, without their heads.
    init(_ text: String, profiles: [String: String]) throws {
        let folder = try ScratchFolder()
        for (id, text) in profiles { try folder.write(text, to: id + ".yaml") }
        let log = ProblemLog()
        let catalogue = ProfileCatalogue.load(folders: [(folder.path, true)], log: log)
        let read = ConfigurationReader.read(text: text, file: "gateway.yaml", catalogue: catalogue, log: log)
        guard let read, log.problems.isEmpty else { throw Missing(words: "\(log.problems)") }
        configuration = read
        self.log = log
    }

    /// - Parameter catalogue: the text of `indicators.yaml`; empty for none.
    func plan(_ catalogue: String) throws -> IndicatorPlan {
        let read = catalogue.isEmpty ? .empty : IndicatorCatalogue.read(text: catalogue, log: log)
        guard let read else { throw Missing(words: "\(log.problems)") }
        let plan = IndicatorPlan(catalogue: read, configuration: configuration, log: log)
        if !log.problems.isEmpty { throw Missing(words: "\(log.problems)") }
        return plan
    }
}

// MARK: Figures

/// The indicators beside a journal of made-up readings.
struct Counting {
    private var engine: IndicatorEngine
    private var row: Int64 = 0
    /// The weighings so far.
    private(set) var weighings: [Event] = []

    init(_ plan: IndicatorPlan) {
        engine = IndicatorEngine(gateway: plan.configuration.gateway, plan: plan, zone: wib, load: { _ in nil })
    }

    /// Takes in a reading and its weighings, as the daemon does.
    mutating func take(_ reading: Reading) {
        let wanted = Set(reading.shape.points.map(\.name))
        let found = engine.apply(Observation(entry(reading.shape.device, reading.stamp), reading, wanted: wanted))
        weighings += found.weighings
        for event in found.weighings { take(event) }
    }

    mutating func take(_ event: Event) {
        _ = engine.apply(Observation(entry(event.device, event.stamp), event))
    }

    private mutating func entry(_ device: String?, _ stamp: Stamp) -> JournalEntry {
        row += 1
        return JournalEntry(
            row: row,
            gateway: "kdr-soyo-01",
            epoch: "7-3f2a9c1d",
            seq: UInt64(row),
            kind: .reading,
            site: nil,
            device: device,
            stamp: stamp,
            content: []
        )
    }

    /// - Parameters:
    ///   - name: indicator, scope and window as in the topic: `water-volume/gateway/day`.
    ///   - time: within the window.
    ///   - now: a moment before the window is final; nil for the final figure.
    ///   - doubt: the word of a doubt that the figure carries in any case.
    mutating func payload(
        _ name: String,
        at time: Instant,
        asOf now: Instant? = nil,
        doubt: String? = nil
    ) throws -> [UInt8] {
        let words = name.split(separator: "/").map(String.init)
        guard words.count == 3, let kind = WindowKind(rawValue: words[2]),
            let assignment = engine.plan.assignments.first(where: {
                $0.indicator.id == words[0] && $0.scope == words[1]
            })
        else { throw Missing(words: name) }
        let window = Window(kind, containing: time, in: wib)
        let issued = now ?? window.to + .seconds(120)
        var figure = engine.figure(assignment, window, now: issued, isFinal: now == nil)
        if let doubt { figure.doubt = Figure.Doubt.allCases.first { $0.word == doubt } }
        return Payload.of(figure)
    }

    /// The words of the doubts that leave a value.
    static let doubts = Figure.Doubt.allCases.filter { ![.noData, .tooEarly, .unclassified].contains($0) }.map(\.word)
}

// MARK: The gateway's events

extension Event {
    /// Returns the event for an incident of the journal.
    static func of(_ incident: JournalIncident, _ stamp: Stamp) -> Event { incident.event(stamp) }

    /// Returns the event for days that were computed again.
    static func recomputed(
        from: String,
        to: String,
        without: String? = nil,
        with: String? = nil,
        changes: [(indicator: String, scope: String, from: String, old: String?, new: String?)],
        refused: Int,
        _ stamp: Stamp
    ) throws -> Event {
        let changes = changes.map { change in
            FigureChange(
                indicator: change.indicator,
                scope: change.scope,
                window: Window(.day, containing: moment(change.from), in: wib),
                old: change.old,
                new: change.new
            )
        }
        guard let first = Day(from), let last = Day(to) else { throw Missing(words: "days") }
        let asked = Recomputing(
            days: first...last,
            reason: "a damaged card",
            without: without,
            with: with,
            claimed: "sari",
            userID: nil
        )
        return asked.event(by: "sari", changes, refused: refused, stamp: stamp)
    }
}

extension JournalLoss {
    static func of(
        _ reason: Reason,
        first: UInt64,
        last: UInt64,
        count: Int,
        of device: (site: String?, id: String)? = nil,
        to destinations: [String] = ["archive", "city"]
    ) -> JournalLoss {
        JournalLoss(
            reason: reason,
            epoch: "6-00c0ffee",
            first: first,
            last: last,
            count: count,
            destinations: destinations,
            device: device.map { JournalDevice(site: $0.site, device: $0.id) }
        )
    }
}
