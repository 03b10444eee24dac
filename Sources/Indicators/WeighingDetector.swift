import Domain

/// Tells deposits from a scale's readings: a stable net weight that is counted once, when the pan is cleared.
///
/// However often the scale was polled meanwhile, one load is one weighing: of all stable weights between two clear pans the greatest
/// counts. Pressing tare under a load makes that load the container: where the gross weight shows that something still stands there,
/// what was seen before is forgotten.
struct WeighingDetector: Sendable, Codable, Equatable {
    struct Candidate: Sendable, Codable, Equatable {
        var epoch: String
        var seq: UInt64
        /// Billionths, as text: JSON's numbers are too small for it.
        var net: String
        var stableAt: Int64
    }

    /// What is on the pan.
    private(set) var candidate: Candidate?

    struct Weighing: Sendable, Equatable {
        var epoch: String
        /// Of the reading that showed the weight: what makes the weighing's id the same whenever it is found.
        var seq: UInt64
        var net: Fixed
        var stableAt: Instant
    }

    /// - Returns: the weighing that this reading completes.
    mutating func observe(_ observation: Observation, time: Instant, rule: WeighingRule) -> Weighing? {
        guard case .reading(let points) = observation.content,
            let net = points.first(where: { $0.name == rule.net }), net.quality == .good, let weight = net.value
        else { return nil }
        if weight >= rule.minimum {
            if candidate.map({ Self.weight($0) < weight }) ?? true {
                candidate = Candidate(
                    epoch: observation.epoch,
                    seq: observation.seq,
                    net: String(weight.billionths),
                    stableAt: time.millisecondsSince1970
                )
            }
            return nil
        }
        guard let found = candidate else { return nil }
        candidate = nil
        if let name = rule.gross, let gross = points.first(where: { $0.name == name }), gross.quality == .good,
            let standing = gross.value, standing >= rule.minimum
        {
            return nil
        }
        return Weighing(
            epoch: found.epoch,
            seq: found.seq,
            net: Self.weight(found),
            stableAt: Instant(millisecondsSince1970: found.stableAt)
        )
    }

    private static func weight(_ candidate: Candidate) -> Fixed {
        Fixed(billionths: Int128(candidate.net) ?? 0)
    }
}
