import Domain
public import JSON
public import Profiles

/// The paths that lead to values of a message, for people who look for the one that a profile names.
public enum PayloadPaths {
    private static let most = 12
    private static let longest = 60
    private static let deepest = 8

    /// Returns up to twelve paths; those that differ from a wanted one by upper and lower case alone stand first.
    ///
    /// - Returns: nil where the message is no JSON.
    public static func of(_ payload: [UInt8], wanted: [JSONPath]) -> [String]? {
        guard let tree = JSONTree.parse(payload) else { return nil }
        var paths: [String] = []
        collect(tree, "", 0, into: &paths)
        let likely = Set(wanted.map { ExactText($0.description.lowercased()) })
        let near = paths.filter { likely.contains(ExactText($0.lowercased())) }
        let rest = paths.filter { !likely.contains(ExactText($0.lowercased())) }
        return Array((near + rest).prefix(most))
    }

    /// A list is shown by its first element.
    private static func collect(_ tree: JSONTree, _ path: String, _ level: Int, into paths: inout [String]) {
        // Enough to find the near ones, however large the message is.
        guard paths.count < 1_000, level <= deepest, path.utf8.count <= longest else { return }
        switch tree {
        case .object(let members):
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                let isPlain = !name.text.contains { ".[]\"'".contains($0) } && !name.text.isEmpty
                let step = isPlain ? name.text : "[\"\(name.text)\"]"
                collect(value, path.isEmpty || !isPlain ? path + step : path + "." + step, level + 1, into: &paths)
            }
        case .array(let elements):
            if let first = elements.first { collect(first, path + "[0]", level + 1, into: &paths) }
        default:
            if !path.isEmpty { paths.append(path) }
            // JSON within a text is read by a part: what stands there follows the sign.
            guard case .string(let text) = tree, text.utf8.first == UInt8(ascii: "{"),
                let inner = JSONTree.parse(Array(text.utf8))
            else { return }
            var within: [String] = []
            collect(inner, "", level + 1, into: &within)
            paths += within.map { "\(path) > \($0)" }
        }
    }
}

extension Profile {
    /// The paths of its points in a message.
    public func paths(in message: Int) -> [JSONPath] {
        let own = points.compactMap { point -> JSONPath? in
            guard case .message(message, let path?, _) = point.origin else { return nil }
            return path
        }
        let parts = mqtt?.messages[message].parts.compactMap { part -> JSONPath? in
            guard case .payload(let path) = part.source else { return nil }
            return path
        }
        return own + (parts ?? [])
    }
}
