/// A topic in which `+` stands for any one level, as MQTT has it (5.0, section 4.7.1).
public struct TopicFilter: Hashable, Sendable, CustomStringConvertible {
    let levels: [ExactText]

    public init(_ text: String) { levels = Self.levels(of: text) }

    private init(levels: [ExactText]) { self.levels = levels }

    static let any = ExactText("+")

    /// Split byte by byte: a character of Unicode may hold the slash.
    public static func levels(of text: String) -> [ExactText] {
        text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { ExactText(String(Substring($0))) }
    }

    public var description: String { levels.map(\.text).joined(separator: "/") }

    /// Whether it has a `+`.
    public var isPattern: Bool { levels.contains(Self.any) }

    public func matches(_ topic: String) -> Bool { overlaps(TopicFilter(topic)) }

    /// Whether some topic matches both.
    public func overlaps(_ other: TopicFilter) -> Bool {
        levels.count == other.levels.count
            && zip(levels, other.levels).allSatisfy { $0 == $1 || $0 == Self.any || $1 == Self.any }
    }

    /// The narrowest filter that matches all that either of two filters of the same length matches.
    private func joined(with other: TopicFilter) -> TopicFilter {
        TopicFilter(levels: zip(levels, other.levels).map { $0 == $1 ? $0 : Self.any })
    }

    /// Returns filters that match all of these, no two of which match the same topic: a broker may send a message once
    /// for each subscription that matches it, and a reading must not come twice.
    ///
    /// - Parameter filters: at most a few thousand, of which few have a `+`.
    public static func subscriptions(_ filters: some Sequence<TopicFilter>) -> [TopicFilter] {
        var exact: Set<TopicFilter> = []
        var patterns: [TopicFilter] = []
        for filter in filters {
            guard filter.isPattern else {
                exact.insert(filter)
                continue
            }
            var filter = filter
            // A wider pattern may reach others that the narrower ones did not.
            while let index = patterns.firstIndex(where: { $0.overlaps(filter) }) {
                filter = filter.joined(with: patterns.remove(at: index))
            }
            patterns.append(filter)
        }
        return patterns + exact.filter { exact in !patterns.contains { $0.overlaps(exact) } }
    }
}
