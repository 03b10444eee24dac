import Contract

/// How much each device holds of a bounded resource, so that at the bound the largest holders give first.
struct Holdings: Sendable {
    struct Part: Sendable {
        /// Bytes, or entries.
        var amount: Int64
        /// The device has no entry below this row.
        var from: Int64
    }

    /// The gateway's own entries belong to no part: they are few, and they report what was lost.
    private(set) var parts: [JournalDevice: Part] = [:]
    private(set) var total: Int64 = 0

    mutating func add(_ amount: Int64, at row: Int64, of device: JournalDevice?) {
        guard let device else { return }
        total += amount
        parts[device, default: Part(amount: 0, from: row)].amount += amount
    }

    mutating func remove(_ amount: Int64, of device: JournalDevice?) {
        guard let device, let part = parts[device] else { return }
        let left = max(0, part.amount - amount)
        total -= part.amount - left
        parts[device] = left > 0 ? Part(amount: left, from: part.from) : nil
    }

    /// Notes that those rows were examined.
    ///
    /// - Parameter first: the first row that each device still has there.
    mutating func passed(_ rows: Range<Int64>, first: [JournalDevice: Int64]) {
        for (device, part) in parts where rows.contains(part.from) {
            parts[device]?.from = first[device] ?? rows.upperBound
        }
    }

    /// Notes that nothing is left from that row on: the devices hold nothing there.
    mutating func forget(from row: Int64) {
        for (device, part) in parts where part.from >= row { remove(part.amount, of: device) }
    }

    /// Returns the row to begin at, and what each of the largest holders must give; nil while no device holds anything.
    func next(freeing wanted: Int64) -> (from: Int64, excess: [JournalDevice: Int64])? {
        let excess = excess(freeing: wanted)
        return excess.keys.lazy.compactMap { parts[$0]?.from }.min().map { ($0, excess) }
    }

    /// Returns what the largest holders must give, so that together they give `wanted`: all are cut down to one level.
    func excess(freeing wanted: Int64) -> [JournalDevice: Int64] {
        let largest = parts.sorted { $0.value.amount > $1.value.amount }
        var (sum, level): (Int64, Int64) = (0, 0)
        for (index, part) in largest.enumerated() {
            let count = Int64(index + 1)
            sum += part.value.amount
            level = max(0, (sum - wanted) / count)
            if index + 1 < largest.count, level < largest[index + 1].value.amount { continue }
            break
        }
        var excess: [JournalDevice: Int64] = [:]
        for (device, part) in largest {
            guard part.amount > level else { break }
            excess[device] = part.amount - level
        }
        return excess
    }
}

/// The device that an entry belongs to.
public struct JournalDevice: Hashable, Sendable {
    public var site: String?
    public var device: String

    public init(site: String?, device: String) {
        self.site = site
        self.device = device
    }
}

extension JournalEntry {
    /// Nil for an entry of the gateway itself.
    var owner: JournalDevice? { device.map { JournalDevice(site: site, device: $0) } }
}
