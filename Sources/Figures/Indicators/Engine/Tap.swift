import Domain
import Profiles

/// One use of a device's point or event.
struct Tap: Sendable, Hashable {
    enum What: Sendable, Hashable {
        case increase
        case value
        /// Only that the point was received: a scale whose weight still moves is present.
        case alive
        /// The number in the event's data; nil counts 1.
        case event(amount: String?)
    }

    /// How a counter's increases follow from its totals.
    struct Counter: Sendable, Hashable {
        /// In the point's published unit, like everything here; nil if it never wraps.
        var modulus: Fixed?
        /// The most that can be added in a second; nil if any increase is possible.
        var maxRate: Fixed?
        /// One step, and how long the meter may hold an increase back, in milliseconds.
        var step: Fixed
        var delay: Int64

        /// What was added between two totals; nil if it is not possible.
        func increase(from old: Fixed, to new: Fixed, in milliseconds: Int64) -> Fixed? {
            var increase = new - old
            if increase < .zero {
                guard let modulus, maxRate != nil else { return nil }
                increase += modulus
            }
            guard increase >= .zero else { return nil }
            guard let maxRate, increase > step else { return increase }
            let seconds = Ratio(Int128(max(0, milliseconds) + delay), over: 1_000)
            let most = Ratio(step) + Ratio(maxRate) * seconds
            return Ratio(increase) <= most * Ratio(2, over: 1) ? increase : nil
        }
    }

    var key: SourceKey
    var what: What
    /// The breakdown, if it is the same in every reading.
    var breakdown: String
    /// Otherwise the origins in the event's data, in order.
    var origins: [(name: String, origin: SourceRule.Origin)] = []
    var limits: SourceRule.Limits?
    /// From the point's published unit to that of the limits.
    var limitConversion: Conversion?
    var conversion: Conversion?
    /// Milliseconds between the device's readings.
    var interval: Int64 = 0
    /// The row, for a message that covers an interval.
    var row: MQTTAccess.Row?
    var counter: Counter?
    /// Billionths of one count, in which an increase is shared out; 1 if it is no whole count.
    var quantum: Int128 = 1
    /// The counter whose increase weights a value.
    var weight: String?

    var longestHold: Int64 { interval * 5 / 2 }

    func isWithin(_ value: Fixed) -> Bool { limits?.contains(limitConversion?.value(value) ?? value) ?? true }

    /// The breakdown's key for this event.
    func breakdown(of event: EventObservation) -> String {
        guard !origins.isEmpty else { return breakdown }
        return origins.map { name, origin in
            let word =
                switch origin {
                case .word(let word): word
                case .data(let member): event.words[member] ?? "-"
                }
            return "\(name)=\(word)"
        }.joined(separator: ",")
    }

    static func == (a: Tap, b: Tap) -> Bool { a.key == b.key }
    func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
