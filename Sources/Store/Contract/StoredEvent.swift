public import Domain
import JSON

/// The contents of a stored event, as values.
public struct StoredEvent: Hashable, Sendable {
    public var name = EventName(rawValue: "")
    public var severity = Severity.info
    public var site: String?
    public var device: String?
    public var sourceTime: Instant?
    public var data: [DataValue.Member] = []
    /// The keys of `data` that are null because the device sent more than its profile's `max_length`.
    public var tooLong: [String] = []

    init() {}

    /// - Returns: nil for an entry that is no event, or whose body this program would not write.
    public init?(_ entry: JournalEntry) {
        var cursor = JSONCursor(entry.body)
        do throws(NotJSON) { try readMembers(&cursor) } catch { return nil }
        if name.rawValue.isEmpty { return nil }
    }

    private mutating func readMembers(_ cursor: inout JSONCursor) throws(NotJSON) {
        try cursor.members { name, cursor throws(NotJSON) in try read(name, from: &cursor) }
        guard cursor.isAtEnd else { throw NotJSON() }
    }

    /// Reads one member of a body; members of a later release are ignored.
    mutating func read(_ member: String, from cursor: inout JSONCursor) throws(NotJSON) {
        switch member {
        case "event": name = EventName(rawValue: try cursor.string())
        case "severity": severity = Severity(rawValue: try cursor.string()) ?? .info
        case "site": site = try cursor.string()
        case "device": device = try cursor.string()
        case "source_time": sourceTime = try cursor.instant()
        case "data":
            guard case .object(let members) = try cursor.value() else { throw NotJSON() }
            data = members
        case "too_long":
            guard case .array(let keys) = try cursor.value() else { throw NotJSON() }
            tooLong = keys.compactMap { if case .string(let key) = $0 { key } else { nil } }
        default: _ = try cursor.value()
        }
    }
}
