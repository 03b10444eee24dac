import Decoding
import Profiles

/// What a message looks like, without what it says: a person can compare it with a profile, and no name, plate or picture is
/// shown. Only values at paths that the profile lists are written out.
enum PayloadShape {
    private static let longest = 24
    private static let mostMembers = 12

    /// One line: `{"Time":<text>,"ENERGY":{"Total":<number>}}`.
    static func text(_ payload: [UInt8], listed: [JSONPath]) -> String {
        if let tree = JSONTree.parse(payload) { return text(tree, path: "", listed: Set(listed.map(\.description))) }
        guard String(validating: payload, as: UTF8.self) != nil else { return "<\(payload.count) bytes, not text>" }
        return "<\(payload.count) characters, not JSON>"
    }

    private static func text(_ tree: JSONTree, path: String, listed: Set<String>) -> String {
        switch tree {
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            let shown = sorted.prefix(mostMembers).map { key, value in
                "\"\(key.prefix(longest))\":"
                    + text(value, path: path.isEmpty ? key : path + "." + key, listed: listed)
            }
            return "{" + (shown + (sorted.count > mostMembers ? ["..."] : [])).joined(separator: ",") + "}"
        case .array(let elements):
            guard let first = elements.first else { return "[]" }
            return "[" + text(first, path: path + "[0]", listed: listed) + (elements.count > 1 ? ",...]" : "]")
        case .null: return "null"
        case .bool, .integer, .unsigned, .number, .string:
            if listed.contains(path), let text = tree.text { return String(text.prefix(longest)) }
            switch tree {
            case .string: return "<text>"
            case .bool: return "<bool>"
            default: return "<number>"
            }
        }
    }
}
