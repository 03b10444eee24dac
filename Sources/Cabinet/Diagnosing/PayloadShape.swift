import Decoding
import Domain
import JSON
import Profiles

/// The structure of a message without its contents: a person can compare it with a profile, and no name, plate or
/// picture is shown. Only values at paths that the profile lists are written out.
enum PayloadShape {
    private static let longest = 24
    private static let mostMembers = 12
    /// Deeper lists and objects are not shown, because no person would read them.
    private static let mostLevels = 6
    private static let longestShape = 600

    /// One line: `{"Time":<text>,"ENERGY":{"Total":<number>}}`.
    static func text(_ payload: [UInt8], listed: [JSONPath]) -> String {
        if let tree = JSONTree.parse(payload) {
            let listed = Set(listed.map { ExactText($0.description) })
            return cut(text(tree, path: "", level: 0, listed: listed), to: longestShape)
        }
        guard let text = String(validating: payload, as: UTF8.self) else { return "<\(payload.count) bytes, not text>" }
        return "<\(payload.count) characters, not JSON\(TextShape.words(text).map { "; " + $0 } ?? "")>"
    }

    /// Counts Unicode scalars: one character may be as long as its sender wants.
    private static func cut(_ text: String, to most: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: most, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "..."
    }

    private static func text(_ tree: JSONTree, path: String, level: Int, listed: Set<ExactText>) -> String {
        switch tree {
        case .object(let members):
            guard level < mostLevels || members.isEmpty else { return "{...}" }
            let sorted = members.sorted { $0.key < $1.key }
            let shown = sorted.prefix(mostMembers).map { name, value in
                let path = path.isEmpty ? name.text : path + "." + name.text
                return "\"\(cut(name.text, to: longest))\":"
                    + text(value, path: path, level: level + 1, listed: listed)
            }
            return "{" + (shown + (sorted.count > mostMembers ? ["..."] : [])).joined(separator: ",") + "}"
        case .array(let elements):
            guard let first = elements.first else { return "[]" }
            guard level < mostLevels else { return "[...]" }
            return "[" + text(first, path: path + "[0]", level: level + 1, listed: listed)
                + (elements.count > 1 ? ",...]" : "]")
        case .null: return "null"
        case .bool, .integer, .unsigned, .number, .string:
            if listed.contains(ExactText(path)), let text = tree.text { return cut(text, to: longest) }
            switch tree {
            case .string(let text):
                // Texts within texts: what a profile reads by its parts.
                if level < mostLevels, let inner = TextShape.json(text) {
                    return "<text of \(self.text(inner, path: path + ">", level: level + 1, listed: []))>"
                }
                return "<text\(TextShape.words(text).map { ": " + $0 } ?? "")>"
            case .bool: return "<bool>"
            default: return "<number>"
            }
        }
    }
}
