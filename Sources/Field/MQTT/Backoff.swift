import Domain

/// How long to wait before trying again: doubles from the range's lower to its upper bound, with full jitter, so that a
/// thousand gateways do not return to a restarted broker in step.
struct Backoff {
    private let range: ClosedRange<Duration>
    private var limit: Duration

    init(_ range: ClosedRange<Duration>) {
        self.range = range
        limit = range.lowerBound
    }

    mutating func reset() { limit = range.lowerBound }

    /// Returns the next pause, between zero and the present limit.
    mutating func next() -> Duration {
        defer { limit = min(range.upperBound, limit * 2) }
        return .nanoseconds(Int64.random(in: 0...max(0, limit.wholeNanoseconds)))
    }
}
