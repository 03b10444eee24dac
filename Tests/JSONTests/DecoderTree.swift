import Domain
import Foundation
import JSON

/// A document as JSONDecoder reads it, by trying each type in turn: the gateway's former method.
enum DecoderTree: Decodable {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([DecoderTree])
    case object([String: DecoderTree])

    init(from decoder: any Decoder) throws {
        // Each attempt that does not fit throws; when all have failed, the last one's error is reported.
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let object = try? container.decode([String: DecoderTree].self) {  // else the next type
            self = .object(object)
        } else if let array = try? container.decode([DecoderTree].self) {  // else the next type
            self = .array(array)
        } else if let text = try? container.decode(String.self) {  // else the next type
            self = .string(text)
        } else if let bool = try? container.decode(Bool.self) {  // else the next type
            self = .bool(bool)
        } else if let integer = try? container.decode(Int64.self) {  // else the next type
            self = .integer(integer)
        } else if let unsigned = try? container.decode(UInt64.self) {  // else the next type
            self = .unsigned(unsigned)
        } else {
            self = .number(try container.decode(Double.self))
        }
    }

    /// Whether both are the same document. A number with a point or a power may be whole to one and not to the other:
    /// JSONDecoder takes 9007199254740993.5 for 9007199254740993, and rounds 18446744073709551615.0 to a double.
    static func same(_ new: JSONTree?, _ old: DecoderTree?) -> Bool {
        switch (new, old) {
        case (nil, nil), (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.unsigned(let a), .unsigned(let b)): a == b
        case (.integer(let a), .unsigned(let b)): UInt64(exactly: a) == b
        case (.number(let a), .number(let b)): a == b
        case (.number(let a), .integer(let b)): (a - Double(b)).magnitude <= a.ulp
        case (.integer(let a), .number(let b)): Double(a) == b
        case (.unsigned(let a), .number(let b)): Double(a) == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
        case (.object(let a), .object(let b)):
            a.count == b.count && a.allSatisfy { name, value in same(value, b[name.text]) }
        default: false
        }
    }
}
