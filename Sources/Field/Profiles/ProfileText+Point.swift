import Documents
import Domain
import JSON

/// One point of a profile in one line, with everything that decides its values.
extension ProfileText {
    static func point(_ point: Point, of profile: Profile) -> Message {
        var parts = place(point, profile) + number(point, profile) + limits(point) + counting(point)
        parts += trust(point, profile)
        if point.isPrivate { parts.append("not published") }
        let column = point.name + String(repeating: " ", count: max(1, 22 - point.name.count))
        return "\(column)\(parts.joined(separator: ", "))"
    }

    // MARK: Where it is

    private static func place(_ point: Point, _ profile: Profile) -> [Message] {
        switch point.origin {
        case .registers(let range, let type, let order):
            // Addresses as they are on the wire; the manual's number beside them, where it differs.
            if let place = point.sunspec {
                return ["SunSpec model \(place.model) at \(place.offset) \(type.rawValue)"] + fields(point)
            }
            var place: Message = "\(range.table.rawValue) \(span(range.start, range.count)) \(type.rawValue)"
            if let first = profile.modbus?.numbering.first, first != 0 {
                place = "\(place) (number \(span(range.start + first, range.count)))"
            }
            var parts = [place]
            if order != profile.modbus?.wordOrder, range.count > 1 { parts.append("order \(order.rawValue)") }
            if type == .string, point.chars != .both { parts.append("chars \(point.chars.rawValue)") }
            if let every = point.every { parts.append("read every \(every.inWords)") }
            if point.isOptional { parts.append("some models lack it") }
            return parts + fields(point)
        case .message(let index, let path, let type):
            let kind = type == .number ? "" : " \(type.rawValue)"
            let within: Message = path.map { "\($0)" } ?? "(whole payload)"
            return ["\(profile.mqtt?.messages[index].name ?? "") \(within)\(kind)"] + text(point)
        case .frame(let value):
            return frame(value, profile) + fields(point)
        case .part(let place):
            var parts = self.place(place, profile)
            if point.isOptional { parts.append("some models lack it") }
            return parts + fields(point) + text(point)
        case .field(let reference):
            return ["field \(reference.field?.name ?? "") of \(profile.points[reference.point].name)"]
        case .weir(let weir):
            return parts(of: weir, over: profile.points[weir.level].name)
        }
    }

    private static func span(_ start: Int, _ count: Int) -> String {
        count > 1 ? "\(start)-\(start + count - 1)" : "\(start)"
    }

    static func fields(_ point: Point) -> [Message] {
        guard !point.fields.isEmpty else { return [] }
        let fields = point.fields.map { field -> Message in
            let bits = field.low == field.high ? "\(field.low)" : "\(field.low)-\(field.high)"
            let sign: Message = field.isSigned ? " signed" : ""
            return "\(field.name) \(bits)\(sign)\(codes(field.codes))\(called(field.label))"
        }
        return ["bits: \(fields.joined(separator: ", "))"]
    }

    private static func codes(_ codes: [Int64: String]) -> String {
        guard !codes.isEmpty else { return "" }
        let words = codes.sorted { $0.key < $1.key }.map { "\(code($0.key)) \($0.value)" }
        return " (" + words.joined(separator: "; ") + ")"
    }

    private static func code(_ code: Int64) -> String {
        code > 9 ? "0x" + String(code, radix: 16, uppercase: true) : "\(code)"
    }

    private static func text(_ point: Point) -> [Message] {
        var parts: [Message] = []
        if let text = point.text {
            var around: [Message] = []
            if let prefix = text.prefix { around.append("\"\(prefix)\"") }
            around.append(text.decimal == .comma ? "number with a decimal comma" : "number")
            let units: [Message] = text.units.map { "\"\($0)\"" }
            if !units.isEmpty { around.append(units.joined(separator: or)) }
            parts.append("text of \(around.joined(separator: and))")
        }
        if point.origin.messageValue == .string { parts.append("at most \(point.maxLength) bytes") }
        return parts
    }

    // MARK: What its number means

    private static func number(_ point: Point, _ profile: Profile) -> [Message] {
        var parts: [Message] = []
        if point.decimals != 0 { parts.append("\(point.decimals) decimals") }
        if let other = point.decimalsFrom { parts.append("decimals from \(words(other, profile))") }
        if let other = point.exponentFrom { parts.append("x 10 to the power of \(profile.points[other].name)") }
        if let scale = point.scale { parts.append("x \(number: scale)") }
        if let offset = point.offset { parts.append("+ \(number: offset)") }
        if let other = point.times { parts.append("times \(profile.points[other].name)") }
        if let other = point.dividedBy { parts.append("divided by \(profile.points[other].name)") }
        if let other = point.plus { parts.append("plus \(profile.points[other].name)") }
        if let reference = point.negativeWhen { parts.append("negative when \(words(reference, profile))") }
        if let unit = point.unit {
            parts.append("in \(unit)")
            if let publish = point.publish, publish != unit { parts.append("published in \(publish)") }
        }
        let codes = point.codes.filter { point.words?.names[$0.key] == nil }
        if !codes.isEmpty { parts.append("codes\(self.codes(codes))") }
        return parts + words(point)
    }

    private static func limits(_ point: Point) -> [Message] {
        var parts: [Message] = []
        if let range = point.range {
            parts.append("from \(number: range.lowerBound) to \(number: range.upperBound)")
        }
        if let least = point.least { parts.append("less than \(number: least) is \(number: least)") }
        if point.tiny == .zero { parts.append("tiny is 0") }
        let marks = marks(point)
        if !marks.isEmpty { parts.append("no value: \(marks.joined(separator: ", "))") }
        return parts
    }

    /// The marks for "no value" as bits, and of a float as the number too.
    private static func marks(_ point: Point) -> [Message] {
        guard case .registers(_, let type, _) = point.origin else {
            let patterns: [Message] = point.invalid.sorted().map { bits in
                Message(verbatim: "0x" + String(bits, radix: 16, uppercase: true))
            }
            return patterns + point.invalidNumbers.sorted().map { "\(number: $0)" }
        }
        return point.invalid.sorted().map { pattern in
            let bits = "0x" + String(pattern, radix: 16, uppercase: true)
            switch type {
            case .float32: return "\(bits) (\(number: Float(bitPattern: UInt32(truncatingIfNeeded: pattern))))"
            case .float64: return "\(bits) (\(number: Double(bitPattern: pattern)))"
            default: return Message(verbatim: bits)
            }
        }
    }

    private static func counting(_ point: Point) -> [Message] {
        guard let counter = point.counter else { return [] }
        let unit = point.unit.map { " \($0)" } ?? ""
        var parts: [Message] = [
            counter.modulus.map { "counter that shows 0 again at \($0) counts" } ?? "counter that never wraps",
            counter.maxRate.map { "at most \(number: $0)\(unit) a second" } ?? "no greatest rate",
            "refreshed every \(counter.refresh.inWords)",
        ]
        if let step = counter.step { parts.append("in steps of \(number: step)\(unit)") }
        return parts
    }

    // MARK: What vouches for it

    private static func trust(_ point: Point, _ profile: Profile) -> [Message] {
        var parts: [Message] = []
        if !point.goodWhen.isEmpty {
            let conditions = point.goodWhen.map { words($0, profile) }
            parts.append("good when \(conditions.joined(separator: and))")
        }
        switch point.stability {
        case .flag(let reference): parts.append("stable when \(words(reference, profile))")
        case .conditions(let conditions):
            let said = conditions.map { words($0, profile) }
            parts.append("stable when \(said.joined(separator: and))")
        case .equalSamples(let count): parts.append("stable when \(count) samples are equal")
        case nil: break
        }
        return parts
    }

    private static func words(_ condition: Condition, _ profile: Profile) -> Message {
        let codes = condition.reference.field?.codes ?? profile.points[condition.reference.point].codes
        let texts: [Message] = condition.texts.map { "\"\($0)\"" }
        let numbers = condition.accepted.sorted().map { number in
            Message(verbatim: code(number) + (codes[number].map { " (\($0))" } ?? ""))
        }
        return "\(words(condition.reference, profile)) is \((texts + numbers).joined(separator: or))"
    }

    private static func words(_ reference: PointReference, _ profile: Profile) -> String {
        profile.points[reference.point].name + (reference.field.map { "." + $0.name } ?? "")
    }

    private static func parts(of weir: Weir, over level: String) -> [Message] {
        var parts: [Message] = [
            "weir over \(level)", "\(Int(weir.angle)) degrees", "coefficient \(number: weir.coefficient)",
            "zero at \(number: weir.zero) m", weir.surveyed.map { "surveyed \($0)" } ?? "no survey named",
        ]
        if let correction = weir.headCorrection { parts.append("head correction \(number: correction) m") }
        if let greatest = weir.greatestHead { parts.append("head at most \(number: greatest) m") }
        return parts
    }
}
