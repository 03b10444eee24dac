/// A text that is compared, ordered and hashed byte by byte: for look-ups of text that a peer sends.
///
/// Strings that are equal to Unicode may have different bytes. Finding that out takes quadratic time for a text made
/// for it: 28 s for 256 KiB of combining marks.
public struct ExactText: Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

extension ExactText: Hashable {
    public static func == (a: ExactText, b: ExactText) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)  // no byte of a text: where one ends and the next begins shows
    }
}

extension ExactText: Comparable {
    public static func < (a: ExactText, b: ExactText) -> Bool {
        a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }
}
