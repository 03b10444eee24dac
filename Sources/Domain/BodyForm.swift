/// A text with gaps: what is the same in the bodies of a device's readings. What stands in the gaps is a body's filling, a fraction
/// of its length, so that a reading waits, is stored and is summed as little more than its digits.
///
/// A filling is the text of each gap, each ended by a line feed, and then what follows the form. JSON text has no bare line feed
/// (RFC 8259, section 7), so it needs no escaping.
public final class BodyForm: Sendable, Hashable {
    public static let end = UInt8(ascii: "\n")

    public let text: [UInt8]
    /// Where in the text each gap is; rising.
    public let gaps: [Int]
    /// Of text and gaps: forms with different ones have different digests, but for one in 2^64.
    public let digest: Int64

    /// - Returns: nil for gaps that do not rise or lie outside the text.
    public init?(text: [UInt8], gaps: [Int]) {
        guard gaps.first ?? 0 >= 0, gaps.last ?? 0 <= text.count, zip(gaps, gaps.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        self.text = text
        self.gaps = gaps
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for number in text.lazy.map(Int.init) + gaps { hash = (hash ^ UInt64(number)) &* 0x100_0000_01B3 }
        digest = Int64(bitPattern: hash)
    }

    public static func == (left: BodyForm, right: BodyForm) -> Bool {
        left === right || (left.digest == right.digest && left.text == right.text && left.gaps == right.gaps)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// Appends the text with its gaps filled. Of a filling that is too short the other gaps stay empty.
    public func write(filling: [UInt8], to json: inout JSONText) {
        text.withUnsafeBytes { text in
            filling.withUnsafeBytes { filling in
                var (done, begin) = (0, 0)
                for gap in gaps {
                    var end = begin
                    while end < filling.count, filling[end] != Self.end { end += 1 }
                    if gap > done { json.raw(UnsafeRawBufferPointer(rebasing: text[done..<gap])) }
                    if end > begin { json.raw(UnsafeRawBufferPointer(rebasing: filling[begin..<end])) }
                    (done, begin) = (gap, min(end + 1, filling.count))
                }
                json.raw(UnsafeRawBufferPointer(rebasing: text[done...]))
                json.raw(UnsafeRawBufferPointer(rebasing: filling[begin...]))
            }
        }
    }
}
