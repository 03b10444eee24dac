public import Domain

/// What a device sends as text over a serial line or a TCP connection: by itself, or in answer to a word.
public struct StreamAccess: Sendable {
    /// One form of what the device sends.
    public struct Frame: Sendable {
        /// What such a frame says about the values.
        public enum Says: Sendable, Hashable {
            /// It carries the values of the points that name it.
            case values
            /// Nothing that any point reads, such as a date or a heading.
            case nothing
            /// The points that name other frames have no value now, and why.
            case bad(Reason)
        }

        public var name: String
        /// Nil where the checksum alone vouches for it, and points name their bytes.
        public var pattern: FramePattern?
        public var says: Says
    }

    /// The factory settings of the device.
    public var line: SerialSettings?
    /// The bytes that begin each frame; empty where none do.
    public var start: [UInt8]
    /// The bytes that end each frame; empty where none do.
    public var end: [UInt8]
    /// The bytes of a whole frame, start and end included; nil where it varies.
    public var length: Int?
    /// What the device must be sent for each frame; nil for a device that sends by itself.
    public var ask: [UInt8]?
    /// For how long an answer is waited for, 1 ms to 60 s.
    public var replyTime: Duration
    public var checksum: FrameChecksum?
    public var frames: [Frame]

    /// The most bytes of a frame: those of scales and weather stations are shorter than 100.
    public static let longestFrame = 512
}

/// What stands between a frame's start and end: literal bytes, and fields by name.
public struct FramePattern: Sendable, Hashable {
    public enum Part: Sendable, Hashable {
        case literal([UInt8])
        /// A field of so many bytes; without a name its bytes are not read.
        case fixed(String?, Int)
        /// A field up to the literal that follows it, or to the end; at least one byte.
        case upToNext(String?)
        /// Any bytes up to the literal that follows, or to the end; none, too.
        case anything
    }

    public var parts: [Part]
    /// As it is written in the profile.
    public var text: String

    /// The names of its fields, in order.
    public var fields: [String] {
        parts.compactMap { part in
            switch part {
            case .fixed(let name, _), .upToNext(let name): name
            case .literal, .anything: nil
            }
        }
    }
}

/// Proves that the bytes of a frame came as they were sent.
public struct FrameChecksum: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// All bytes, exclusive or.
        case xor
        /// The sum of all bytes.
        case sum
        /// The two's complement of the sum: both add up to 0.
        case twosComplement = "twos_complement"
    }

    /// How it is written in the frame.
    public enum Form: String, Sendable, CaseIterable {
        /// Two characters, `0` to `9` and `A` to `F`.
        case hex
        /// One byte.
        case byte
        /// Three decimal digits.
        case decimal

        public var length: Int {
            switch self {
            case .hex: 2
            case .byte: 1
            case .decimal: 3
            }
        }
    }

    public var kind: Kind
    /// First and last byte that it is over, and that it stands in: from 1, or from the frame's end as -1, -2...
    public var over: FrameSpan
    public var at: FrameSpan
    public var form: Form
    /// How many bits of each byte count, 7 or 8; a line of 7 data bits leaves the eighth unsaid.
    public var bits: Int
}

/// Bytes of a frame, counted from 1, or from its end as -1, -2...
public struct FrameSpan: Sendable, Hashable {
    public var first: Int
    public var last: Int

    /// The indices, from 0, in a frame of that many bytes; nil where they are not within it.
    public func range(in count: Int) -> Range<Int>? {
        let from = first < 0 ? count + first : first - 1
        let through = last < 0 ? count + last : last - 1
        guard from >= 0, from <= through, through < count else { return nil }
        return from..<through + 1
    }
}

/// How a value stands in the frames of a stream.
public struct FrameValue: Sendable, Hashable {
    public enum Place: Sendable, Hashable {
        /// A field of the frames' patterns.
        case field(String)
        /// Bytes of the whole frame.
        case bytes(FrameSpan)
    }

    public enum Kind: String, Sendable, CaseIterable {
        /// Digits with or without a sign and a decimal point; blanks only before and after.
        case number
        /// The bytes as one whole number, the first the highest; their bits are fields.
        case bits
        /// Printable characters, without the blanks around them.
        case string
    }

    /// The indices of the frames that carry it.
    public var frames: Set<Int>
    public var place: Place
    public var kind: Kind
    /// The field that holds the number's sign: `-`, or one of `+`, `0` and a blank.
    public var sign: Place?
    /// Whether the device sends the last character first.
    public var isReversed: Bool
    public var decimal: NumberText.DecimalSign
    /// The only texts that may stand there, each with its number; empty where any number may.
    public var words: [String: Int64]
}
