import Contract
import Domain
import Installation
import Journal
import Testing

@testable import Forwarding

/// Lanes with packs, a journal of rows and a broker; the clock moves to the next moment that the lanes ask for.
final class PackWorld {
    /// How the broker treats packs.
    struct Temper {
        /// Rows for which a whole pack is refused, by answer or by dropping the connection.
        var poison: [Int64: RefusalJudge.Cause] = [:]
        /// During each of these spells, everything is refused with its cause.
        var spells: [(from: Uptime, to: Uptime, cause: RefusalJudge.Cause)] = []
        /// When the uplink fails, with everything on its way.
        var flaps: [Uptime] = []
        /// Refuses every n-th message with a code that may pass.
        var passing: Int?
        /// The most bytes of a payload, where more is refused with 0x95; each row has a hundred.
        var largest: Int?
        /// The most bytes of a packet, as the CONNACK names them.
        var largestPacket: Int?
    }

    struct Message {
        var rows: [Int64]
        var lane: Lane
        var at: Uptime
    }

    static let bytesOfRow = 100

    var lanes: Lanes
    var now = at(0)
    var owed: Set<Int64> = []
    var delivered: Set<Int64> = []
    var aside: Set<Int64> = []
    var conditions = 0
    /// Everything that was sent.
    var sent: [Message] = []
    var states: [Int64] = []
    /// How many times the lanes asked for a moment in the past.
    var spins = 0
    var arrivals: [Int64: Uptime] = [:]
    var temper: Temper
    private var window: [(count: Int64?, row: Int64, rows: [Int64], answer: Uptime)] = []
    private var connectAt: Uptime?
    private var flapsLeft: [Uptime]
    private let roundTrip: Duration
    private var count = 0

    init(
        _ temper: Temper = Temper(),
        pack: Packing = Packing(),
        state: StatePublishing? = nil,
        rate: Int = 1_000,
        roundTrip: Duration = .milliseconds(20)
    ) {
        self.temper = temper
        self.roundTrip = roundTrip
        flapsLeft = temper.flaps.sorted { $0 < $1 }
        lanes = Lanes(
            settings: ForwarderSettings(
                destination: "city",
                topics: Topics(prefix: "kediri", gateway: "g"),
                backfillRate: rate,
                waitsForSubscriber: true,
                pack: pack,
                state: state
            )
        )
        lanes.connected(largestPacket: temper.largestPacket)
    }

    var live: [Message] { sent.filter { $0.lane == .live } }
    var late: [Message] { sent.filter { $0.lane == .backfill } }

    func append(_ rows: ClosedRange<Int64>, live: Bool = true) {
        for row in rows {
            owed.insert(row)
            arrivals[row] = now
            if live { lanes.offer(entry(row, arrived: now), now: now) }
        }
    }

    /// Offers one row after the other, with so many seconds from one to the next.
    func arrive(_ rows: ClosedRange<Int64>, every seconds: Double) {
        for row in rows {
            append(row...row)
            run(until: now + .milliseconds(Int64(seconds * 1_000)))
        }
    }

    func lose(byBroker: Bool = true, for seconds: Double = 2) {
        window = []
        connectAt = now + .milliseconds(Int64(seconds * 1_000))
        let owed = owed
        note(lanes.disconnected(Lanes.Loss(at: now, byBroker: byBroker), isPending: { owed.contains($0) }))
    }

    private func note(_ finding: RefusalJudge.Finding?) {
        if case .condition(_, _, isAlarm: false)? = finding { conditions += 1 }
    }

    private func refusal(of rows: [Int64]) -> RefusalJudge.Cause? {
        count += 1
        if let spell = temper.spells.first(where: { $0.from <= now && now < $0.to }) { return spell.cause }
        if let poison = rows.lazy.compactMap({ self.temper.poison[$0] }).first { return poison }
        if let largest = temper.largest, rows.count * Self.bytesOfRow > largest { return .answer(0x95) }
        if let passing = temper.passing, count % passing == 0 { return .answer(0x97) }
        return nil
    }

    /// The broker's answer to the oldest message in flight.
    private func answer(_ message: (count: Int64?, row: Int64, rows: [Int64], answer: Uptime)) {
        let refusal = refusal(of: message.rows)
        if refusal == .dropped { return lose() }
        let code = refusal?.code ?? 0
        let owed = owed
        let rows: [Lanes.Sent]
        if let count = message.count {
            rows = lanes.answeredPack(count, code: code, isPending: { owed.contains($0) }) ?? []
        } else {
            lanes.answeredAlone(message.row, code: code)
            rows = lanes.answered(message.row).map { [$0] } ?? []
        }
        guard let first = rows.first else { return }
        switch PubackVerdict(code: code) {
        case .mayPass:
            for row in rows { lanes.judge.undecided(row.entry.row, now: now) }
            _ = lanes.rest(after: code, to: first.entry, first.lane, now: now)
        case .neverTaken where rows.count > 1: break
        case .neverTaken: note(lanes.judge.refused(first.entry, by: .answer(code), now: now))
        case .delivered, .nobodySubscribes:
            for row in rows.map(\.entry.row) {
                self.owed.remove(row)
                delivered.insert(row)
                for (row, _) in lanes.judge.taken(row, now: now).setAside {
                    self.owed.remove(row)
                    aside.insert(row)
                }
            }
        }
    }

    /// Sends everything that goes out now.
    ///
    /// - Returns: until when nothing does.
    @discardableResult
    func fill() -> Uptime? {
        while true {
            let owed = owed
            switch lanes.next(now: now, isPending: { owed.contains($0) }, owed: { owed.count }) {
            case .entry(let entry, let lane):
                sent.append(Message(rows: [entry.row], lane: lane, at: now))
                window.append((nil, entry.row, [entry.row], now + roundTrip))
            case .pack(let entries, let lane, let count):
                let rows = entries.map(\.row)
                let payload = rows.count * Self.bytesOfRow
                let fits = lanes.packs?.wrote(count, payload: payload) ?? false
                guard fits else { continue }
                sent.append(Message(rows: rows, lane: lane, at: now))
                window.append((count, 0, rows, now + roundTrip))
            case .state(let entry, let count):
                states.append(entry.row)
                _ = lanes.newest?.answered(count)
            case .page(let cursor):
                let rows = owed.filter { $0 > cursor }.sorted().prefix(Lanes.pageSize)
                lanes.turned(rows.map { entry($0, arrived: arrivals[$0] ?? at(0)) }, after: cursor, now: now)
            case .idle(let until):
                // Otherwise the session's loop would spin.
                if let until, until < now { spins += 1 }
                return until
            case .announcement, .post, .opening, .fence: Issue.record("nothing of the kind was given")
            }
        }
    }

    /// One moment: does what is due, and advances the clock to the next moment.
    private func step(until end: Uptime) {
        if let flap = flapsLeft.first, flap <= now {
            flapsLeft.removeFirst()
            if connectAt == nil { lose() }
        }
        if let due = connectAt, due <= now {
            connectAt = nil
            lanes.connected(largestPacket: temper.largestPacket)
        }
        while let first = window.first, first.answer <= now {
            window.removeFirst()
            answer(first)
        }
        let asks = connectAt == nil ? fill() : nil
        let times = [asks, connectAt, window.first?.answer, flapsLeft.first].compactMap { $0 }
        now = min(end, max(times.min() ?? end, now + .microseconds(1)))
    }

    func run(until end: Uptime) {
        while now < end { step(until: end) }
    }
}
