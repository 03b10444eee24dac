/// Rows that make room, and the device that is named as their loser; nil where no device, or many, lose.
struct Share: Hashable, Sendable {
    var rows: RowRanges
    var device: JournalDevice?

    init(rows: RowRanges, device: JournalDevice? = nil) {
        self.rows = rows
        self.device = device
    }

    /// A device is named when it loses a sixteenth or more of what goes. Each name is an event, so thousands of devices
    /// that lose little each are reported together.
    ///
    /// - Parameter taken: in the order of rows.
    static func naming(_ taken: [(row: Int64, device: JournalDevice?)]) -> [Share] {
        var counts: [JournalDevice: Int] = [:]
        for (_, device) in taken { if let device { counts[device, default: 0] += 1 } }
        var shares: [Share] = []
        var places: [JournalDevice?: Int] = [:]
        for (row, device) in taken {
            let named = device.flatMap { counts[$0, default: 0] * 16 >= taken.count ? $0 : nil }
            let place = places[named] ?? shares.count
            if place == shares.count {
                places[named] = place
                shares.append(Share(rows: RowRanges(), device: named))
            }
            shares[place].rows.append(row..<row + 1)
        }
        return shares
    }
}

/// The rows that a stretch gives: as far as the devices that hold most must give, and have no older rows.
struct Cut: Sendable {
    private(set) var taken: [(row: Int64, device: JournalDevice?)] = []
    /// The rows that were examined.
    private(set) var rows: Range<Int64>
    private var amounts: [JournalDevice: Int64] = [:]
    private var firstLeft: [JournalDevice: Int64] = [:]
    private var (seen, gone): (Int64, Int64) = (0, 0)

    /// - Parameters:
    ///   - held: the rows of the stretch, in order.
    ///   - most: how many bytes are examined; one row at least.
    init(
        _ stretch: Range<Int64>,
        _ held: [JournalFile.Held],
        _ excess: [JournalDevice: Int64],
        _ known: Holdings,
        most: Int64
    ) {
        rows = stretch
        var left = excess
        for entry in held {
            seen += entry.bytes
            if let device = entry.device, let quota = left[device], quota > 0,
                known.parts[device].map({ $0.from >= stretch.lowerBound }) == true
            {
                taken.append((entry.row, device))
                left[device] = quota - entry.bytes
                amounts[device, default: 0] += entry.bytes
                gone += entry.bytes
            } else if let device = entry.device, firstLeft[device] == nil {
                firstLeft[device] = entry.row
            }
            guard seen < most else {
                rows = stretch.lowerBound..<entry.row + 1
                break
            }
        }
    }

    /// The rows to write again: that costs as much as the rows that stay, and is worth it where a good part goes.
    var packed: Range<Int64>? { gone < seen && gone * 8 >= seen ? rows : nil }

    /// Call it once the rows are gone, or where none goes.
    func settle(in holdings: inout Holdings) {
        for (device, amount) in amounts { holdings.remove(amount, of: device) }
        holdings.passed(rows, first: firstLeft)
    }
}
