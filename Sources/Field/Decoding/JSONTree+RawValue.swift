import Domain
import Foundation
import JSON
import Profiles

extension JSONTree {
    /// Returns the value as a point of that kind. Text that is a number counts as one, because many devices quote
    /// theirs.
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

    /// No number or word of a device is longer; longer text of a peer is not parsed.
    private static let longestScalar = 256

    /// Reads a number written as text.
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
