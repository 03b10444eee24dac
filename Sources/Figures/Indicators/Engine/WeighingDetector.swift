import Domain

/// Finds deposits in a scale's readings: a stable net weight is counted once, when the pan is cleared.
///
/// However often the scale was polled meanwhile, one load is one weighing: the greatest of all stable weights between
/// two clear pans counts. Pressing tare under a load makes that load the container: if the gross weight shows that
/// something is still there, what was seen before is forgotten.
struct WeighingDetector: Sendable, Codable, Equatable {
    struct Candidate: Sendable, Codable, Equatable {
        var epoch: String
        var seq: UInt64
        /// Billionths, as text: JSON's numbers are too small for it.
        var net: String
        var stableAt: Int64

        var weight: Fixed { Fixed(billionths: Int128(net) ?? 0) }
    }

    /// The load on the pan.
    private(set) var candidate: Candidate?
    /// The last weight, at its first reading: it must be still for a while before it counts.
    private var standing: Candidate?
    /// The row of the last weighing, and how many it has.
    private var counted: Counted?

    private struct Counted: Sendable, Codable, Equatable {
        var epoch: String
        var seq: UInt64
        var weighings: Int
    }

    struct Weighing: Sendable, Equatable {
        var epoch: String
        /// The sequence number of the reading that showed the weight: it makes the weighing's id the same whenever it
        /// is found.
        var seq: UInt64
        /// A number from 2 for a further weighing whose weight came in that reading, or was held after it.
        var number: Int?
        var net: Fixed
        var stableAt: Instant
    }

    /// - Returns: the weighing that this reading completes.
    mutating func observe(_ observation: Observation, time: Instant, rule: WeighingRule) -> Weighing? {
        guard case .reading(let points) = observation.content,
            let net = points.first(where: { $0.name == rule.net })
        else { return nil }
        guard net.quality == .good, let shown = net.value else {
            standing = nil
            return nil
        }
        let weight = shown - rule.tare
        if weight >= rule.minimum {
            stand(weight, observation, time, rule)
            return nil
        }
        standing = nil
        guard let found = candidate else { return nil }
        candidate = nil
        if let name = rule.gross, let gross = points.first(where: { $0.name == name }), gross.quality == .good,
            let load = gross.value, load - rule.tare >= rule.minimum
        {
            return nil
        }
        return Weighing(
            epoch: found.epoch,
            seq: found.seq,
            number: number(of: found),
            net: found.weight,
            stableAt: Instant(millisecondsSince1970: found.stableAt)
        )
    }

    private mutating func number(of found: Candidate) -> Int? {
        let isSameRow = counted?.epoch == found.epoch && counted?.seq == found.seq
        let number = isSameRow ? (counted?.weighings ?? 0) + 1 : 1
        counted = Counted(epoch: found.epoch, seq: found.seq, weighings: number)
        return number > 1 ? number : nil
    }

    private mutating func stand(_ weight: Fixed, _ observation: Observation, _ time: Instant, _ rule: WeighingRule) {
        let read = Candidate(
            epoch: observation.epoch,
            seq: observation.seq,
            net: String(weight.billionths),
            stableAt: time.millisecondsSince1970
        )
        if standing?.net != read.net { standing = read }
        guard let first = standing, read.stableAt - first.stableAt >= rule.stable.wholeMilliseconds else { return }
        if candidate.map({ $0.weight < weight }) ?? true { candidate = first }
    }
}
