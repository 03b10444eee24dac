public import Domain

/// Messages of one kind and size that go to a destination again and again.
public struct UplinkStream: Hashable, Sendable {
    public var kind: TrafficKind
    /// Bytes of one PUBLISH packet, before TLS.
    public var bytes: Double
    /// Messages a day: from the fewest to the most, where that depends on what is measured.
    public var perDay: ClosedRange<Double>

    public init(_ kind: TrafficKind, bytes: Double, perDay: ClosedRange<Double>) {
        self.kind = kind
        self.bytes = bytes
        self.perDay = perDay
    }

    public init(_ kind: TrafficKind, bytes: Double, every pause: Duration) {
        let times = 86_400 / pause.inSeconds
        self.init(kind, bytes: bytes, perDay: times...times)
    }
}
