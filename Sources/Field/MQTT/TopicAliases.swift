/// Short numbers for the busiest topics of one connection (MQTT 5, section 3.3.2.3.4): a message that names its alias
/// leaves its topic out.
///
/// A broker ends the connection at an alias that it does not know (0x94). So an alias stands for its topic only once
/// the broker has acknowledged the message that defined it; until then, and where that message was refused, the topic
/// is written out.
struct TopicAliases {
    enum Form: Hashable {
        /// The topic alone.
        case plain
        /// The topic, and the alias that stands for it from the message's PUBACK on.
        case defining(UInt16)
        /// The alias alone.
        case alias(UInt16)
    }

    private struct Entry {
        var alias: UInt16
        /// The message that defines it, until its PUBACK.
        var defining: Int32?
    }

    /// More are not worth the memory that they take in a broker.
    static let most: UInt16 = 256
    /// So many topics are counted; beyond that all counts are halved, and topics that are seldom sent are forgotten.
    private static let mostTopics = 1_024

    private let limit: UInt16
    private var entries: [String: Entry] = [:]
    private var uses: [String: Int] = [:]
    private var given: UInt16 = 0
    /// Aliases whose defining message was refused.
    private var free: [UInt16] = []

    /// - Parameter maximum: the broker's Topic Alias Maximum; 0 where it takes none.
    init(maximum: UInt16) { limit = min(maximum, Self.most) }

    /// How the next message on a topic is written.
    mutating func form(of topic: String) -> Form {
        guard limit > 0 else { return .plain }
        let count = uses[topic, default: 0] + 1
        uses[topic] = count
        if uses.count > Self.mostTopics || count > 1 << 20 { uses = uses.mapValues { $0 / 2 }.filter { $0.value > 0 } }
        if let entry = entries[topic] { return entry.defining == nil ? .alias(entry.alias) : .plain }
        // A topic that is sent once, as those of closed windows, is not worth an alias.
        guard count > 1 else { return .plain }
        if let alias = free.last ?? (given < limit ? given + 1 : nil) { return .defining(alias) }
        guard let seldom = entries.filter({ $0.value.defining == nil }).min(by: { use($0.key) < use($1.key) }),
            count > 2 * use(seldom.key) + 2
        else { return .plain }
        return .defining(seldom.value.alias)
    }

    private func use(_ topic: String) -> Int { uses[topic] ?? 0 }

    /// The library has taken the message under that packet identifier.
    mutating func sent(_ topic: String, as form: Form, packet: Int32) {
        guard case .defining(let alias) = form else { return }
        if let old = entries.first(where: { $0.value.alias == alias })?.key { entries[old] = nil }
        free.removeAll { $0 == alias }
        given = max(given, alias)
        entries[topic] = Entry(alias: alias, defining: packet)
    }

    /// The broker has answered a message.
    mutating func answered(packet: Int32, isTaken: Bool) {
        guard limit > 0, let (topic, entry) = entries.first(where: { $0.value.defining == packet }) else { return }
        if isTaken {
            entries[topic]?.defining = nil
        } else {
            entries[topic] = nil
            free.append(entry.alias)
        }
    }

    /// Whether a definition waits for its PUBACK.
    var isDefining: Bool { entries.contains { $0.value.defining != nil } }
}

extension TopicAliases.Form {
    /// The alias that the message names.
    var alias: UInt16? {
        switch self {
        case .plain: nil
        case .defining(let alias), .alias(let alias): alias
        }
    }

    var hidesTopic: Bool { if case .alias = self { true } else { false } }
}
