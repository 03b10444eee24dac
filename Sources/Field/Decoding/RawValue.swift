public import Domain

/// What a device's bytes mean, before units and rules: a value of the point's type, or why there is none.
public enum RawValue: Hashable, Sendable {
    case value(Value)
    case missing(Reason)

    public var value: Value? {
        guard case .value(let value) = self else { return nil }
        return value
    }
}
