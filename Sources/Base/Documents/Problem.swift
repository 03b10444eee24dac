/// Something wrong in a file that a person wrote: where it is, what is wrong and what would be right.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// Starts at 1; nil when the problem concerns the whole file.
    public var line: Int?
    public var column: Int?
    /// For example `devices.flow-soyo.unit`; empty at the top of the file.
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

/// Collects every problem of one reading run, so that all are reported at once. Only one reader uses it at a time.
public final class ProblemLog {
    public private(set) var problems: [Problem] = []
    private var known: Set<Problem> = []
    private var comparisons = 0
    /// The keys that each mapping may have, by its path with ids as `*`. Tests compare the JSON Schemas with it.
    public private(set) var shapes: [String: Set<String>] = [:]

    public init() {}

    public var isEmpty: Bool { problems.isEmpty }

    public func add(_ problem: Problem) {
        if known.insert(problem).inserted { problems.append(problem) }
    }

    /// Returns what to add to a problem about a word that is no candidate: the nearest candidate, in the form of
    /// `NearestWord`.
    ///
    /// Ten thousand wrong words beside ten thousand right ones are one mistake, made once. Comparing them all would
    /// take minutes, so only the first words get a hint.
    public func hint(for word: String, in candidates: some Collection<String>) -> String {
        NearestWord.hint(nearest(to: word, in: candidates), otherwise: candidates)
    }

    /// Returns the candidate that was most likely meant. In a long choice, only while not too many have been compared.
    public func nearest(to word: String, in candidates: some Collection<String>) -> String? {
        if candidates.count > NearestWord.shortChoice {
            guard comparisons + candidates.count <= 200_000 else { return nil }
            comparisons += candidates.count
        }
        return NearestWord.to(word, in: candidates)
    }

    func note(shape keys: Set<String>, at pattern: String) { shapes[pattern, default: []].formUnion(keys) }
}
