public import Domain

/// A parsed JSON document; numbers are exact where they are whole.
public enum JSONTree: Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([ExactText: JSONTree])

    /// Nil when the bytes are not JSON, nest deeper than 64, or hold a number beyond the doubles.
    ///
    /// - Parameter wanted: the parts of the document that the tree will have.
    public static func parse(_ bytes: [UInt8], keeping wanted: JSONSelection = .all) -> JSONTree? {
        // It does not matter here what is wrong with the text: the reading says `decode`.
        try? JSONReader.read(bytes, keeping: wanted)
    }

    /// The value at a path; nil where there is none, and where a member that must name one element names more.
    public subscript(path: JSONPath) -> JSONTree? {
        var node = self
        for step in path.steps {
            switch (step, node) {
            case (.key(let key), .object(let members)):
                guard let member = members[ExactText(key)] else { return nil }
                node = member
            case (.index(let index), .array(let elements)):
                guard elements.indices.contains(index) else { return nil }
                node = elements[index]
            case (.element(let member, let value), .array(let elements)):
                let (member, value) = (ExactText(member), ExactText(value))
                let found = elements.filter { element in
                    guard case .object(let members) = element else { return false }
                    return members[member]?.text.map(ExactText.init) == value
                }
                guard found.count == 1 else { return nil }
                node = found[0]
            default: return nil
            }
        }
        return node
    }

    /// A scalar's text, for comparing and for ids.
    public var text: String? {
        switch self {
        case .string(let text): text
        case .bool(let bool): bool ? "true" : "false"
        case .integer(let number): String(number)
        case .unsigned(let number): String(number)
        case .number(let number): number.description
        case .null, .array, .object: nil
        }
    }

    /// The value in the form that an event's data holds.
    public var dataValue: DataValue {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .integer(let number): .number(.integer(number))
        case .unsigned(let number): .number(.unsigned(number))
        case .number(let number): number.isFinite ? .number(.float64(number)) : .null
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map(\.dataValue))
        case .object(let members):
            .object(members.sorted { $0.key < $1.key }.map { DataValue.Member($0.key.text, $0.value.dataValue) })
        }
    }

    /// Whether a text has more than `most` bytes, or another value has more as JSON. It looks no further than it must.
    public func isLonger(than most: Int) -> Bool {
        var room = most
        if case .string(let text) = self { return text.utf8.count > most }
        return !fits(&room)
    }

    /// Subtracts its bytes, escapes not counted, from the room.
    private func fits(_ room: inout Int) -> Bool {
        func take(_ bytes: Int) -> Bool {
            room -= bytes
            return room >= 0
        }
        switch self {
        case .null: return take(4)
        case .bool(let bool): return take(bool ? 4 : 5)
        case .integer, .unsigned, .number: return take(text?.utf8.count ?? 0)
        case .string(let text): return take(text.utf8.count + 2)
        case .array(let elements):
            return take(1 + max(1, elements.count)) && elements.allSatisfy { $0.fits(&room) }
        case .object(let members):
            return take(1 + max(1, members.count))
                && members.allSatisfy { take($0.key.text.utf8.count + 3) && $0.value.fits(&room) }
        }
    }
}
