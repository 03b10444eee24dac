/// A part of a message that is not what the profile says: none of its values is one.
public struct PartFault: Hashable, Sendable {
    /// The part's name.
    public var part: String
    /// What is wrong: `channel 06 67 at byte 4 is not known`.
    public var why: String

    public init(part: String, why: String) {
        self.part = part
        self.why = why
    }

    /// For people and for the `why` of a reading's value.
    public var words: String { "part \(part): \(why)" }
}
