public import Decoding
public import Domain
import Profiles

/// Judges a value by the other points that vouch for it, and says what they hold when they do not.
extension Normalizer {
    /// Why a condition does not hold; nil where it does.
    func failure(of condition: Condition, _ raw: [RawValue?]) -> Reason? { failure(of: condition, raw, by: vouching) }

    /// - Parameter bits: returns the bits of the point that vouches.
    func failure(
        of condition: Condition,
        _ raw: [RawValue?],
        by bits: (PointReference, [RawValue?]) -> Result<UInt64, Missing>
    ) -> Reason? {
        var place = condition.reference.point
        if case .field(let reference) = points[place].origin { place = reference.point }
        if points[place].isOptional, isRefused(raw[place]) { return nil }
        if !condition.texts.isEmpty {
            switch raw[condition.reference.point] {
            case .value(.string(let text)):
                let found = ExactText(text)
                return condition.texts.contains { ExactText($0) == found } ? nil : .condition
            case .missing(let reason): return reason
            default: return .decode
            }
        }
        switch bits(condition.reference, raw) {
        case .success(let word): return condition.accepted.contains(Int64(bitPattern: word)) ? nil : .condition
        case .failure(let missing): return missing.reason
        }
    }

    /// Whether the device answered that it has no such register: *illegal data address*, or, as some devices say it,
    /// *illegal data value*.
    private func isRefused(_ raw: RawValue?) -> Bool {
        raw == .missing(.exception(2)) || raw == .missing(.exception(3))
    }

    /// A condition that does not hold: what stands there, and what must.
    public struct Unmet: Hashable, Sendable {
        /// `status.working_step`.
        public var vouching: String
        /// `0x49 (I: no signal)`; nil where it is not known, for a reason of its own.
        public var found: String?
        public var reason: Reason
        /// Any one of these would do.
        public var wanted: [String]

        /// `working_step = 0x49 (I: no signal), wanted 0x52`.
        var words: String {
            let name = vouching.split(separator: ".").last ?? ""
            return "\(name) " + (found.map { "= \($0)" } ?? "is not known (\(reason.word))") + ", wanted "
                + wanted.joined(separator: " or ")
        }
    }

    /// The first condition of a point that does not hold; nil where all hold.
    public func unmet(by raw: [RawValue?], _ index: Int) -> Unmet? {
        for condition in points[index].goodWhen {
            guard let reason = failure(of: condition, raw) else { continue }
            let reference = condition.reference
            let field = reference.field.map { "." + $0.name } ?? ""
            let found = reason == .condition ? found(reference, raw) : nil
            let accepted = condition.accepted.sorted()
            let isHexadecimal = isWritten(inHexadecimal: accepted + (found?.code.map { [$0] } ?? []))
            func words(_ code: Int64) -> String { self.words(code, of: reference, isHexadecimal) }
            return Unmet(
                vouching: points[reference.point].name + field,
                found: found.map { found in found.code.map(words) ?? found.text },
                reason: reason,
                wanted: condition.texts.map(Self.quoted) + accepted.map(words)
            )
        }
        return nil
    }

    private func found(_ reference: PointReference, _ raw: [RawValue?]) -> (code: Int64?, text: String)? {
        if case .value(.string(let text))? = raw[reference.point] { return (nil, Self.quoted(text)) }
        guard case .success(let word) = word(reference, raw) else { return nil }
        return (Int64(bitPattern: word), "")
    }

    /// Codes beyond one digit are written in hexadecimal, as most manuals write them.
    private func isWritten(inHexadecimal codes: [Int64]) -> Bool {
        codes.contains { $0 > 9 } && !codes.contains { $0 < 0 }
    }

    /// A code with its meaning, where the profile says it.
    private func words(_ code: Int64, of reference: PointReference, _ isHexadecimal: Bool) -> String {
        let codes = codes(of: reference)
        let digits = String(code, radix: 16, uppercase: true)
        let number = isHexadecimal ? "0x" + (digits.count < 2 ? "0" : "") + digits : String(code)
        return number + (codes[code].map { " (\($0))" } ?? "")
    }

    /// What the numbers mean; a field that is a point of its own may have the words of its word's field.
    private func codes(of reference: PointReference) -> [Int64: String] {
        let point = points[reference.point]
        if let field = reference.field { return field.codes }
        if point.codes.isEmpty, case .field(let inner) = point.origin { return inner.field?.codes ?? [:] }
        return point.codes
    }

    /// A text of a peer, short enough for one line.
    private static func quoted(_ text: String) -> String {
        let most = 60
        let scalars = text.unicodeScalars
        return "\"" + (scalars.count > most ? String(scalars.prefix(most)) + "..." : text) + "\""
    }
}
