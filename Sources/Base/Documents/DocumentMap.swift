import Yams

/// A mapping of a document. A key becomes known when a reader asks for it; `finish` reports the others.
public final class DocumentMap {
    public let file: String
    public let path: [String]
    public let log: ProblemLog
    /// The hash of the file's text, where this is a file's top mapping.
    public let contentHash: String
    /// The file's text.
    public let contentText: String
    let mapping: Node.Mapping
    private let values: [String: Node]
    let pattern: [String]
    let mark: Mark?
    private(set) var known: Set<String> = []

    init(
        _ mapping: Node.Mapping,
        file: String,
        path: [String],
        pattern: [String],
        mark: Mark?,
        log: ProblemLog,
        known: Set<String> = [],
        contentHash: String = "",
        contentText: String = ""
    ) {
        self.known = known
        self.contentHash = contentHash
        self.contentText = contentText
        self.mapping = mapping
        let named = mapping.lazy.compactMap { key, value in key.scalar.map { ($0.string, value) } }
        values = Dictionary(named) { $1 }
        self.file = file
        self.path = path
        self.pattern = pattern
        self.mark = mark
        self.log = log
    }

    /// Returns the value of a key that may be absent.
    public func optional(_ key: String) -> DocumentNode? {
        known.insert(key)
        guard let node = values[key] else { return nil }
        return DocumentNode(node, file: file, path: path + [key], pattern: pattern + [key], log: log)
    }

    /// Returns the value of a key that must be there; nil, with a problem, when it is not.
    public func required(_ key: String) -> DocumentNode? {
        if let node = optional(key) { return node }
        fail("\"\(key)\" is missing")
        return nil
    }

    /// Whether the key is there; the value is not read.
    public func has(_ key: String) -> Bool {
        known.insert(key)
        return values[key] != nil
    }

    /// Returns every entry of a mapping whose keys are names that the file chooses itself.
    public func entries() -> [(name: String, node: DocumentNode)] {
        let commas = reportDecimalCommas()
        return mapping.compactMap { key, value in
            if let name = key.scalar?.string, commas.contains(name) { return nil }
            let node = DocumentNode(key, file: file, path: path, pattern: pattern, log: log)
            guard let name = key.scalar?.string else {
                node.fail("a key must be a word")
                return nil
            }
            known.insert(name)
            return (
                name,
                DocumentNode(
                    value,
                    file: file,
                    path: path + [name],
                    pattern: pattern + ["*"],
                    log: log,
                    nameMark: key.mark
                )
            )
        }
    }

    /// Reports keys that no reader asked for, each with the nearest key that one asked for.
    public func finish() {
        log.note(shape: known, at: pattern.joined(separator: "."))
        known.formUnion(reportDecimalCommas())
        for (key, _) in mapping {
            guard let name = key.scalar?.string, !known.contains(name) else { continue }
            DocumentNode(key, file: file, path: path + [name], pattern: pattern, log: log)
                .fail("unknown key\(NearestWord.hint(forKey: name, in: known))")
        }
    }

    /// Reports each decimal comma that began a new entry, `{ latitude: -7,85 }`, and returns the keys that it made.
    private func reportDecimalCommas() -> Set<String> {
        let commas = DecimalComma.entries(of: mapping)
        for comma in commas {
            DocumentNode(comma.node, file: file, path: path + [comma.key], pattern: pattern, log: log)
                .fail("a comma begins a new entry here; for the number \(comma.written) write \(comma.meant)")
        }
        return Set(commas.map(\.made))
    }

    /// Reports a problem of the mapping as a whole.
    public func fail(_ message: Message) {
        log.add(
            Problem(
                file: file,
                line: mark?.line,
                column: mark?.column,
                keyPath: path.joined(separator: "."),
                message: message
            )
        )
    }
}
