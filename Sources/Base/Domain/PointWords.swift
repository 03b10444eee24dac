/// How a point is shown to people: its label, the unit of its display, and the words of its values. No value depends on
/// it.
public final class PointWords: Sendable {
    public let label: Label?
    /// The unit in which people are shown the value; payloads have the published one.
    public let show: Unit?
    /// What its whole numbers mean; of a truth value 0 and 1.
    public let names: [Int64: Label]

    /// - Returns: nil where there is nothing to say.
    public init?(label: Label?, show: Unit?, names: [Int64: Label]) {
        if label == nil, show == nil, names.isEmpty { return nil }
        self.label = label
        self.show = show
        self.names = names
    }

    /// The word of a value; nil for a number that has none.
    public func name(of value: Value) -> Label? {
        guard !names.isEmpty, let code = value.code else { return nil }
        return names[code]
    }
}

extension PointWords: Hashable {
    public static func == (left: PointWords, right: PointWords) -> Bool {
        left === right || (left.label == right.label && left.show == right.show && left.names == right.names)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(label)
        hasher.combine(show)
        hasher.combine(names)
    }
}

extension Value {
    /// The whole number by which a table of names is read; nil for a fraction, a text, and a number beyond 64 bits.
    var code: Int64? {
        switch self {
        case .bool(let bool): bool ? 1 : 0
        case .integer(let number): number
        case .unsigned(let number): Int64(exactly: number)
        case .float32(let number): Int64(exactly: number)
        case .float64(let number): Int64(exactly: number)
        case .decimal(let number): number.whole
        case .string: nil
        }
    }
}

extension PointFace.Field {
    /// The word of the number that the field holds, for payloads.
    public func name(in word: UInt64) -> Label? {
        guard !names.isEmpty, let code = number(in: word).code else { return nil }
        return names[code]
    }
}

extension PointFace {
    /// Whether a payload may say more of a value than the value and why it is not good.
    public var saysMore: Bool { !fields.isEmpty || words?.names.isEmpty == false }

    /// A value as people are shown it: in the unit of the display, where the profile names one.
    public func shown(_ value: Value) -> (value: Value, unit: Unit?) {
        guard let unit, let show = words?.show, show != unit, let number = value.double else { return (value, unit) }
        // A conversion must not show more digits than a float has.
        guard let converted = DecimalNumber(unit.convert(number, to: show), significantDigits: 7) else {
            return (value, unit)
        }
        return (.decimal(converted), show)
    }

    /// What a value means: its word, the flags of a status word that are set, and the words of its other fields.
    public func meanings(of value: Value) -> [Label] {
        if let name = words?.name(of: value) { return [name] }
        guard !fields.isEmpty, let word = value.word else { return [] }
        return fields.compactMap { field in
            let number = field.number(in: word)
            let label = field.label ?? Label(en: field.name, id: field.name)
            guard let code = number.code,
                let name = field.names[code] ?? field.codes[code].map({ Label(en: $0, id: $0) })
            else { return field.low == field.high && number != .unsigned(0) ? label : nil }
            return Label(en: "\(label.en): \(name.en)", id: "\(label.id): \(name.id)")
        }
    }
}
