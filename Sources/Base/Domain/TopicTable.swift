/// What belongs to a topic, by the filters that match it. A topic without patterns takes one look-up, and each way of
/// placing `+` one more, however many filters there are.
public struct TopicTable<Value: Sendable>: Sendable {
    private struct Shape: Hashable, Sendable {
        var count: Int
        var anyAt: [Int]
    }

    private var exact: [ExactText: [Value]] = [:]
    private var patterns: [ExactText: [Value]] = [:]
    private var shapes: [Int: [Shape]] = [:]

    public init() {}

    public mutating func add(_ value: Value, at filter: TopicFilter) {
        guard filter.isPattern else {
            exact[ExactText(filter.description), default: []].append(value)
            return
        }
        let anyAt = filter.levels.indices.filter { filter.levels[$0] == TopicFilter.any }
        let shape = Shape(count: filter.levels.count, anyAt: anyAt)
        if shapes[shape.count]?.contains(shape) != true { shapes[shape.count, default: []].append(shape) }
        patterns[ExactText(filter.description), default: []].append(value)
    }

    public subscript(topic: String) -> [Value] {
        var found = exact[ExactText(topic)] ?? []
        guard !shapes.isEmpty else { return found }
        let levels = TopicFilter.levels(of: topic)
        for shape in shapes[levels.count] ?? [] {
            var filled = levels
            for index in shape.anyAt { filled[index] = TopicFilter.any }
            found += patterns[ExactText(filled.map(\.text).joined(separator: "/"))] ?? []
        }
        return found
    }
}
