import Contract
import Domain

/// The topics that the broker refuses for a reason that may pass, such as a missing right: what is owed to them waits
/// until somebody changes something there. Pure; the caller holds the clock.
struct TopicRefusals: Sendable {
    struct Present: Hashable, Sendable {
        var code: UInt8
        var since: Uptime
        /// The topic, where the broker takes others; nil where it takes nothing.
        var topic: String?
    }

    private struct Refusal: Sendable {
        var code: UInt8
        var lane: Lane
        var since: Uptime
        var last: Uptime
    }

    /// How many topics are remembered: a right may be missing for thousands of devices.
    static let most = 256

    /// Within this time each refused topic is tried again.
    private let turn: Duration
    private var refusals: [String: Refusal] = [:]
    private var taken: Uptime?

    /// - Parameters:
    ///   - rest: how long a refused topic rests.
    ///   - between: how long it may take from one message with entries to the next.
    init(rest: Duration, between: Duration = .zero) { turn = max(rest, between) * 2 }

    var isEmpty: Bool { refusals.isEmpty }

    /// The broker has refused an entry, or a pack.
    mutating func refused(_ topic: String, code: UInt8, _ lane: Lane, now: Uptime) {
        if refusals.isEmpty { taken = nil }
        guard refusals[topic] != nil || refusals.count < Self.most else { return }
        refusals[topic, default: Refusal(code: code, lane: lane, since: now, last: now)].last = now
        refusals[topic]?.code = code
    }

    /// The broker has taken an entry, or a pack.
    mutating func took(_ topic: String, _ lane: Lane, now: Uptime) {
        guard !refusals.isEmpty else { return }
        taken = now
        refusals[topic] = nil
        // Code 0x87 concerns the rights of one topic; other refusals concern the whole lane.
        if refusals.values.contains(where: { $0.code != 0x87 && $0.lane == lane }) {
            refusals = refusals.filter { $0.value.code == 0x87 || $0.value.lane != lane }
        }
    }

    /// The connection was lost: the next one may have other rights.
    mutating func lost() { refusals.removeAll() }

    /// What the broker refuses now, and since when; nil while it refuses nothing. A topic that nobody tries any more is
    /// left out.
    func present(now: Uptime) -> Present? {
        let present = refusals.filter { now - $0.value.last < turn * 2 }
        guard let first = present.min(by: { ($0.value.since, $0.key) < ($1.value.since, $1.key) }) else { return nil }
        let takesOthers = taken.map { now - $0 < turn } ?? false
        return Present(
            code: first.value.code,
            since: first.value.since,
            topic: takesOthers ? first.key : nil
        )
    }
}
