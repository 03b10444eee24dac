import Contract
import Domain

/// A sum over all fields of an entry as it will be sent: SQLite does not notice a flipped bit inside a row, and an
/// entry with a wrong value, or of another device, must never go out.
///
/// It does not protect against an attacker, who could write the sum as well.
struct EntrySum {
    private enum Form {
        /// FNV-1a in 64 bits. Entries used it until schema 4; saved values use it.
        case bytes
        /// One round of xxHash's 64-bit lane for each eight bytes: every change of a single word changes the sum, in a
        /// fifth of the time.
        case words
    }

    private let form: Form
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    private init(_ form: Form) { self.form = form }

    /// The sum in the form that SQLite keeps.
    static func of(_ entry: JournalEntry) -> Int64 { of(entry, .words) }

    /// Whether that is the entry's sum, also of an earlier schema.
    static func isRight(_ sum: Int64, of entry: JournalEntry) -> Bool {
        sum == of(entry, .words) || sum == of(entry, .bytes)
    }

    private static func of(_ entry: JournalEntry, _ form: Form) -> Int64 {
        var sum = EntrySum(form)
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
        entry.content.withUnsafeBytes { sum.add($0) }
        if form == .words { sum.add(Int64(entry.content.count)) }
        if let form = entry.form { sum.add(form.digest) }
        return Int64(bitPattern: sum.hash)
    }

    /// The sum of a saved value and its key.
    static func of(_ key: String, _ value: [UInt8]) -> Int64 {
        var sum = EntrySum(.bytes)
        sum.add(key)
        value.withUnsafeBytes { sum.add($0) }
        return Int64(bitPattern: sum.hash)
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var hash = hash
        switch form {
        case .bytes:
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        case .words:
            let whole = bytes.count & ~7
            for place in stride(from: 0, to: whole, by: 8) {
                hash = Self.round(hash, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
            }
            var rest: UInt64 = 0
            for byte in bytes[whole...].reversed() { rest = rest << 8 | UInt64(byte) }
            if whole < bytes.count { hash = Self.round(hash, rest) }
        }
        self.hash = hash
    }

    private static func round(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = hash ^ (word &* 0xC2B2_AE3D_27D4_EB4F)
        return (mixed << 31 | mixed >> 33) &* 0x9E37_79B1_85EB_CA87
    }

    /// Includes the end of the text, so that a shift from one field into the next shows.
    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
        add(Int64(text.utf8.count))
    }

    private mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { add($0) }
    }
}
