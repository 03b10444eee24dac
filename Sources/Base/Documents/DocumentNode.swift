import Yams

/// One value of a document and its place. Readers report what is wrong, then return nil: reading goes on, and one run
/// finds every problem.
public struct DocumentNode {
    public let file: String
    public let path: [String]
    public let log: ProblemLog
    let node: Node
    let pattern: [String]
    private let nameMark: Mark?

    init(
        _ node: Node,
        file: String,
        path: [String],
        pattern: [String],
        log: ProblemLog,
        nameMark: Mark? = nil
    ) {
        self.node = node
        self.file = file
        self.path = path
        self.pattern = pattern
        self.log = log
        self.nameMark = nameMark
    }

    /// Reports a problem at this value.
    public func fail(_ message: Message) { fail(message, at: node.mark) }

    /// Reports a problem with the name under which this value stands.
    public func failName(_ message: Message) { fail(message, at: nameMark ?? node.mark) }

    /// Reports what cannot work, though a gateway starts with it.
    public func failCheck(_ message: Message) { log.addSlip(problem(message, at: node.mark)) }

    /// The same about the name under which this value stands.
    public func failCheckName(_ message: Message) { log.addSlip(problem(message, at: nameMark ?? node.mark)) }

    /// Says what is hardly meant so, though it stops nothing.
    public func advise(_ message: Message) { log.advise(problem(message, at: node.mark)) }

    private func fail(_ message: Message, at mark: Mark?) { log.add(problem(message, at: mark)) }

    private func problem(_ message: Message, at mark: Mark?) -> Problem {
        Problem(
            file: file,
            line: mark?.line,
            column: mark?.column,
            keyPath: path.joined(separator: "."),
            message: message
        )
    }

    /// Line and column, from 1.
    public var place: (line: Int, column: Int) { (node.mark?.line ?? 1, node.mark?.column ?? 1) }

    public var isList: Bool { node.sequence != nil }

    public var isMapping: Bool { node.mapping != nil }

    /// The value as a mapping.
    public func mapping() -> DocumentMap? {
        guard case .mapping(let mapping) = node else {
            fail("expected keys with values, found \(found)")
            return nil
        }
        return DocumentMap(mapping, file: file, path: path, pattern: pattern, mark: node.mark, log: log)
    }

    /// The value as a list.
    public func list() -> [DocumentNode]? {
        guard case .sequence(let sequence) = node else {
            fail("expected a list, found \(found)")
            return nil
        }
        return elements(sequence)
    }

    /// The value as a list; a single value becomes a list of one.
    public func oneOrMore() -> [DocumentNode] {
        guard case .sequence(let sequence) = node else { return [self] }
        return elements(sequence)
    }

    private func elements(_ sequence: Node.Sequence) -> [DocumentNode] {
        if let meant = DecimalComma.meant(by: sequence) {
            advise("this list has \(sequence.count) numbers; for decimals write points: \(meant)")
        }
        return sequence.enumerated().map { index, element in
            DocumentNode(element, file: file, path: path + ["\(index)"], pattern: pattern + ["*"], log: log)
        }
    }

    /// The scalar's text as written, without its quotes; nil, with a problem, for anything else and for no value.
    public func scalar(_ expected: Message) -> String? {
        guard case .scalar(let scalar) = node else {
            fail("expected \(expected), found \(found)")
            return nil
        }
        if isNull {
            fail("has no value; expected \(expected)")
            return nil
        }
        return scalar.string
    }

    var found: Message {
        switch node {
        case .scalar(let scalar):
            scalar.string.isEmpty ? "nothing" : Message(verbatim: "\"\(scalar.string.prefix(40))\"")
        case .mapping: "keys with values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

extension DocumentNode {
    /// Whether the value is YAML's null: nothing, `~` or `null`, not quoted.
    public var isNull: Bool {
        guard case .scalar(let scalar) = node else { return false }
        guard scalar.style == .plain else { return false }
        return scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null"
    }
}
