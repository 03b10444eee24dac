import Foundation

/// A JSON Schema, read by the paths of the documents that it describes.
public struct Schema {
    private let root: [String: Any]

    public init(file: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// The keys of every mapping whose keys are fixed, by its path with ids as `*`.
    public func shapes() -> [String: Set<String>] {
        var shapes: [String: Set<String>] = [:]
        walk { path, node in
            guard let properties = node["properties"] as? [String: Any] else { return }
            shapes[path, default: []].formUnion(properties.keys)
        }
        return shapes
    }

    public func walk(_ visit: (String, [String: Any]) -> Void) { walk(root, at: [], visit) }

    private func walk(_ node: [String: Any], at path: [String], _ visit: (String, [String: Any]) -> Void) {
        let node = resolved(node)
        visit(path.joined(separator: "."), node)
        for (key, value) in node["properties"] as? [String: [String: Any]] ?? [:] {
            walk(value, at: path + [key], visit)
        }
        for value in (node["patternProperties"] as? [String: [String: Any]] ?? [:]).values {
            walk(value, at: path + ["*"], visit)
        }
        if let items = node["items"] as? [String: Any] { walk(items, at: path + ["*"], visit) }
    }

    /// The schema, with the target of its `$ref` under its own keys.
    private func resolved(_ node: [String: Any]) -> [String: Any] {
        guard let reference = node["$ref"] as? String, let name = reference.split(separator: "/").last,
            let definitions = root["$defs"] as? [String: [String: Any]], let target = definitions[String(name)]
        else { return node }
        return resolved(target).merging(node) { _, own in own }
    }
}
