/// What one request brought: a word for each address (0 or 1 for a bit), stamped when the reply's frame was complete.
public struct RegisterBlock: Sendable {
    public var range: RegisterRange
    public var words: [UInt16]
    public var arrived: Uptime

    public init(range: RegisterRange, words: [UInt16], arrived: Uptime) {
        precondition(words.count == range.count, "a word for each address")
        self.range = range
        self.words = words
        self.arrived = arrived
    }
}
