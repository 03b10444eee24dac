public import JSON

/// A text with gaps: the common part of the bodies of a device's readings. The contents of the gaps are a body's
/// filling, a fraction of its length, so that a reading waits, is stored and is summed as little more than its digits.
///
/// A filling is the text of each gap, each ended by a line feed, and then the text that follows the form. JSON text has
/// no bare line feed (RFC 8259, section 7), so it needs no escaping.
public final class BodyForm: Sendable, Hashable {
    public static let end = UInt8(ascii: "\n")

    public let text: [UInt8]
    /// The positions of the gaps in the text; rising.
    public let gaps: [Int]
    /// The digest of text and gaps: different forms have different digests, except for one in 2^64.
    public let digest: Int64
    /// The points that the gaps belong to, two gaps each; nil for a text of another kind.
    let layout: [PointGaps]?

    /// - Returns: nil for gaps that do not rise or lie outside the text.
    public convenience init?(text: [UInt8], gaps: [Int]) {
        guard gaps.first ?? 0 >= 0, gaps.last ?? 0 <= text.count, zip(gaps, gaps.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        self.init(rising: gaps, in: text)
    }

    /// - Parameter gaps: rising, and within the text.
    init(rising gaps: [Int], in text: [UInt8]) {
        self.text = text
        self.gaps = gaps
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for number in text.lazy.map(Int.init) + gaps { hash = (hash ^ UInt64(number)) &* 0x100_0000_01B3 }
        digest = Int64(bitPattern: hash)
        layout = Self.layout(of: text, gaps)
    }

    public static func == (left: BodyForm, right: BodyForm) -> Bool {
        left === right || (left.digest == right.digest && left.text == right.text && left.gaps == right.gaps)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// Appends the text with its gaps filled. If a filling is too short, the other gaps stay empty.
    public func write(filling: [UInt8], to json: inout JSONText) {
        json.raw(atMost: text.count + filling.count) { place in
            text.withUnsafeBytes { text in
                filling.withUnsafeBytes { filling in
                    gaps.withUnsafeBufferPointer { Self.fill(text, $0, with: filling, at: place) }
                }
            }
        }
    }

    /// - Returns: how many bytes it wrote.
    private static func fill(
        _ text: UnsafeRawBufferPointer,
        _ gaps: UnsafeBufferPointer<Int>,
        with filling: UnsafeRawBufferPointer,
        at place: UnsafeMutableRawPointer
    ) -> Int {
        var behind = place
        func copy(_ piece: Slice<UnsafeRawBufferPointer>) {
            guard let start = UnsafeRawBufferPointer(rebasing: piece).baseAddress else { return }
            behind.copyMemory(from: start, byteCount: piece.count)
            behind += piece.count
        }
        var (copied, next) = (0, 0)
        for gap in gaps {
            guard next < filling.count else { break }
            // Around an empty gap the text continues in one piece.
            if filling[next] != end {
                copy(text[copied..<gap])
                copied = gap
                // A gap holds few digits: copying byte by byte costs less than a search for the end and a block copy.
                while next < filling.count, filling[next] != end {
                    behind.storeBytes(of: filling[next], as: UInt8.self)
                    behind += 1
                    next += 1
                }
            }
            next += 1
        }
        copy(text[copied...])
        copy(filling[min(next, filling.count)...])
        return behind - place
    }
}
