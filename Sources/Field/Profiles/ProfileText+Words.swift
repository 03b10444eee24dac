import Documents
import Domain

/// How a point is shown to people, and what differs between installed devices.
extension ProfileText {
    static func words(_ point: Point) -> [Message] {
        guard let words = point.words else { return [] }
        var parts: [Message] = []
        let names = words.names.sorted { $0.key < $1.key }.map { "\($0.key) \(both($0.value))" }
        if !names.isEmpty { parts.append("names: \(names.joined(separator: "; "))") }
        if let label = words.label { parts.append("called \(both(label))") }
        if let show = words.show { parts.append("shown in \(show)") }
        return parts
    }

    static func called(_ label: Label?) -> Message { label.map { ", called \(both($0))" } ?? "" }

    /// The English word, and the Indonesian one behind it where it is another.
    private static func both(_ label: Label) -> String {
        label.en == label.id ? "\"\(label.en)\"" : "\"\(label.en)\" / \"\(label.id)\""
    }

    static func variants(_ profile: Profile) -> [Message] {
        guard !profile.variants.isEmpty else { return [] }
        var lines: [Message] = profile.variants.map { variant in
            let standard: Message = variant.standard.map { ", \($0) unless set" } ?? ", must be set"
            let values = variant.values.joined(separator: ", ")
            return "variant \(variant.name): one of \(values)\(standard)\(called(variant.label))"
        }
        let choices = profile.choices.map { "\($0.variant): \($0.value)" }.joined(separator: ", ")
        lines.append("the points below are those of set: { \(choices) }")
        if !profile.elsewhere.isEmpty {
            lines.append("with another set there are also \(profile.elsewhere.joined(separator: ", "))")
        }
        return lines
    }
}
