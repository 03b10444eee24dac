public import Domain

extension MQTTAccess {
    /// Returns what devices with these nodes subscribe to for one of the profile's topics. A topic with `+` is
    /// subscribed once for all of them.
    public static func filters(_ pattern: String, nodes: some Collection<String>) -> Set<TopicFilter> {
        let own = Set(nodes.map { TopicFilter(topic(pattern, node: $0)) })
        guard TopicFilter(pattern).isPattern, own.count > 1 else { return own }
        return Set(
            nodes.map { node in
                let levels = TopicFilter.levels(of: node).map { _ in "{node}" }
                let marked = TopicFilter.levels(of: topic(pattern, node: levels.joined(separator: "/")))
                return TopicFilter(marked.map { $0.text.contains("{node}") ? "+" : $0.text }.joined(separator: "/"))
            }
        )
    }

    /// The index of the message that comes on a topic, written as in the profile or as the device sends it.
    public func message(on topic: String) -> Int? {
        messages.firstIndex { $0.topic == topic }
            ?? messages.firstIndex { Self.node(in: topic, of: $0.topic) != nil }
    }

    /// Returns the node for which a topic of the profile is this one; nil where it is none.
    public static func node(in topic: String, of pattern: String) -> String? {
        guard pattern.contains("{node}") else { return TopicFilter(pattern).matches(topic) ? "" : nil }
        let levels = TopicFilter.levels(of: topic).map(\.text)
        let wanted = TopicFilter.levels(of: pattern).map(\.text)
        guard let place = wanted.firstIndex(where: { $0.contains("{node}") }) else { return nil }
        // A node may have several levels; where the pattern names it more than once, each has as many.
        let uses = wanted.filter { $0.contains("{node}") }.count
        guard levels.count >= wanted.count, (levels.count - wanted.count).isMultiple(of: uses) else { return nil }
        let extra = (levels.count - wanted.count) / uses
        guard let mark = wanted[place].firstRange(of: "{node}") else { return nil }
        let before = wanted[place][..<mark.lowerBound]
        let after = wanted[place][mark.upperBound...]
        let rest = levels[place...place + extra].joined(separator: "/")
        let repeated = after.contains("{node}")
        guard rest.hasPrefix(before), rest.count > before.count else { return nil }
        let node: Substring
        if repeated {
            guard let next = after.firstRange(of: "{node}"), next.lowerBound > after.startIndex,
                let end = rest.dropFirst(before.count).firstRange(of: after[..<next.lowerBound])
            else { return nil }
            node = rest.dropFirst(before.count)[..<end.lowerBound]
        } else {
            guard rest.hasSuffix(after), rest.count > before.count + after.count else { return nil }
            node = rest.dropFirst(before.count).dropLast(after.count)
        }
        guard !node.isEmpty, TopicFilter(self.topic(pattern, node: String(node))).matches(topic) else { return nil }
        return String(node)
    }
}
