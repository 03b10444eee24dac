import Foundation

/// A JSON document as tests compare it; a missing value reads as `.absent`.
public enum JSONNode: Decodable, Hashable, Sendable {
    case absent
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])

    /// - Parameter text: JSON; anything else is `.absent`.
    public init(text: String) {
        // A text that is no document will not equal what a test expects.
        self = (try? JSONDecoder().decode(JSONNode.self, from: Data(text.utf8))) ?? .absent
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONNode].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONNode].self))
        }
    }

    public subscript(_ key: String) -> JSONNode {
        if case .object(let members) = self { members[key] ?? .absent } else { .absent }
    }

    public var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
    public var double: Double? { if case .number(let value) = self { value } else { nil } }
    public var integer: Int? { double.map { Int($0) } }
    public var elements: [JSONNode]? { if case .array(let value) = self { value } else { nil } }
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// An object without some of its members.
    public func without(_ keys: String...) -> JSONNode {
        guard case .object(var members) = self else { return self }
        for key in keys { members[key] = nil }
        return .object(members)
    }
}

extension JSONNode: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: JSONNode...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONNode)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }
}
