public import Domain

/// Tests name events by their words, so that a changed word makes a test fail.
extension EventName: ExpressibleByStringLiteral {
    public init(stringLiteral word: String) { self.init(rawValue: word) }
}
