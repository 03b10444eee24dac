/// SplitMix64: the same numbers in every run with the same seed.
public struct SeededChance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(_ seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    public mutating func next(in range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

    public mutating func isLucky(oneIn count: Int) -> Bool { next(in: 0..<count) == 0 }

    public mutating func one<Element>(of elements: [Element]) -> Element { elements[next(in: 0..<elements.count)] }

    public mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// The bytes with one to six faults: some flipped, others, missing, doubled, moved in from elsewhere or cut off.
    ///
    /// - Parameter words: bytes that a reader of such data treats specially.
    public mutating func bent(_ bytes: [UInt8], with words: [[UInt8]] = [[0]]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...next(in: 0..<6) {
            let place = next(in: 0..<bytes.count + 1)
            let end = min(bytes.count, place + 1 + next(in: 0..<one(of: [2, 12, 200])))
            switch next(in: 0..<8) {
            case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(next(in: 0..<8))
            case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: next(in: 0..<bytes.count + 1))
            case 4: bytes.insert(contentsOf: self.bytes(1 + next(in: 0..<8)), at: place)
            case 5 where isLucky(oneIn: 3): bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: one(of: words), at: place)
            }
        }
        return bytes
    }
}
