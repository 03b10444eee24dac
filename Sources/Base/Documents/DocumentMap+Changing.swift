import Yams

/// Copies of a document's values that a reader changes before another reads them: every place stays that of the file.
extension DocumentMap {
    /// A copy in which some keys have another value, or none.
    ///
    /// - Parameter values: nil for a key to be left out; a key that was not there is added.
    public func with(_ values: [(key: String, value: DocumentNode?)]) -> DocumentMap {
        let changed = Dictionary(values.map { ($0.key, $0.value) }) { $1 }
        var pairs: [(Node, Node)] = []
        var kept: Set<String> = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let change = changed[name] else {
                pairs.append((key, value))
                continue
            }
            kept.insert(name)
            if let change { pairs.append((key, change.node)) }
        }
        for (key, value) in values where !kept.contains(key) {
            guard let value else { continue }
            pairs.append((Node.scalar(.init(key, .implicit, .any, value.node.mark)), value.node))
        }
        let copy = Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark)
        return DocumentMap(
            copy,
            file: file,
            path: path,
            pattern: pattern,
            mark: mark,
            log: log,
            known: known,
            contentHash: contentHash,
            contentText: contentText
        )
    }

    /// Notes keys that this mapping may have, for a reader that takes them out before another one reads the rest.
    public func mayHave(_ keys: Set<String>) { log.note(shape: keys, at: pattern.joined(separator: ".")) }

    /// The mapping as a value of another one.
    public var node: DocumentNode {
        DocumentNode(.mapping(mapping), file: file, path: path, pattern: pattern, log: log)
    }
}

extension DocumentNode {
    /// A number in place of this value.
    public func replaced(by number: Int) -> DocumentNode {
        DocumentNode(
            .scalar(.init(String(number), .implicit, .any, node.mark)),
            file: file,
            path: path,
            pattern: pattern,
            log: log
        )
    }
}
