public import Contract
public import Domain
import Journal

/// A journal's entry as the indicators use it, just appended or read again from the disk.
public struct Observation: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        case reading([PointObservation])
        case event(EventObservation)
    }

    public var row: Int64
    public var epoch: String
    public var seq: UInt64
    /// Nil for the gateway's own events.
    public var device: String?
    public var stamp: Stamp
    /// The device's own time, which decides the window.
    public var sourceTime: Instant?
    public var content: Content
    /// How many readings before this one were held, as its row says, and when the last of them was made.
    var held = 0
    var heldUntil: Instant?
    /// The points of a reading that may be held, as a number, where `content` has the wanted ones alone.
    private var allCarried: Int64?

    /// - Parameter wanted: points that a figure takes; others are left out.
    public init(_ entry: JournalEntry, _ reading: Reading, wanted: Set<String>) {
        self.init(entry, sourceTime: reading.sourceTime, .reading([]))
        var points: [PointObservation] = []
        for (face, sample) in zip(reading.shape.points, reading.samples) {
            guard let sample, wanted.contains(face.name) else { continue }
            points.append(PointObservation(face.name, sample))
        }
        content = .reading(points)
        (held, heldUntil) = (reading.held, reading.heldUntil)
        if reading.shape.sends != nil { allCarried = Self.carried(reading) }
    }

    /// A reading that is held, and has no row.
    public init(held reading: Reading, wanted: Set<String>) {
        let none = JournalEntry(
            row: 0,
            gateway: "",
            epoch: "",
            seq: 0,
            kind: .reading,
            site: reading.shape.site,
            device: reading.shape.device,
            stamp: reading.stamp,
            content: []
        )
        self.init(none, reading, wanted: wanted)
    }

    /// A number that is the same for readings with the same points.
    var carried: Int64 {
        if let allCarried { return allCarried }
        guard case .reading(let points) = content else { return 0 }
        return Self.carried(points.lazy.map(\.name))
    }

    private static func carried(_ reading: Reading) -> Int64 {
        carried(zip(reading.shape.points, reading.samples).lazy.filter { $1 != nil }.map(\.0.name))
    }

    /// FNV-1a over the names.
    private static func carried(_ names: some Sequence<String>) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for name in names {
            for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0x2C) &* 0x100_0000_01B3
        }
        return Int64(bitPattern: hash)
    }

    public init(_ entry: JournalEntry, _ event: Event) {
        self.init(entry, sourceTime: event.sourceTime, .event(EventObservation(event)))
    }

    /// - Parameter reading: an entry as the journal has stored it; nil when this program does not write such entries.
    public init?(reading entry: JournalEntry) {
        if entry.kind == .reading {
            guard let reading = StoredReading(entry) else { return nil }
            self.init(entry, sourceTime: reading.sourceTime, .reading(reading.points.map(PointObservation.init)))
            (held, heldUntil) = (reading.held, reading.heldUntil)
        } else {
            guard let event = StoredEvent(entry) else { return nil }
            self.init(entry, sourceTime: event.sourceTime, .event(EventObservation(event.name, event.data)))
        }
    }

    init(_ entry: JournalEntry, sourceTime: Instant?, _ content: Content) {
        row = entry.row
        epoch = entry.epoch
        seq = entry.seq
        device = entry.device
        stamp = entry.stamp
        self.sourceTime = sourceTime
        self.content = content
    }
}

/// What a reading contains about one point.
public struct PointObservation: Sendable, Hashable {
    public var name: String
    /// Nil when unknown, or no number.
    public var value: Fixed?
    public var quality: Quality
    public var increase: Fixed?
    public var since: Instant?
    /// Why it is not good.
    public var reason: Reason?

    init(_ name: String, _ sample: Sample) {
        self.init(
            name: name,
            value: sample.value?.decimal.flatMap { Fixed($0) },
            quality: sample.quality,
            increase: sample.increase?.decimal.flatMap { Fixed($0) },
            since: sample.since,
            reason: sample.reason
        )
    }

    init(_ point: StoredReading.Point) {
        self.init(
            name: point.name,
            value: point.value?.decimal.flatMap { Fixed($0) },
            quality: point.quality,
            increase: point.increase?.decimal.flatMap { Fixed($0) },
            since: point.since,
            reason: point.reason
        )
    }

    init(
        name: String,
        value: Fixed?,
        quality: Quality,
        increase: Fixed?,
        since: Instant?,
        reason: Reason? = nil
    ) {
        self.name = name
        // Numbers larger than anything measured would overflow the sums of a year.
        let isMeasurable = (value?.isMeasurable ?? true) && (increase?.isMeasurable ?? true)
        self.value = isMeasurable ? value : nil
        self.quality = isMeasurable ? quality : .bad
        self.increase = isMeasurable ? increase : nil
        self.since = since
        self.reason = reason
    }
}

/// What an event contains: the scalars of its data, members of objects as `outer.inner`.
public struct EventObservation: Sendable, Hashable {
    public var name: EventName
    public var words: [String: String] = [:]
    public var numbers: [String: Fixed] = [:]

    init(_ event: Event) { self.init(event.name, event.data.map { .init($0.key, $0.value) }) }

    init(_ name: EventName, _ data: [DataValue.Member]) {
        self.name = name
        for member in data { add(member.value, member.key) }
    }

    private mutating func add(_ value: DataValue, _ key: String) {
        switch value {
        case .string(let text), .number(.string(let text)): words[key] = text
        case .number(let number): numbers[key] = number.decimal.flatMap { Fixed($0) }
        case .bool(let bool): numbers[key] = Fixed(bool ? 1 : 0)
        case .object(let members): for member in members { add(member.value, key + "." + member.key) }
        case .null, .array: break
        }
    }
}
