import Documents
import Yams

/// Another tool's YAML or JSON file as plain values with their lines.
indirect enum FileTree {
    case text(String, line: Int)
    case list([FileTree], line: Int)
    case map([(key: String, value: FileTree)], line: Int)

    /// The tree of a text; nil, with the reason in the log, where it is no YAML. JSON is YAML too.
    ///
    /// The file is another program's: its anchors and tags are those of YAML, which our own files do without.
    init?(_ text: String, log: ProblemLog) {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
        do {
            guard let node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).nextRoot() else { return nil }
            var left = Self.mostValues
            self.init(node, left: &left)
            if left < 0 { log.add(Problem(file: "", message: Message(verbatim: "too many values"))) }
        } catch {
            let place = (error as? YamlError)?.line
            log.add(Problem(file: "", line: place, message: "cannot be read as YAML: \(error)"))
            return nil
        }
    }

    /// Aliases repeat what they name: a small file could hold millions of values.
    private static let mostValues = 200_000

    private init(_ node: Node, left: inout Int) {
        let line = node.mark?.line ?? 1
        left -= 1
        guard left > 0 else {
            self = .text("", line: line)
            return
        }
        switch node {
        case .mapping(let mapping):
            var entries: [(key: String, value: FileTree)] = []
            var merged: [(key: String, value: FileTree)] = []
            for (key, value) in mapping {
                guard left > 0, let name = key.scalar?.string else { continue }
                let tree = FileTree(value, left: &left)
                // A merge key brings the values of another mapping; the mapping's own come first.
                if name == "<<", case .map(let others, _) = tree {
                    merged += others
                } else {
                    entries.append((name, tree))
                }
            }
            self = .map(entries + merged, line: line)
        case .sequence(let sequence):
            var elements: [FileTree] = []
            for element in sequence where left > 0 { elements.append(FileTree(element, left: &left)) }
            self = .list(elements, line: line)
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            self = .text(isNull ? "" : scalar.string, line: line)
        case .alias: self = .text("", line: line)
        }
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

extension YamlError {
    /// The line at which it was noticed.
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }
}
