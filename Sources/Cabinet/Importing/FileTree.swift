import Documents

/// Another tool's YAML or JSON file as plain values with their lines.
indirect enum FileTree {
    case text(String, line: Int)
    case list([FileTree], line: Int)
    case map([(key: String, value: FileTree)], line: Int)

    /// The tree of a text; nil, with the reason in the log, where it is no YAML. JSON is YAML too.
    init?(_ text: String, log: ProblemLog) {
        // A list at the top, as Home Assistant's included files have it, stands under a key of ours.
        let first = text.split(separator: "\n").first { !$0.hasPrefix("#") && !$0.hasPrefix("---") && !$0.isEmpty }
        let isList = first?.hasPrefix("-") ?? false
        let plain = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("---") ? "" : $0 }.joined(separator: "\n")
        guard let map = Document.mapping(of: isList ? "list:\n" + plain : plain, file: "", log: log) else { return nil }
        // What else is wrong with the file concerns the tool that it is for.
        self = .map(Self.entries(map, lift: isList ? 1 : 0), line: 1)
    }

    private init(_ node: DocumentNode, lift: Int) {
        let line = max(1, node.place.line - lift)
        if node.isMapping, let map = node.mapping() {
            self = .map(Self.entries(map, lift: lift), line: line)
        } else if node.isList, let list = node.list() {
            self = .list(list.map { FileTree($0, lift: lift) }, line: line)
        } else {
            self = .text(node.isNull ? "" : node.scalar("") ?? "", line: line)
        }
    }

    private static func entries(_ map: DocumentMap, lift: Int) -> [(key: String, value: FileTree)] {
        map.entries().map { ($0.name, FileTree($0.node, lift: lift)) }
    }

    subscript(key: String) -> FileTree? {
        guard case .map(let entries, _) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text of a key's single value; nil for none, and for an empty one.
    func text(_ key: String) -> String? {
        guard case .text(let text, _)? = self[key], !text.isEmpty else { return nil }
        return text
    }

    var line: Int {
        switch self {
        case .text(_, let line), .list(_, let line), .map(_, let line): line
        }
    }

    /// The elements of a list; a map alone counts as a list of one.
    var elements: [FileTree] {
        switch self {
        case .list(let elements, _): elements
        case .map: [self]
        case .text: []
        }
    }

    /// The single values, as `key: value, key: value`, for a comment.
    var words: String {
        guard case .map(let entries, _) = self else { return "" }
        return entries.compactMap { key, value in
            if case .text(let text, _) = value { return "\(key): \(text)" }
            return nil
        }.joined(separator: ", ")
    }

    /// Every value under one of these keys, however deep, with the key.
    func all(under keys: Set<String>) -> [(key: String, value: FileTree)] {
        switch self {
        case .text: []
        case .list(let elements, _): elements.flatMap { $0.all(under: keys) }
        case .map(let entries, _):
            entries.flatMap { key, value in keys.contains(key) ? [(key, value)] : value.all(under: keys) }
        }
    }

    /// A JSON text without the comments that people write into it, and without tabs.
    static func withoutComments(_ text: String) -> String {
        var plain = ""
        var isQuoted = false
        var isEscaped = false
        var letters = text.unicodeScalars.makeIterator()
        var next = letters.next()
        while let letter = next {
            next = letters.next()
            if isQuoted {
                plain.unicodeScalars.append(letter)
                if letter == "\"" && !isEscaped { isQuoted = false }
                isEscaped = letter == "\\" && !isEscaped
            } else if letter == "\"" {
                isQuoted = true
                plain.unicodeScalars.append(letter)
            } else if letter == "/", next == "/" {
                while next != nil, next != "\n" { next = letters.next() }
            } else if letter == "/", next == "*" {
                var before: Unicode.Scalar = " "
                next = letters.next()
                while let skipped = next, !(before == "*" && skipped == "/") {
                    if skipped == "\n" { plain += "\n" }
                    before = skipped
                    next = letters.next()
                }
                next = letters.next()
            } else {
                plain.unicodeScalars.append(letter == "\t" ? " " : letter)
            }
        }
        return plain
    }
}
