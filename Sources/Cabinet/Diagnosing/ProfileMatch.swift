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

    package init(profile: String, score: Double) {
        self.profile = profile
        self.score = score
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
    package static func score(
        _ profile: Profile,
        of unit: UnitID,
        answers: Answers,
        saying identity: DeviceIdentity? = nil
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
        guard possible > 0 else { return nil }
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
