public import Decoding
public import Domain

/// Decides which messages of one topic become readings, where a device is to give at most one in so much time: the
/// first, the last of each such time, and each that brings a change.
///
/// A message that comes within that time of the last kept one is held back, and takes the place of an earlier held one,
/// which is counted. A change is another text, another bool, or a value that is there, or good, and was not. Numbers
/// alone are no change: that they move is why there are so many messages.
public struct Thinning<Message: Sendable>: Sendable {
    /// A message that becomes a reading.
    public struct Kept: Sendable {
        public var message: Message
        /// How many messages were left out since the one kept before.
        public var thinned: Int
    }

    /// What of a value makes a change.
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
    /// When a message was last let through.
    private var keptAt: Uptime?
    private var seen: [Face]?
    private var held: Message?
    private var thinned = 0

    /// - Parameter pause: at least so much time lies between two readings, unless there is a change.
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

    /// What is held back, once its time has come.
    public mutating func letOut(at now: Uptime) -> Kept? {
        guard let keptAt, keptAt + pause <= now else { return nil }
        return letOutNow(at: now)
    }

    /// What is held back, at once: before whatever ends or interrupts the device's readings.
    public mutating func letOutNow(at now: Uptime) -> Kept? {
        guard let message = held else { return nil }
        held = nil
        return keep(message, at: now)
    }

    /// The next message is the first again: something else was told of the device.
    public mutating func forget() { seen = nil }

    private mutating func keep(_ message: Message, at now: Uptime) -> Kept {
        defer { thinned = 0 }
        keptAt = now
        return Kept(message: message, thinned: thinned)
    }
}
