/// A JSON value for the parts of a payload that have a free shape: an event's data, labels.
public enum DataValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Value)
    case string(String)
    case array([DataValue])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: DataValue

        public init(_ key: String, _ value: DataValue) {
            self.key = key
            self.value = value
        }
    }

    public static func integer(_ value: some BinaryInteger) -> DataValue { .number(.integer(Int64(clamping: value))) }
}
