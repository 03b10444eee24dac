/// Something wrong in a file that a person wrote: where it is, what is wrong and what would be right.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// From 1; nil when the file as a whole is meant.
    public var line: Int?
    public var column: Int?
    /// `devices.flow-soyo.unit`; empty at the top of the file.
    public var keyPath: String
    public var message: String

    public init(file: String, line: Int? = nil, column: Int? = nil, keyPath: String = "", message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.keyPath = keyPath
        self.message = message
    }

    public var description: String {
        var text = file
        if let line { text += ":\(line):\(column ?? 1)" }
        text += ": "
        if !keyPath.isEmpty { text += "\(keyPath): " }
        return text + message
    }
}

/// Collects every problem of a run of reading, so that all are told at once; used by one reader at a time.
public final class ProblemLog {
    public private(set) var problems: [Problem] = []
    private var known: Set<Problem> = []
    private var comparisons = 0
    /// Which keys each mapping may have, by its path with ids as `*`: what the JSON Schemas are held against.
    public private(set) var shapes: [String: Set<String>] = [:]

    public init() {}

    public var isEmpty: Bool { problems.isEmpty }

    public func add(_ problem: Problem) {
        if known.insert(problem).inserted { problems.append(problem) }
    }

    /// What to add to a problem about a word that is none of the candidates: the nearest of them, as `NearestWord`
    /// says.
    ///
    /// A list of ten thousand wrong words beside ten thousand right ones is one mistake, made once: the first words get
    /// their hint, and comparing the rest would take minutes.
    public func hint(for word: String, in candidates: some Collection<String>) -> String {
        NearestWord.hint(nearest(to: word, in: candidates), otherwise: candidates)
    }

    /// The candidate that was most likely meant; of a long choice only as long as not too many have been compared.
    public func nearest(to word: String, in candidates: some Collection<String>) -> String? {
        if candidates.count > NearestWord.shortChoice {
            guard comparisons + candidates.count <= 200_000 else { return nil }
            comparisons += candidates.count
        }
        return NearestWord.to(word, in: candidates)
    }

    func note(shape keys: Set<String>, at pattern: String) { shapes[pattern, default: []].formUnion(keys) }
}
