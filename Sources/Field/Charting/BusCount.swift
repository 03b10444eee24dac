public import Domain

/// What a bus has done until a moment; counts only grow while its source lives.
public struct BusCount: Sendable {
    public var requests = 0
    public var timeouts = 0
    public var crcErrors = 0
    public var exceptions = 0
    public var otherErrors = 0
    public var missed = 0
    /// How long the line was in use; nil where nothing is asked.
    public var busy: Duration?
    public var latency = LatencyHistogram()

    public init() {}

    static func + (a: BusCount, b: BusCount) -> BusCount {
        var sum = a.combined(with: b, +)
        sum.latency = a.latency + b.latency
        return sum
    }

    static func - (a: BusCount, b: BusCount) -> BusCount {
        var difference = a.combined(with: b, -)
        difference.latency = a.latency - b.latency
        return difference
    }

    private func combined(with other: BusCount, _ operation: (Int, Int) -> Int) -> BusCount {
        var result = BusCount()
        for key in Self.counts { result[keyPath: key] = operation(self[keyPath: key], other[keyPath: key]) }
        if busy != nil || other.busy != nil {
            let (own, others) = (busy ?? .zero, other.busy ?? .zero)
            result.busy = .nanoseconds(operation(Int(own.wholeNanoseconds), Int(others.wholeNanoseconds)))
        }
        return result
    }

    private static var counts: [WritableKeyPath<BusCount, Int>] {
        [\.requests, \.timeouts, \.crcErrors, \.exceptions, \.otherErrors, \.missed]
    }
}
