/// Random numbers as functions of a seed and a key: the same seed and key give the same number, in any order and on any
/// thread, so that a model is a pure function of time.
struct Chance: Hashable, Sendable {
    let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// An independent source, named.
    func child(_ name: String) -> Chance {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Chance(seed: Self.mix(seed ^ hash))
    }

    func word(_ key: Int64, _ part: Int64 = 0) -> UInt64 {
        Self.mix(Self.mix(seed &+ UInt64(bitPattern: key)) &+ UInt64(bitPattern: part))
    }

    /// Evenly in 0..<1.
    func fraction(_ key: Int64, _ part: Int64 = 0) -> Double {
        Double(word(key, part) >> 11) * 0x1p-53
    }

    func between(_ low: Double, _ high: Double, _ key: Int64, _ part: Int64 = 0) -> Double {
        low + (high - low) * fraction(key, part)
    }

    func choice<T>(_ items: [T], _ key: Int64, _ part: Int64 = 0) -> T {
        items[Int(word(key, part) % UInt64(items.count))]
    }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
