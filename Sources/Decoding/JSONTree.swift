public import Domain
import Foundation
public import Profiles

/// A JSON document as it came, numbers exact where they are whole.
public enum JSONTree: Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([ExactText: JSONTree])

    /// Nil when the bytes are not JSON, nest deeper than 64, or hold a number that no double can.
    ///
    /// - Parameter wanted: what of the document the tree will have.
    public static func parse(_ bytes: [UInt8], keeping wanted: JSONSelection = .all) -> JSONTree? {
        // What is wrong with the text does not matter here: the reading says `decode`.
        try? JSONReader.read(bytes, keeping: wanted)
    }

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

    /// As an event's data may hold it.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .integer(let number): .number(.integer(number))
        case .unsigned(let number): .number(.unsigned(number))
        case .number(let number): number.isFinite ? .number(.float64(number)) : .null
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map(\.json))
        case .object(let members):
            .object(members.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key.text, $0.value.json) })
        }
    }

    /// Whether a text has more bytes than that, or anything else has as JSON. It looks no further than it must.
    func isLonger(than most: Int) -> Bool {
        var room = most
        if case .string(let text) = self { return text.utf8.count > most }
        return !fits(&room)
    }

    /// Takes its bytes, escapes not counted, from the room.
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

    /// As a point of that kind; text that is a number counts as one, since many devices quote theirs.
    func value(_ type: Point.MessageValue) -> RawValue {
        switch (type, self) {
        case (_, .null): .missing(.invalid)
        case (.number, .integer(let number)): .value(.integer(number))
        case (.number, .unsigned(let number)): .value(.unsigned(number))
        case (.number, .number(let number)): number.isFinite ? .value(.float64(number)) : .missing(.notANumber)
        case (.number, .string(let text)): Self.number(text)
        case (.bool, .bool(let bool)): .value(.bool(bool))
        case (.bool, .integer(let number)) where number == 0 || number == 1: .value(.bool(number == 1))
        case (.bool, .string(let text)): Self.bool(text)
        case (.string, .string(let text)): .value(.string(text))
        default: .missing(.decode)
        }
    }

    /// No number or word that a device writes as text is longer; what a peer can make longer is not looked into.
    private static let longestScalar = 256

    /// A number written as text.
    static func number(_ text: String) -> RawValue {
        guard text.utf8.count <= longestScalar else { return .missing(.decode) }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let number = Int64(trimmed) { return .value(.integer(number)) }
        if let number = UInt64(trimmed) { return .value(.unsigned(number)) }
        guard DecimalNumber(trimmed) != nil, let number = Double(trimmed) else {
            return ["nan", "inf", "-inf", "+inf"].contains(trimmed.lowercased())
                ? .missing(.notANumber) : .missing(.decode)
        }
        return number.isFinite ? .value(.float64(number)) : .missing(.notANumber)
    }

    static func bool(_ text: String) -> RawValue {
        guard text.utf8.count <= longestScalar else { return .missing(.decode) }
        return switch text.lowercased() {
        case "on", "true", "1": .value(.bool(true))
        case "off", "false", "0": .value(.bool(false))
        default: .missing(.decode)
        }
    }
}
