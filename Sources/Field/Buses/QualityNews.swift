import Domain

/// What is worth a log line about the values of a device: each time something else keeps them from being good.
struct QualityNews: Sendable {
    struct Change: Hashable, Sendable {
        var points: [String]
        /// What was found in place of what is needed; nil where the values are vouched for again.
        var why: String?
    }

    /// What was found for each point, by its index in the shape.
    private var known: [Int: String] = [:]

    /// Takes a reading; a point that it does not carry stays as it was.
    mutating func take(_ reading: Reading) -> [Change] {
        var changes: [Change] = []
        for (index, sample) in reading.samples.enumerated() {
            guard let sample, known[index] != sample.why else { continue }
            // A reading without values, such as one of a lost reply, says nothing about the condition.
            guard sample.why != nil || sample.value != nil else { continue }
            known[index] = sample.why
            let name = reading.shape.points[index].name
            if let place = changes.firstIndex(where: { $0.why == sample.why }) {
                changes[place].points.append(name)
            } else {
                changes.append(Change(points: [name], why: sample.why))
            }
        }
        return changes
    }
}
