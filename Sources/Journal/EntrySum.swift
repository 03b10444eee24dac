import Domain

/// A sum over everything that an entry says, as it will be sent: SQLite does not notice a flipped bit inside a row, and an entry
/// with a wrong value, or of another device, must never go out.
///
/// FNV-1a in 64 bits: no defence against an attacker, who could write the sum as well.
struct EntrySum {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// As SQLite keeps it.
    static func of(_ entry: JournalEntry) -> Int64 {
        var sum = EntrySum()
        sum.add(entry.gateway)
        sum.add(entry.epoch)
        sum.add(Int64(bitPattern: entry.seq))
        sum.add(Int64(entry.kind.rawValue))
        sum.add(entry.site ?? "")
        sum.add(entry.device ?? "")
        sum.add(entry.stamp.time.millisecondsSince1970)
        sum.add(entry.stamp.clock.rawValue)
        sum.add(entry.stamp.boot)
        sum.add(entry.stamp.uptime.nanoseconds)
        entry.body.withUnsafeBytes { sum.add($0) }
        return Int64(bitPattern: sum.hash)
    }

    /// Of a saved value and the key that it stands under.
    static func of(_ key: String, _ value: [UInt8]) -> Int64 {
        var sum = EntrySum()
        sum.add(key)
        value.withUnsafeBytes { sum.add($0) }
        return Int64(bitPattern: sum.hash)
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var hash = hash
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        self.hash = hash
    }

    /// With its end, so that what leaves one field and enters the next shows.
    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
        add(Int64(text.utf8.count))
    }

    private mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { add($0) }
    }
}
