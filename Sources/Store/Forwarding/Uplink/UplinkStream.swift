public import Domain

/// Messages of one kind that go to a destination again and again: from the least to the most, where that depends on
/// what is measured.
public struct UplinkStream: Hashable, Sendable {
    public var kind: TrafficKind
    /// Bytes of one PUBLISH packet, before TLS.
    public var bytes: ClosedRange<Double>
    public var perDay: ClosedRange<Double>
    /// Whether many go at once, so that TCP puts several into one segment.
    public var isInBursts = false

    /// - Parameters:
    ///   - least: bytes and messages a day.
    ///   - most: likewise; not less.
    init(_ kind: TrafficKind, least: (bytes: Double, perDay: Double), most: (bytes: Double, perDay: Double)) {
        self.kind = kind
        bytes = min(least.bytes, most.bytes)...most.bytes
        perDay = min(least.perDay, most.perDay)...most.perDay
    }

    public init(_ kind: TrafficKind, bytes: Double, perDay: ClosedRange<Double>) {
        self.init(kind, least: (bytes, perDay.lowerBound), most: (bytes, perDay.upperBound))
    }

    public init(_ kind: TrafficKind, bytes: Double, every pause: Duration) {
        let times = 86_400 / pause.inSeconds
        self.init(kind, bytes: bytes, perDay: times...times)
    }
}
