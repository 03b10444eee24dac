public import JSON

/// What an MQTT device publishes.
public struct MQTTAccess: Sendable {
    public struct Message: Sendable {
        public var name: String
        /// `{node}` stands for the device's node, `+` for a level that does not matter; `#` is not allowed.
        public var topic: String
        /// What stands inside its texts; a part is found in the payload or in an earlier part.
        public var parts: [MessagePart] = []
        public var time: MessageTime?
        /// Where the payload names the device, for a topic that several devices share.
        public var nodeIn: JSONPath?
        /// The end of the interval that its time marks, where the message is a row; nil for any other message.
        public var row: Row?
    }

    /// A message about a whole interval, as long as the device's: its numbers concern that interval alone.
    public enum Row: String, Sendable, CaseIterable {
        case start
        case end
    }

    /// The device's last will and birth.
    public struct Availability: Sendable {
        public var topic: String
        public var online: String
        public var offline: String

        // Byte by byte: comparing Unicode characters takes quadratic time for a payload made for it.
        public func isOnline(_ payload: [UInt8]) -> Bool { payload.elementsEqual(online.utf8) }

        public func isOffline(_ payload: [UInt8]) -> Bool { payload.elementsEqual(offline.utf8) }
    }

    public var messages: [Message]
    public var availability: Availability?
    /// Whether the device reports only changes: while it is online, its last values hold.
    public var reportsChangesOnly: Bool

    /// Returns a topic with its node filled in.
    public static func topic(_ pattern: String, node: String) -> String {
        pattern.split(separator: "{node}", omittingEmptySubsequences: false).joined(separator: node)
    }
}

/// Where a message states when it was made.
public struct MessageTime: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        /// `2026-11-21T09:12:44`, with or without fraction and offset.
        case iso8601
        case epochSeconds = "epoch_s"
        case epochMilliseconds = "epoch_ms"
    }

    /// The time zone of a time without an offset.
    public enum Zone: Hashable, Sendable {
        case utc
        /// The configuration's `timezone`.
        case gateway
        /// Seconds east of UTC.
        case offset(Int64)
    }

    public enum Place: Sendable, CustomStringConvertible {
        /// In the message's JSON.
        case path(JSONPath)
        /// In a part of that name.
        case part(PartPlace, name: String)

        public var description: String {
            switch self {
            case .path(let path): path.description
            case .part(_, let name): name
            }
        }
    }

    public var place: Place
    public var format: Format
    public var zone: Zone
    /// Whether the profile names the zone.
    public var isZoneNamed: Bool
}

/// A message that reports something that happened once.
public struct EventRule: Sendable {
    /// The event's word, `passage` or `weighing`.
    public var name: String
    public var message: Int
    /// The text at each path must be one of these.
    public var when: [(path: JSONPath, accepted: [String])]
    /// Identifies the event, however often it is sent.
    public var id: JSONPath
    /// The data kept from the event; nothing else is kept.
    public var data: [(key: String, path: JSONPath)]
    /// The most bytes of the id and of each value of the data: a text's UTF-8, anything else as JSON.
    public var maxLength = Self.usualLength

    /// Ids and lists of zones are shorter.
    static let usualLength = 1_024
}
