public import Domain
import JSON

/// The contents of a stored reading, as values: the one view for figures, exports and other formats.
///
/// A reading that fills its device's form returns its values without parsing: the form names the points, and each gap
/// holds one value. The others, which carried only some of the points, are read from their text.
public struct StoredReading: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var name: String
        /// The published unit's UCUM code.
        public var unit: String?
        /// Nil when unknown.
        public var value: Value?
        public var quality = Quality.good
        /// Why it is not good; nil also for a word of a later release.
        public var reason: Reason?
        /// For a counter: what was added since `since`, in the published unit.
        public var increase: Value?
        public var since: Instant?
        /// The named parts of a status word.
        public var fields: [Field] = []

        public init(name: String, unit: String? = nil) {
            self.name = name
            self.unit = unit
        }
    }

    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: UInt64
    }

    public var points: [Point] = []
    public var missed = 0
    public var thinned = 0
    /// How many readings before this one said the same as the row before.
    public var held = 0
    /// When the last of them was made.
    public var heldUntil: Instant?
    public var spread: Duration?
    public var sourceTime: Instant?

    init() {}

    /// - Returns: nil for an entry that is no reading, or whose body this program would not write.
    public init?(_ entry: JournalEntry) {
        do throws(NotJSON) {
            if let form = entry.form, let layout = form.layout {
                try fill(layout, with: entry.content)
            } else {
                var cursor = JSONCursor(entry.body)
                guard cursor.isAt("\"points\":") else { return nil }
                try readMembers(&cursor)
            }
        } catch {
            return nil
        }
    }

    private mutating func fill(_ layout: [BodyForm.PointGaps], with filling: [UInt8]) throws(NotJSON) {
        points.reserveCapacity(layout.count)
        var place = 0
        /// Returns the range of the next gap's text.
        func gap() -> Range<Int> {
            let start = place
            while place < filling.count, filling[place] != BodyForm.end { place += 1 }
            defer { place = min(place + 1, filling.count) }
            return start..<place
        }
        for gaps in layout {
            var point = Point(name: gaps.name, unit: gaps.unit)
            var cursor = JSONCursor(filling, in: gap())
            point.value = try cursor.scalar()
            let more = gap()
            if !more.isEmpty {
                cursor = JSONCursor(filling, in: more)
                try point.readMembers(&cursor)
            }
            points.append(point)
        }
        var rest = JSONCursor(filling, in: place..<filling.count)
        try readMembers(&rest)
    }

    private mutating func readMembers(_ cursor: inout JSONCursor) throws(NotJSON) {
        try cursor.members { name, cursor throws(NotJSON) in try read(name, from: &cursor) }
        guard cursor.isAtEnd else { throw NotJSON() }
    }

    /// Reads one member of a body; members of a later release are ignored.
    mutating func read(_ name: String, from cursor: inout JSONCursor) throws(NotJSON) {
        switch name {
        case "points": try readPoints(&cursor)
        case "missed": missed = try cursor.integer()
        case "thinned": thinned = try cursor.integer()
        case "held": held = try cursor.integer()
        case "held_until": heldUntil = try cursor.instant()
        case "spread_ms": spread = .milliseconds(try cursor.integer())
        case "source_time": sourceTime = try cursor.instant()
        default: _ = try cursor.value()
        }
    }

    private mutating func readPoints(_ cursor: inout JSONCursor) throws(NotJSON) {
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            var point = Point(name: name)
            try cursor.expect("{")
            try point.readMembers(&cursor)
            try cursor.expect("}")
            points.append(point)
        }
        try cursor.expect("}")
    }
}

extension StoredReading.Point {
    fileprivate mutating func readMembers(_ cursor: inout JSONCursor) throws(NotJSON) {
        try cursor.members { name, cursor throws(NotJSON) in
            switch name {
            case "value": value = try cursor.scalar()
            case "unit": unit = try cursor.string()
            case "quality": quality = Quality(rawValue: try cursor.string()) ?? .bad
            case "reason": reason = Reason(word: try cursor.string())
            case "increase": increase = try cursor.scalar()
            case "since": since = try cursor.instant()
            case "fields": try readFields(&cursor)
            default: _ = try cursor.value()
            }
        }
    }

    private mutating func readFields(_ cursor: inout JSONCursor) throws(NotJSON) {
        try cursor.expect("{")
        try cursor.members { name, cursor throws(NotJSON) in
            let word = try cursor.scalar()?.word
            if let word { fields.append(.init(name: name, value: word)) }
        }
        try cursor.expect("}")
    }
}
