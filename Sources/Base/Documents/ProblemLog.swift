/// Collects every problem of one reading run, so that all are reported at once. Only one reader uses it at a time.
public final class ProblemLog {
    public private(set) var problems: [Problem] = []
    /// What cannot work, but did not stop the gateways of earlier releases: `gateway check` refuses it, a start does
    /// not.
    public private(set) var slips: [Problem] = []
    /// What stops nothing, but is hardly what was meant.
    public private(set) var advice: [Problem] = []
    private var known: Set<Problem> = []
    private var comparisons = 0
    /// The keys that each mapping may have, by its path with ids as `*`. Tests compare the JSON Schemas with it.
    public private(set) var shapes: [String: Set<String>] = [:]

    public init() {}

    public var isEmpty: Bool { problems.isEmpty }

    public func add(_ problem: Problem) {
        if known.insert(problem).inserted { problems.append(problem) }
    }

    public func addSlip(_ problem: Problem) {
        if known.insert(problem).inserted { slips.append(problem) }
    }

    /// Makes a problem of a slip.
    public func refuse(_ slip: Problem) {
        if !problems.contains(slip) { problems.append(slip) }
    }

    public func advise(_ problem: Problem) {
        if known.insert(problem).inserted { advice.append(problem) }
    }

    /// Returns what to add to a problem about a word that is no candidate: the nearest candidate, in the form of
    /// `NearestWord`.
    ///
    /// Ten thousand wrong words beside ten thousand right ones are one mistake, made once. Comparing them all would
    /// take minutes, so only the first words get a hint.
    public func hint(for word: String, in candidates: some Collection<String>) -> Message {
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
