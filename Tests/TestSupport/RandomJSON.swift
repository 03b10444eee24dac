/// Writes documents of every shape, the same for the same seed.
public struct RandomJSON {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

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

    public mutating func document() -> [UInt8] { Array((space() + value(room: 1 + below(5)) + space()).utf8) }

    /// A document with some bytes changed, missing, or doubled. None is 0: JSONDecoder would take it for UTF-16.
    public mutating func flawed() -> [UInt8] {
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
            // Each name comes once: JSONDecoder does not report an error in a second one.
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
