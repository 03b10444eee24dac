import Documents
import Domain
import Profiles

/// What a catalogue takes from one device at its place: what it feeds, and its part in each indicator.
struct Taken {
    private(set) var feed: IndicatorPlan.DeviceFeed
    private(set) var members: [String: IndicatorPlan.Member] = [:]
    private(set) var leftOut: [String] = []

    /// - Parameters:
    ///   - rules: the rules for the device's profile.
    ///   - log: receives what does not fit together.
    init(
        _ placement: Placement,
        _ rules: [IndicatorCatalogue.Rules],
        catalogue: IndicatorCatalogue,
        log: ProblemLog
    ) {
        feed = IndicatorPlan.DeviceFeed(
            isVerified: placement.isVerified,
            until: placement.until,
            site: placement.spot.site,
            labels: placement.labels
        )
        feed.weighing = catalogue.weighings.first { $0.matches(placement) }?.set(by: placement.weighing)
        if let net = feed.weighing?.net {
            feed.netUnit = placement.profile.points.first { $0.name == net }?.publishedUnit?.code
        }
        let own = IndicatorPlan.Member(placement)
        for (indicator, rules) in rules {
            var member = own
            for rule in rules {
                var taking = Taking(
                    rule: rule,
                    indicator: indicator,
                    device: placement,
                    catalogue: catalogue,
                    log: log
                )
                taking.add(to: &feed, &member)
                leftOut += taking.leftOut
            }
            if !member.isEmpty { members[indicator.id] = member }
        }
        let beside = feed.taps.values.flatMap { $0.compactMap(\.weight) }
        feed.wanted = Set(feed.taps.keys).union(beside).union(
            [feed.weighing?.net, feed.weighing?.gross].compactMap(\.self)
        )
    }
}

extension IndicatorCatalogue {
    /// All sources that figures take from a device.
    func sources(of placement: Placement) -> Set<String> {
        let feed = Taken(placement, rules(for: placement.profile), catalogue: self, log: ProblemLog()).feed
        return Set(feed.allTaps.map(\.key.taken))
    }
}
