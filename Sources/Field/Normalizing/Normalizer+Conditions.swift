import Decoding
import Domain
import Profiles

/// Judges a value by the other points that vouch for it, and says what they hold when they do not.
extension Normalizer {
    /// Why a condition does not hold; nil where it does.
    func failure(of condition: Condition, _ raw: [RawValue?]) -> Reason? {
        if points[condition.reference.point].isOptional, isRefused(raw[condition.reference.point]) { return nil }
        if !condition.texts.isEmpty {
            switch raw[condition.reference.point] {
            case .value(.string(let text)):
                let found = ExactText(text)
                return condition.texts.contains { ExactText($0) == found } ? nil : .condition
            case .missing(let reason): return reason
            default: return .decode
            }
        }
        switch word(condition.reference, raw) {
        case .success(let word): return condition.accepted.contains(Int64(bitPattern: word)) ? nil : .condition
        case .failure(let missing): return missing.reason
        }
    }

    /// Whether the device answered that it has no such register: *illegal data address*, or, as some devices say it,
    /// *illegal data value*.
    private func isRefused(_ raw: RawValue?) -> Bool {
        raw == .missing(.exception(2)) || raw == .missing(.exception(3))
    }

    /// The first condition that does not hold, in words: `working_step = 0x49 (I: no signal), wanted 0x52`; nil where
    /// all hold.
    func unmet(by raw: [RawValue?], _ index: Int) -> String? {
        for condition in points[index].goodWhen {
            guard let reason = failure(of: condition, raw) else { continue }
            let reference = condition.reference
            let name = reference.field?.name ?? points[reference.point].name
            let wanted = condition.texts.map(Self.quoted) + condition.accepted.sorted().map { code($0, of: reference) }
            let found: String
            if reason != .condition {
                found = "\(name) is not known (\(reason.word))"
            } else if case .value(.string(let text))? = raw[reference.point] {
                found = "\(name) = \(Self.quoted(text))"
            } else if case .success(let word) = word(reference, raw) {
                found = "\(name) = \(code(Int64(bitPattern: word), of: reference))"
            } else {
                found = name
            }
            return found + ", wanted " + wanted.joined(separator: " or ")
        }
        return nil
    }

    /// A code as its profile most likely writes it, with its meaning.
    private func code(_ code: Int64, of reference: PointReference) -> String {
        let codes = reference.field?.codes ?? points[reference.point].codes
        let isWide = reference.field.map { $0.high - $0.low >= 4 } ?? !points[reference.point].fields.isEmpty
        let number = isWide && code > 9 ? "0x" + String(code, radix: 16, uppercase: true) : String(code)
        return number + (codes[code].map { " (\($0))" } ?? "")
    }

    /// A text of a peer, short enough for one line.
    private static func quoted(_ text: String) -> String {
        let most = 60
        let scalars = text.unicodeScalars
        return "\"" + (scalars.count > most ? String(scalars.prefix(most)) + "..." : text) + "\""
    }
}
