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

    /// The value of a number that stands in a text with a unit or a decimal comma.
    func number(in form: NumberText) -> RawValue {
        guard case .string(let text) = self else {
            // A number without its unit does not say that it is in that unit.
            if self == .null { return .missing(.invalid) }
            return form.prefix == nil && form.units.isEmpty ? value(.number) : .missing(.decode)
        }
        return Self.number(text, in: form)
    }

    /// Reads a number between what the form says stands before and after it, with the form's decimal sign.
    static func number(_ text: String, in form: NumberText) -> RawValue {
        guard text.utf8.count <= longestScalar else { return .missing(.decode) }
        var rest = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let prefix = form.prefix {
            guard rest.hasPrefix(prefix) else { return .missing(.decode) }
            rest.removeFirst(prefix.count)
        }
        if !form.units.isEmpty {
            guard let unit = form.units.filter(rest.hasSuffix).max(by: { $0.count < $1.count }) else {
                return .missing(.decode)
            }
            rest.removeLast(unit.count)
        }
        if form.decimal == .comma {
            guard !rest.contains(".") else { return .missing(.decode) }
            rest = rest.replacingOccurrences(of: ",", with: ".")
        }
        return number(rest)
    }

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
