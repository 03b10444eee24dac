public import Domain

/// A point's value as the status carries it: a JSON scalar, like in payloads.
public enum StatusValue: Codable, Hashable, Sendable, CustomStringConvertible {
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case number(Double)
    case string(String)

    public init(_ value: Value) {
        self =
            switch value {
            case .bool(let bool): .bool(bool)
            case .integer(let number): .integer(number)
            case .unsigned(let number): .unsigned(number)
            case .float32(let number): .number(Double(number.description) ?? Double(number))
            case .float64(let number): .number(number)
            case .decimal(let number): .number(number.double)
            case .string(let text): .string(text)
            }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each attempt that does not fit throws; if none fits, the last one reports it.
        if let bool = try? container.decode(Bool.self) {  // else the next type
            self = .bool(bool)
        } else if let number = try? container.decode(Int64.self) {  // else the next type
            self = .integer(number)
        } else if let number = try? container.decode(UInt64.self) {  // else the next type
            self = .unsigned(number)
        } else if let number = try? container.decode(Double.self) {  // else the next type
            self = .number(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .bool(let bool): try container.encode(bool)
        case .integer(let number): try container.encode(number)
        case .unsigned(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        }
    }

    public var description: String {
        switch self {
        case .bool(let bool): "\(bool)"
        case .integer(let number): "\(number)"
        case .unsigned(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): text
        }
    }
}
