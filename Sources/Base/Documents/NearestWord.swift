/// Finds the word that a person most likely meant.
public enum NearestWord {
    /// Where no candidate is near, a choice of up to this many is listed in full.
    package static let shortChoice = 16

    /// Returns the nearest candidate; nil when none is near. Near means at most a third as many edits as the word has
    /// letters (at least 1); a swap of neighbours is one edit.
    public static func to(_ word: String, in candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().utf8)
        var best: (word: String, distance: Int)?
        for candidate in candidates {
            let most = min(best?.distance ?? .max, max(1, candidate.utf8.count / 3))
            guard let distance = distance(letters, Array(candidate.lowercased().utf8), atMost: most) else { continue }
            // Among equally near candidates the alphabetically first one wins.
            if let best, distance == best.distance, best.word < candidate { continue }
            best = (candidate, distance)
        }
        return best?.word
    }

    /// Returns `; did you mean "x"?`, or the whole choice where it is short, or nothing.
    public static func hint(for word: String, in candidates: some Collection<String>) -> Message {
        hint(to(word, in: candidates), otherwise: candidates)
    }

    /// As `hint(for:in:)`, but the whole choice is listed however long it is: a mapping has few keys.
    static func hint(forKey word: String, in keys: Set<String>) -> Message {
        if let nearest = to(word, in: keys) { return hint(nearest, otherwise: keys) }
        return keys.isEmpty ? "" : "; known: \(keys.sorted().joined(separator: ", "))"
    }

    static func hint(_ nearest: String?, otherwise candidates: some Collection<String>) -> Message {
        if let nearest { return "; did you mean \"\(nearest)\"?" }
        guard !candidates.isEmpty, candidates.count <= shortChoice else { return "" }
        return "; known: \(candidates.sorted().joined(separator: ", "))"
    }

    /// Returns the optimal string alignment distance; nil where it exceeds `most`.
    private static func distance(_ a: [UInt8], _ b: [UInt8], atMost most: Int) -> Int? {
        guard abs(a.count - b.count) <= most else { return nil }
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        guard a.count <= 64, b.count <= 64 else { return nil }
        var earlier: [Int] = []
        var above = [Int](0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                var value = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { value = min(value, earlier[j - 2] + 1) }
                row.append(value)
            }
            // No later row can be nearer than the nearer of two adjacent rows.
            if min(above.min() ?? 0, row.min() ?? 0) > most { return nil }
            (earlier, above) = (above, row)
        }
        return above[b.count] <= most ? above[b.count] : nil
    }
}
