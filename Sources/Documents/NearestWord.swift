/// Finds the word that a person most likely meant.
public enum NearestWord {
    /// The candidate within a third of its letters of edits (at least 1, neighbours swapped count once); nil when none is
    /// near.
    public static func to(_ word: String, in candidates: some Sequence<String>) -> String? {
        var best: (word: String, distance: Int)?
        for candidate in candidates.sorted() {
            let distance = distance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
            if distance <= max(1, candidate.utf8.count / 3), distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.word
    }

    /// ` (did you mean "x"?)`, or the whole choice where it is short, or nothing.
    public static func hint(for word: String, in candidates: some Collection<String>) -> String {
        if let nearest = to(word, in: candidates) { return "; did you mean \"\(nearest)\"?" }
        guard !candidates.isEmpty, candidates.count <= 16 else { return "" }
        return "; known: \(candidates.sorted().joined(separator: ", "))"
    }

    /// Optimal string alignment distance.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        guard a.count <= 64, b.count <= 64 else { return .max }
        var rows = [[Int](0...b.count)]
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                var value = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    value = min(value, rows[i - 2][j - 2] + 1)
                }
                row.append(value)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
