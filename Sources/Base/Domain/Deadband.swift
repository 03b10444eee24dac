/// How far a value may be from the last one that was sent and still say the same.
public enum Deadband: Hashable, Sendable {
    /// In the point's published unit.
    case absolute(DecimalNumber)
    /// In hundredths of the last sent value.
    case percent(DecimalNumber)

    /// Whether a value says the same as the sent one.
    ///
    /// - Parameter sent: the last sent value.
    public func holds(_ value: DecimalNumber, near sent: DecimalNumber) -> Bool {
        (value - sent).absolute <= greatestDistance(from: sent)
    }

    /// The greatest difference from a sent value that still says the same.
    public func greatestDistance(from sent: DecimalNumber) -> DecimalNumber {
        switch self {
        case .absolute(let distance): distance
        case .percent(let percent):
            (sent.absolute * percent).shifted(by: -2)
        }
    }
}

extension Deadband: CustomStringConvertible {
    /// As it stands in a configuration: `0.05`, `1 %`.
    public var description: String {
        switch self {
        case .absolute(let distance): "\(distance)"
        case .percent(let percent): "\(percent) %"
        }
    }
}

/// The rules by which readings of a device go out, where not each does: report by exception.
public struct SendRules: Hashable, Sendable {
    /// One for each point of the shape; nil where the value must be equal.
    public var deadbands: [Deadband?]
    /// The longest time between two rows.
    public var atLeastEvery: Duration

    public init(deadbands: [Deadband?], atLeastEvery: Duration) {
        self.deadbands = deadbands
        self.atLeastEvery = atLeastEvery
    }
}
