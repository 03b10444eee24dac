package import Diagnosing
package import Domain
import Modbus
package import Profiles

/// Compares a device with every profile: reads what they name, and nothing that any of them avoids.
package struct ProfileSearch {
    private let profiles: [Profile]
    private let safe: SafeRegister
    private let replyTime: Duration
    private let isStopping: () -> Bool

    /// - Parameter replyTime: the deadline of a whole reply; 300 ms at least.
    package init(
        profiles: [Profile],
        replyTime: Duration = .milliseconds(300),
        isStopping: @escaping () -> Bool = { false }
    ) {
        self.profiles = profiles.filter { $0.modbus != nil }
        safe = SafeRegister(profiles: profiles)
        self.replyTime = replyTime
        self.isStopping = isStopping
    }

    /// Reads what each profile names, where that is safe, and rates how well it fits.
    ///
    /// - Parameter identity: what the device says of itself; nil where that is not known.
    package func matches(
        _ unit: UnitID,
        on bus: any ProbeBus,
        saying identity: DeviceIdentity? = nil
    ) throws(ProbeFailure) -> [ProfileMatch] {
        var answers: ProfileMatch.Answers = [:]
        var silent: Set<RegisterRange> = []
        for profile in profiles where !isStopping() {
            let identity = ProfileMatch.identity(of: profile, safe: safe)
            let ranges = ProfileMatch.blocks(of: profile, safe: safe) + (identity.map { [$0] } ?? [])
            for range in ranges where answers[range] == nil {
                if silent.contains(range) { break }
                let timing = ReplyTiming(replyTime: max(replyTime, .milliseconds(300)), worstReply: .milliseconds(50))
                let request = ProbeRequest(unit: unit, range: range, timing: timing)
                let exchange = try bus.exchange(request)
                switch exchange.result {
                case .success(let block): answers[range] = .some(block.words)
                case .failure(let error):
                    if error.devicesOwnException != nil {
                        answers[range] = .some(nil)
                    } else {
                        silent.insert(range)
                    }
                }
                // After one refusal there is no need to ask on: the profile does not fit.
                if case .some(.none) = answers[range] { break }
                if silent.contains(range) { break }
            }
        }
        return profiles.compactMap { profile in
            ProfileMatch.match(profile, of: unit, answers: answers, saying: identity)
                .flatMap { $0.score >= ProfileMatch.threshold ? $0 : nil }
        }
        .sorted { ($1.worth, $0.profile) < ($0.worth, $1.profile) }
    }

    /// The other profile that a device answers like, when its own fits clearly worse; nil where that is not clear.
    package func likeness(of report: DeviceReport, on bus: any ProbeBus) throws(ProbeFailure) -> ProfileMatch? {
        guard report.isAnswered, report.finding?.mayBeWrongProfile == true else { return nil }
        let matches = try matches(report.target.unit, on: bus)
        let own = matches.first { $0.profile == report.target.profile.id }?.score ?? 0
        guard let best = matches.first, best.profile != report.target.profile.id, best.score >= Self.clear,
            best.score >= own + Self.margin
        else { return nil }
        // Another word order explains the device already: a few registers that fit by chance say nothing against it.
        if report.finding?.namesWordOrder == true, !isDemanding(best.profile) { return nil }
        return best
    }

    /// Whether hardly any other device fits a profile: many of its points have ranges.
    private func isDemanding(_ id: String) -> Bool {
        guard let profile = profiles.first(where: { $0.id == id }) else { return false }
        return profile.publicPoints.count { profile.points[$0].range != nil } >= Self.manyRanges
    }

    /// A score that few devices reach by chance, and how much better than the own profile's it must be.
    private static let clear = 0.7
    private static let margin = 0.2
    private static let manyRanges = 4
}
