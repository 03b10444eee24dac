import Domain

/// A frame of a stream, or bytes that are none, and what they say.
public struct StreamFrame: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        /// One for each point of the profile; nil where the frame does not carry it.
        case values([RawValue?])
        /// A frame that says nothing about the values.
        case nothing
        case damaged(StreamFlaw)
    }

    public var bytes: [UInt8]
    /// The index of the frame's form in the profile; nil where it has none.
    public var form: Int?
    public var outcome: Outcome

    /// The values, where it is a frame that says something about them.
    public var values: [RawValue?]? {
        guard case .values(let values) = outcome else { return nil }
        return values
    }

    public var flaw: StreamFlaw? {
        guard case .damaged(let flaw) = outcome else { return nil }
        return flaw
    }
}

/// Why bytes are no frame of the profile.
public enum StreamFlaw: Hashable, Sendable {
    /// A frame that has no end, or another length than the profile says.
    case length(Int)
    /// No frame begins in them, or none ends.
    case unframed
    /// The checksum in the frame, and that of its bytes.
    case checksum(found: [UInt8], computed: UInt8)
    /// Something else stands at that byte, counted from 1, than the profile's pattern says.
    case pattern(at: Int, wanted: [UInt8])
    /// The bytes of that point are no number, or none of its words.
    case value(point: String, bytes: [UInt8])
}
