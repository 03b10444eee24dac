import Contract
import Domain

/// What the engine knows of a device whose readings go out by exception: its last rows, and which held readings after
/// them are in the bins already. Saved with the bins.
struct SentReadings: Sendable, Codable, Equatable {
    /// What a row said about a point; a held reading says the same.
    struct Point: Sendable, Codable, Equatable {
        /// Billionths, as text: JSON's numbers are too small for it.
        var value: String?
        var quality: String
        var reason: String?
        /// Whether it is a counter that was going on.
        var isCounting: Bool

        init(_ point: PointObservation) {
            value = point.value.map { String($0.billionths) }
            quality = point.quality.rawValue
            reason = point.reason?.word
            isCounting = point.quality != .bad && point.increase != nil
        }

        /// The point in a held reading: what a counter added is the next row's.
        ///
        /// - Parameter since: when the reading before was made.
        func observation(named name: String, since: Instant) -> PointObservation {
            PointObservation(
                name: name,
                value: value.flatMap { Int128($0) }.map { Fixed(billionths: $0) },
                quality: Quality(rawValue: quality) ?? .bad,
                increase: isCounting ? .zero : nil,
                since: isCounting ? since : nil,
                reason: reason.flatMap { Reason(word: $0) }
            )
        }
    }

    /// What was counted since the last row with the same points.
    struct Counted: Sendable, Codable, Equatable {
        var carried: Int64
        /// The points that a figure takes, of those that it carries.
        var names: Set<String> = []
        /// How many held readings.
        var readings = 0
        /// Until when: the time of the row, and then of each held reading.
        var until: Int64
    }

    /// What held readings have added to a counter since the last row that carried it, and until when.
    struct Increase: Sendable, Codable, Equatable {
        /// Billionths, as text.
        var sum: String
        var until: Int64

        var amount: Fixed { Fixed(billionths: Int128(sum) ?? 0) }
    }

    /// The last row's identity.
    var epoch = ""
    var seq: UInt64 = 0
    var points: [String: Point] = [:]
    var counted: [Counted] = []
    var increases: [String: Increase] = [:]

    /// What was counted since the row before this one; nil where that row is not known.
    func counted(before row: Observation) -> Counted? {
        row.epoch == epoch ? counted.first { $0.carried == row.carried } : nil
    }

    /// Notes that a held reading was counted.
    mutating func count(held reading: Observation) {
        guard let index = counted.firstIndex(where: { $0.carried == reading.carried }),
            case .reading(let points) = reading.content
        else { return }
        let time = reading.stamp.time.millisecondsSince1970
        counted[index].readings += 1
        counted[index].until = time
        for point in points {
            guard let increase = point.increase else { continue }
            let sum = (increases[point.name]?.amount ?? .zero) + increase
            increases[point.name] = Increase(sum: String(sum.billionths), until: time)
        }
    }

    /// Notes that a row was counted: what comes next is held after it.
    mutating func take(_ row: Observation, wanted: Set<String>) {
        guard case .reading(let points) = row.content else { return }
        if row.epoch != epoch { counted = [] }
        (epoch, seq) = (row.epoch, row.seq)
        let time = row.stamp.time.millisecondsSince1970
        let names = Set(points.lazy.map(\.name)).intersection(wanted)
        // What comes with one of its points is held after this row, whatever else it carries.
        for index in counted.indices
        where counted[index].readings == 0 && !counted[index].names.isDisjoint(with: names) {
            counted[index].until = max(counted[index].until, time)
        }
        let until = Counted(carried: row.carried, names: names, until: time)
        if let index = counted.firstIndex(where: { $0.carried == row.carried }) {
            counted[index] = until
        } else {
            // A device sends its points in few combinations; one that does not is held in none.
            counted = counted.suffix(31) + [until]
        }
        for point in points where wanted.contains(point.name) {
            self.points[point.name] = Point(point)
            // A row without the counter's total leaves what was counted to the next one.
            if point.quality != .bad { increases[point.name] = nil }
        }
    }

    /// The held readings of a row that are not in the bins: evenly between the last one that is and `held_until`, with
    /// the values of the rows before.
    func uncounted(before row: Observation) -> [Observation] {
        guard let counted = counted(before: row), let until = row.heldUntil?.millisecondsSince1970,
            case .reading(let points) = row.content, case let count = row.held - counted.readings, count > 0,
            until > counted.until
        else { return [] }
        var since = Instant(millisecondsSince1970: counted.until)
        return (1...count).map { number in
            var reading = row
            reading.epoch = epoch
            reading.seq = seq
            let passed = Int128(until - counted.until) * Int128(number) / Int128(count)
            reading.stamp.time = Instant(millisecondsSince1970: counted.until + Int64(passed))
            reading.content = .reading(
                points.compactMap { self.points[$0.name]?.observation(named: $0.name, since: since) }
            )
            since = reading.stamp.time
            return reading
        }
    }

    /// The row's points with what is left of their increases: what held readings have added is counted.
    func left(of row: Observation) -> [PointObservation] {
        guard case .reading(let points) = row.content else { return [] }
        return points.map { point in
            guard let increase = point.increase, let since = point.since, let counted = increases[point.name],
                since.millisecondsSince1970 < counted.until
            else { return point }
            var point = point
            point.increase = increase - counted.amount
            point.since = Instant(millisecondsSince1970: counted.until)
            return point
        }
    }
}
