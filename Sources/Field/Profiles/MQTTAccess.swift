public import JSON

/// What an MQTT device publishes.
public struct MQTTAccess: Sendable {
    public struct Message: Sendable {
        public var name: String
        /// `{node}` stands for the device's node; `+` and `#` are not allowed.
        public var topic: String
        public var time: MessageTime?
        /// Which end of an interval its time is, where the message is the row of one; nil for any other message.
        public var row: Row?
    }

    /// A message that tells of a whole interval, as long as the device's: its numbers are of that interval alone.
    public enum Row: String, Sendable, CaseIterable {
        case start
        case end
    }

    /// The device's last will and birth.
    public struct Availability: Sendable {
        public var topic: String
        public var online: String
        public var offline: String

        // Byte by byte: to compare Unicode's characters takes quadratic time of a payload that is made for it.
        public func isOnline(_ payload: [UInt8]) -> Bool { payload.elementsEqual(online.utf8) }

        public func isOffline(_ payload: [UInt8]) -> Bool { payload.elementsEqual(offline.utf8) }
    }

    public var messages: [Message]
    public var availability: Availability?
    /// Whether the device reports only what has changed: while it is online, what it said last holds.
    public var reportsChangesOnly: Bool

    /// A topic with its node filled in.
    public static func topic(_ pattern: String, node: String) -> String {
        pattern.split(separator: "{node}", omittingEmptySubsequences: false).joined(separator: node)
    }
}

/// Where a message says when it was made.
public struct MessageTime: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        /// `2026-11-21T09:12:44`, with or without fraction and offset.
        case iso8601
        case epochSeconds = "epoch_s"
        case epochMilliseconds = "epoch_ms"
    }

    /// What a time without an offset is in.
    public enum Zone: Hashable, Sendable {
        case utc
        /// The configuration's `timezone`.
        case gateway
        /// Seconds east of UTC.
        case offset(Int64)
    }

    public var path: JSONPath
    public var format: Format
    public var zone: Zone
}

/// A message that tells of something that happened once.
public struct EventRule: Sendable {
    /// The event's word, `passage` or `weighing`.
    public var name: String
    public var message: Int
    /// Each path's text must be one of these.
    public var when: [(path: JSONPath, accepted: [String])]
    /// What makes the event one and the same, however often it is told.
    public var id: JSONPath
    /// What is kept of it; nothing else is.
    public var data: [(key: String, path: JSONPath)]
    /// Bytes that the id and each value of the data may have: a text's UTF-8, anything else as JSON.
    public var maxLength = Self.usualLength

    /// Ids and lists of zones are shorter.
    static let usualLength = 1_024
}
