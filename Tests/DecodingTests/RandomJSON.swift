import Decoding
import Domain
import Foundation

/// Writes documents of every shape, the same ones from the same seed.
struct RandomJSON {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    private mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func document() -> [UInt8] { Array((space() + value(room: 1 + below(5)) + space()).utf8) }

    /// A document of which some bytes are others, missing, or doubled. None is 0: JSONDecoder would take it for UTF-16.
    mutating func flawed() -> [UInt8] {
        var bytes = document()
        for _ in 0...below(3) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(4) {
            case 0: bytes[place] = UInt8(1 + below(255))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[place], at: place)
            default: bytes[place] = one(of: Array("{}[]\",:\\-+.eE0123456789tfnu \u{1}".utf8))
            }
        }
        return bytes
    }

    private mutating func space() -> String { one(of: ["", "", "", " ", "\n", "\t ", "\r\n"]) }

    private mutating func value(room: Int) -> String {
        switch below(room > 0 ? 9 : 6) {
        case 0: return one(of: ["null", "true", "false"])
        case 1, 2, 3: return number()
        case 4, 5: return text()
        case 6: return nested(deep: 1 + below(one(of: [4, 4, 4, 57])))
        case 7:
            let elements = (0..<below(5)).map { _ in space() + value(room: room - 1) + space() }
            return "[" + elements.joined(separator: ",") + "]"
        default:
            // Each name comes once: what is wrong with a second one JSONDecoder does not see.
            var names: [String] = []
            for _ in 0..<below(5) {
                let name = name()
                if !names.contains(name) { names.append(name) }
            }
            let members = names.map { space() + $0 + space() + ":" + space() + value(room: room - 1) }
            return "{" + members.joined(separator: ",") + space() + "}"
        }
    }

    private mutating func nested(deep: Int) -> String {
        let (open, close) = one(of: [("[", "]"), (#"{"a":"#, "}"), ("[1,", "]"), (#"{"b":[2],"c":"#, "}")])
        return String(repeating: open, count: deep) + number() + String(repeating: close, count: deep)
    }

    private mutating func name() -> String {
        below(4) == 0 ? text() : one(of: [#""a""#, #""b""#, #""c""#, #""é""#, #""\u0064""#])
    }

    private mutating func text() -> String {
        let pieces = (0..<below(6)).map { _ in
            one(of: [
                "a", "b", "x", " ", "é", "\u{1F600}", "\u{301}", #"\u00e9"#, #"\ud83d\ude00"#, #"\n"#, #"\""#, #"\\"#,
                #"\/"#,
                #"\u0000"#, "0", "nan", "\u{7F}", "\u{FFFF}",
            ])
        }
        return "\"" + pieces.joined() + "\""
    }

    private mutating func number() -> String {
        let sign = one(of: ["", "", "-"])
        func digits(_ count: Int, _ random: () -> Int) -> String { (0..<count).map { _ in "\(random())" }.joined() }
        var whole = digits(1 + below(one(of: [3, 20, 40]))) { below(10) }
        while whole.hasPrefix("0"), whole.count > 1 { whole.removeFirst() }
        let fraction = below(2) == 0 ? "" : "." + digits(1 + below(one(of: [3, 30]))) { one(of: [0, 0, below(10)]) }
        let power = below(3) > 0 ? "" : one(of: ["e", "E", "e+", "e-"]) + "\(below(one(of: [4, 25, 330])))"
        return sign + whole + fraction + power
    }
}

/// A document as JSONDecoder reads it, which tries each type in turn: what the gateway once did.
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
        // Each attempt that does not fit throws; what is left when all have is reported by the last one.
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
