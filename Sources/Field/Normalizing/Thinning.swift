public import Decoding
public import Domain

/// Decides which messages of one topic become readings, where a device is to give at most one in a given time: the
/// first, the last in each such time, and each that brings a change.
///
/// A message that comes within that time of the last kept one is held back. It replaces an earlier held one, which is
/// counted. A change is another text, another Boolean, or a value that was missing or not good before. Numbers alone
/// are no change: their movement is why there are so many messages.
public struct Thinning<Message: Sendable>: Sendable {
    /// A message that becomes a reading.
    public struct Kept: Sendable {
        public var message: Message
        /// How many messages were left out since the previously kept one.
        public var thinned: Int
    }

    /// The part of a value that makes a change.
    private enum Face: Hashable, Sendable {
        case absent
        case missing(Reason)
        case number
        case word(Value)

        init(_ raw: RawValue?) {
            switch raw {
            case nil: self = .absent
            case .missing(let reason): self = .missing(reason)
            case .value(let value):
                switch value {
                case .bool, .string: self = .word(value)
                default: self = .number
                }
            }
        }
    }

    private let pause: Duration
    /// When a message last passed.
    private var keptAt: Uptime?
    private var seen: [Face]?
    private var held: Message?
    private var thinned = 0

    /// - Parameter pause: the least time between two readings, unless there is a change.
    public init(atMostEvery pause: Duration) { self.pause = pause }

    /// Takes a message.
    ///
    /// - Returns: what becomes readings now, in the order of arrival.
    public mutating func take(_ message: Message, values: [RawValue?], at now: Uptime) -> [Kept] {
        var kept = letOut(at: now).map { [$0] } ?? []
        let face = values.map(Face.init)
        let isChange = seen.map { $0 != face } ?? true
        seen = face
        if held != nil { thinned += 1 }
        if !isChange, let keptAt, now < keptAt + pause {
            held = message
        } else {
            held = nil
            kept.append(keep(message, at: now))
        }
        return kept
    }

    /// Returns the held message, once its time has come.
    public mutating func letOut(at now: Uptime) -> Kept? {
        guard let keptAt, keptAt + pause <= now else { return nil }
        return letOutNow(at: now)
    }

    /// Returns the held message at once: before anything that ends or interrupts the device's readings.
    public mutating func letOutNow(at now: Uptime) -> Kept? {
        guard let message = held else { return nil }
        held = nil
        return keep(message, at: now)
    }

    /// The next message counts as the first again: something else was reported about the device.
    public mutating func forget() { seen = nil }

    private mutating func keep(_ message: Message, at now: Uptime) -> Kept {
        defer { thinned = 0 }
        keptAt = now
        return Kept(message: message, thinned: thinned)
    }
}
