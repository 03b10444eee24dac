public import Domain

/// `send` of a device, and what its profile suggests for it: whether each reading goes out, or those alone that say
/// something new.
public struct SendPolicy: Hashable, Sendable {
    public enum When: String, Sendable, CaseIterable {
        /// Each reading.
        case always
        /// A reading that differs from the last one sent.
        case changed
    }

    public var when: When?
    /// By the points' names; a point without one must be equal.
    public var deadbands: [String: Deadband]
    /// The longest time between two readings that go out, 1 s to 1 d.
    public var atLeastEvery: Duration?

    /// Where nobody says how often at least.
    public static let standardAtLeastEvery = Duration.seconds(300)

    public init(when: When? = nil, deadbands: [String: Deadband] = [:], atLeastEvery: Duration? = nil) {
        self.when = when
        self.deadbands = deadbands
        self.atLeastEvery = atLeastEvery
    }

    /// Returns this policy, with the other one's word where this one says nothing.
    public func over(_ other: SendPolicy) -> SendPolicy {
        SendPolicy(
            when: when ?? other.when,
            deadbands: deadbands.merging(other.deadbands) { own, _ in own },
            atLeastEvery: atLeastEvery ?? other.atLeastEvery
        )
    }

    /// The policy in one line of text; another policy has another text.
    public var text: String {
        let parts = deadbands.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "\(when ?? .always) \(longestPause) " + parts.joined(separator: ", ")
    }

    /// Whether readings are left out.
    public var isByException: Bool { when == .changed }

    public var longestPause: Duration { atLeastEvery ?? Self.standardAtLeastEvery }

    /// - Parameter points: the published ones, in the order of readings.
    /// - Returns: nil where each reading goes out.
    public func rules(for points: [PointFace]) -> SendRules? {
        guard isByException else { return nil }
        return SendRules(deadbands: points.map { deadbands[$0.name] }, atLeastEvery: longestPause)
    }
}
