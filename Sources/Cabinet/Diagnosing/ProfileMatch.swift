import Decoding
package import Domain
import Normalizing
import Polling
package import Profiles

/// How well a device's answers fit a profile.
package struct ProfileMatch: Hashable, Sendable {
    package var profile: String
    /// 0 to 1.
    package var score: Double
    /// How much was compared: 1 for each point with a range, half for any other. One register fits many devices.
    package var evidence: Double

    package init(profile: String, score: Double, evidence: Double = 1) {
        self.profile = profile
        self.score = score
        self.evidence = evidence
    }

    /// What the match is worth beside others: a good fit of many points is worth more than a perfect one of few.
    package var worth: Double { score * evidence / (evidence + 3) }

    /// What stands after `profile:` for a device that these fit, which are sorted: the best, or a blank with the
    /// choices where several fit about as well. Those are for a person to choose from.
    package static func choice(_ matches: [ProfileMatch]) -> String {
        guard isClear(matches), let best = matches.first else {
            return "\"TODO one of \(matches.prefix(4).map(\.profile).joined(separator: ", "))\""
        }
        return best.profile
    }

    /// Whether it is clearly the best of these, which are sorted.
    package static func isClear(_ matches: [ProfileMatch]) -> Bool {
        guard let best = matches.first, let second = matches.dropFirst().first else { return true }
        return best.worth >= 1.2 * second.worth
    }

    /// Matches from this score on are shown.
    package static let threshold = 0.5

    /// For each register range the words it brought, or nil when the device refused it. Ranges that were not asked, or
    /// that brought silence, are missing.
    package typealias Answers = [RegisterRange: [UInt16]?]

    /// The register in which a device of that profile keeps its own unit id; nil when it may not be read.
    package static func identity(of profile: Profile, safe: SafeRegister) -> RegisterRange? {
        profile.modbus?.unitRegister.map { RegisterRange(.holding, start: $0, count: 1) }.flatMap {
            safe.allows($0) ? $0 : nil
        }
    }

    /// The blocks of a profile that may be read from an unknown device.
    package static func blocks(of profile: Profile, safe: SafeRegister) -> [RegisterRange] {
        guard let access = profile.modbus else { return [] }
        return BlockPlan(points: profile.points, access: access).blocks.map(\.range).filter(safe.allows)
    }

    /// Rates what makes devices different: registers that exist, values within their ranges, conditions that hold. A
    /// zero counts little: unused registers read as zero.
    ///
    /// A register that holds the unit id that was asked counts for the profile; one that holds anything else counts
    /// against it, and a refused one counts for nothing. So does what the device says of itself, where the profile
    /// names that.
    ///
    /// - Returns: nil when the device answered nothing that the profile names.
    package static func match(
        _ profile: Profile,
        of unit: UnitID,
        answers: Answers,
        saying identity: DeviceIdentity? = nil
    ) -> ProfileMatch? {
        var evidence = 0.0
        return score(profile, of: unit, answers: answers, saying: identity, evidence: &evidence)
            .map { ProfileMatch(profile: profile.id, score: $0, evidence: evidence) }
    }

    /// As `match`, the score alone.
    package static func score(
        _ profile: Profile,
        of unit: UnitID,
        answers: Answers,
        saying identity: DeviceIdentity? = nil
    ) -> Double? {
        match(profile, of: unit, answers: answers, saying: identity)?.score
    }

    private static func score(
        _ profile: Profile,
        of unit: UnitID,
        answers: Answers,
        saying identity: DeviceIdentity?,
        evidence: inout Double
    ) -> Double? {
        guard let access = profile.modbus else { return nil }
        let points = profile.points
        var raw: [RawValue?] = Array(repeating: .missing(.timeout), count: points.count)
        var asked: Set<Int> = []
        var refused: Set<Int> = []
        let decoder = RegisterDecoder(points: points)
        for block in BlockPlan(points: points, access: access).blocks {
            guard let answer = answers[block.range] else { continue }
            asked.formUnion(block.points)
            if let words = answer {
                let registers = RegisterBlock(range: block.range, words: words, arrived: Uptime(nanoseconds: 0))
                decoder.decode(registers, points: block.points, into: &raw)
            } else {
                refused.formUnion(block.points)
            }
        }
        guard asked.count > refused.count else { return nil }
        var normalizer = Normalizer(points: points)
        let stamp = Stamp(
            time: Instant(millisecondsSince1970: 0),
            clock: .synchronised,
            boot: "",
            uptime: Uptime(nanoseconds: 0)
        )
        let samples = normalizer.normalize(raw, stamp: stamp)
        var gained = 0.0
        var possible = 0.0
        for (place, index) in profile.publicPoints.enumerated() where asked.contains(index) {
            let weight = points[index].range == nil ? 0.5 : 1
            possible += weight
            if refused.contains(index) {
                gained -= weight
            } else if let sample = samples[place] {
                gained += weight * Self.plausibility(sample, raw[index])
            }
        }
        // A register that is only used by others counts too where the device has no such register.
        for index in refused where points[index].isPrivate && !points[index].isOptional {
            possible += 0.5
            gained -= 0.5
        }
        guard possible > 0 else { return nil }
        evidence = possible
        var plausible = max(0, gained / possible)
        if let named = access.identity, let identity {
            let isNamed = identity.text.lowercased().contains(named.lowercased())
            plausible = isNamed ? (plausible + 1) / 2 : plausible / 2
        }
        guard let address = access.unitRegister,
            case .some(let words?) = answers[RegisterRange(.holding, start: address, count: 1)]
        else { return plausible }
        return words.first == UInt16(unit.number) ? (plausible + 1) / 2 : plausible / 2
    }

    private static func plausibility(_ sample: Sample, _ raw: RawValue?) -> Double {
        switch sample.reason {
        // With a bad condition nothing is known of the value: only the shape of the status word counts. A tiny float
        // may be a damped value or bytes that are no float.
        case .condition, .tiny: 0
        case .outOfRange, .notANumber, .decode, .invalid: -1
        default: raw?.value?.double == 0 ? 0.4 : 1
        }
    }
}
