import Domain

/// A source's values by the device's own time, in order: a moment has one value, and a late one still finds its place.
struct Series: Sendable, Equatable {
    /// One moment.
    struct Mark: Sendable, Equatable {
        /// How a counter's total follows from the mark before.
        enum Link: Sendable, Equatable {
            /// Nothing is known before it.
            case none
            case increase(Fixed)
            /// The increase was lost.
            case unknown(Unknown.Reason)
        }

        /// Milliseconds since 1970.
        var time: Int64
        /// A counter's total, a row's number, or a value; nil for a reading that does not count.
        var value: Fixed?
        var link: Link = .none
    }

    private(set) var marks: [Mark] = []

    var isEmpty: Bool { marks.isEmpty }

    /// The place of the first mark that is not earlier.
    private func place(_ time: Int64) -> Int {
        var (low, high) = (0, marks.count)
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func at(_ time: Int64) -> Mark? {
        let place = place(time)
        return place < marks.count && marks[place].time == time ? marks[place] : nil
    }

    func before(_ time: Int64) -> Mark? {
        let place = place(time)
        return place > 0 ? marks[place - 1] : nil
    }

    func after(_ time: Int64) -> Mark? {
        let place = place(time + 1)
        return place < marks.count ? marks[place] : nil
    }

    mutating func remove(at time: Int64) {
        let place = place(time)
        if place < marks.count, marks[place].time == time { marks.remove(at: place) }
    }

    mutating func put(_ mark: Mark) {
        let place = place(mark.time)
        if place < marks.count, marks[place].time == mark.time {
            marks[place] = mark
        } else {
            marks.insert(mark, at: place)
        }
    }
}

extension Series {
    private static let format: UInt64 = 1

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.unsigned(Self.format)
        writer.count(marks.count)
        var last: Int64 = 0
        for mark in marks {
            writer.signed(Int128(mark.time) - Int128(last))
            last = mark.time
            switch (mark.value, mark.link) {
            case (nil, _): writer.count(0)
            case (let value?, .none):
                writer.count(1)
                writer.signed(value.billionths)
            case (let value?, .increase(let increase)):
                writer.count(2)
                writer.signed(value.billionths)
                writer.signed(increase.billionths)
            case (let value?, .unknown(let reason)):
                writer.count(3 + (Unknown.Reason.allCases.firstIndex(of: reason) ?? 0))
                writer.signed(value.billionths)
            }
        }
        return writer.bytes
    }

    init(bytes: [UInt8]) throws(ByteReader.Malformed) {
        var reader = ByteReader(bytes)
        guard try reader.unsigned() as UInt64 == Self.format else { throw ByteReader.Malformed() }
        var time: Int64 = 0
        for _ in 0..<(try reader.count()) {
            // Marks must be in order; otherwise no new one finds its place.
            guard let step = Int64(exactly: try reader.signed()),
                case let (next, isOverflow) = time.addingReportingOverflow(step), !isOverflow,
                marks.isEmpty || step > 0
            else { throw ByteReader.Malformed() }
            time = next
            let kind = try reader.count()
            var mark = Mark(time: time)
            if kind > 0 { mark.value = Fixed(billionths: try reader.signed()) }
            if kind == 2 { mark.link = .increase(Fixed(billionths: try reader.signed())) }
            if kind > 2 {
                guard Unknown.Reason.allCases.indices.contains(kind - 3) else { throw ByteReader.Malformed() }
                mark.link = .unknown(Unknown.Reason.allCases[kind - 3])
            }
            marks.append(mark)
        }
        guard reader.isAtEnd else { throw ByteReader.Malformed() }
    }
}
