/// The owner's own name of a message or a fence, returned with its answer.
public struct MQTTToken: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The kind of thing that it names, in the owner's terms.
    public var kind: UInt8
    public var number: Int64

    public init(kind: UInt8 = 0, _ number: Int64 = 0) {
        self.kind = kind
        self.number = number
    }

    public init(integerLiteral number: Int64) { self.init(number) }
}
