/// How far a value may be from the last one that was sent and still say the same.
public enum Deadband: Hashable, Sendable {
    /// In the point's published unit.
    case absolute(DecimalNumber)
    /// In hundredths of the last sent value.
    case percent(DecimalNumber)
    /// Every value: a change of this point alone is no news.
    case any

    /// Whether a value says the same as the sent one.
    ///
    /// - Parameter sent: the last sent value.
    public func holds(_ value: Value?, near sent: Value?) -> Bool {
        if self == .any { return true }
        guard let value = value?.decimal, let sent = sent?.decimal else { return false }
        let difference = (value - sent).absolute
        return switch self {
        case .absolute(let distance): difference <= distance
        case .percent(let percent): difference <= (sent.absolute * percent).shifted(by: -2)
        case .any: true
        }
    }
}

extension Deadband: CustomStringConvertible {
    /// As it stands in a configuration: `0.05`, `1 %`, `any`.
    public var description: String {
        switch self {
        case .absolute(let distance): "\(distance)"
        case .percent(let percent): "\(percent) %"
        case .any: "any"
        }
    }
}
