public import JSON

/// What stands inside a text of a message, or is its payload in another form: JSON within a JSON string, a list with
/// separators, bytes in base64 or hexadecimal.
///
/// Places within lists and bytes count from 1, as manuals print them; indices in paths count from 0, as in JSON.
public struct MessagePart: Sendable {
    /// How bytes stand in a message.
    public enum Encoding: String, Sendable, CaseIterable {
        case base64
        /// Two digits a byte; `0x` may stand before them, and blanks, colons or hyphens between bytes.
        case hex
        /// The bytes themselves: a payload that is no text.
        case bytes
    }

    public enum Kind: Sendable {
        case json
        case list(ListForm)
        /// Bytes at fixed places.
        case frame(Encoding)
        /// Bytes in which each value follows the id of its channel, in any order.
        case channels(Encoding, [Channel])
    }

    public struct ListForm: Sendable {
        /// A blank stands for any number of blanks.
        public var separator: String
        /// What stands between an item's name and its value, where items have names.
        public var pairs: String?
    }

    /// A value that follows its id.
    public struct Channel: Sendable {
        public enum Length: Hashable, Sendable {
            case fixed(Int)
            /// The byte after the id says how many bytes follow it.
            case counted
            /// Everything to the end.
            case rest
        }

        public var name: String
        public var id: [UInt8]
        public var length: Length
    }

    public var name: String
    public var source: PartSource
    public var kind: Kind
    /// The order of bytes in its numbers; a point may have its own.
    public var byteOrder: ByteOrder?
    /// How many bytes or items a whole one has; nil: at least those that the profile reads. With a range, those beyond
    /// its least number may be missing.
    public var length: ClosedRange<Int>?
    /// Another beginning (bytes, or a text's UTF-8) shows another kind of message: the part is not there.
    public var begins: [UInt8] = []
    /// Values of the message's JSON; where one differs, the part is not there.
    public var when: [PathCondition] = []
}

/// Texts of which one must stand at a path.
public struct PathCondition: Sendable {
    public var path: JSONPath
    public var accepted: [String]
}

/// Where a part is found.
public enum PartSource: Sendable {
    /// In the message's JSON, or the whole payload.
    case payload(JSONPath?)
    /// In an earlier part of the message.
    case part(Int, PartLocator)
}

/// Where a value is found within a part.
public enum PartLocator: Hashable, Sendable {
    case whole
    /// In JSON.
    case path(JSONPath)
    /// An item of a list; the first is 1.
    case item(Int)
    /// An item of a list by its name.
    case named(String)
    /// Bytes of a frame; the first is 1.
    case bytes(ClosedRange<Int>)
    /// A channel's value, by the channel's index, or some of its bytes; the first is 1.
    case channel(Int, bytes: ClosedRange<Int>?)
}

/// Where a value is found in a message that has parts, and how it is written there.
public struct PartPlace: Sendable {
    public enum Form: Sendable {
        case text(Point.MessageValue)
        case bytes(ByteType, ByteOrder)
    }

    /// The index of the message in the profile.
    public var message: Int
    /// The index of the part in the message.
    public var part: Int
    public var locator: PartLocator
    public var form: Form
}

extension Point.Origin {
    /// The index of the message that carries the value; nil for any other place.
    public var message: Int? {
        switch self {
        case .message(let message, _, _): message
        case .part(let place): place.message
        case .registers, .field, .weir: nil
        }
    }

    /// The type of the number that bytes of a message hold; nil for any other place.
    public var byteType: ByteType? {
        guard case .part(let place) = self, case .bytes(let type, _) = place.form else { return nil }
        return type
    }

    /// How a message's text is read; nil for a value that is no text.
    public var messageValue: Point.MessageValue? {
        switch self {
        case .message(_, _, let type): return type
        case .part(let place):
            switch place.form {
            case .text(let type): return type
            case .bytes(let type, _):
                return type.kind == .text ? .number : type.isText ? .string : nil
            }
        case .registers, .field, .weir: return nil
        }
    }
}
