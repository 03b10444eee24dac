import Contract
import Domain
import Indicators

/// All that one merged figure is made of.
struct Gathering {
    let merge: Merge
    let scope: Scope
    /// What gateways have sent, by gateway.
    private(set) var shares: [Share]
    /// Gateways with devices for the figure that have sent no part of the window, and how many readings they owe.
    let absent: [String: Int]
    /// A message of the figure, for what all of them have in common.
    let like: FigureMessage
    /// The gateways that are silent and have not sent their last word on the window.
    let silent: [String]

    init(merge: Merge, scope: Scope, shares: [Share], like: FigureMessage) {
        self.merge = merge
        self.scope = scope
        self.like = like
        let end = min(merge.now, like.to)
        let elapsed = (end - like.from).wholeMilliseconds
        let isSilent = { (gateway: String) in merge.feeders.roster.gateways[gateway]?.silentSince != nil }
        self.shares = shares.map { share in
            var share = share
            if isSilent(share.gateway) { share.expect(through: elapsed) }
            return share
        }
        let present = Set(shares.map(\.gateway))
        var absent: [String: Int] = [:]
        let longest = Feeding.longestInterval(of: like.window)
        for (id, all) in merge.feeders.devices(for: like.indicator, in: scope) where !present.contains(id) {
            if let since = merge.feeders.roster.gateways[id]?.since, since >= like.to { continue }
            let devices = all.filter { $0.from < like.to && $0.interval <= longest }
            guard !devices.isEmpty else { continue }
            absent[id] = devices.reduce(0) { sum, device in
                let length = (end - max(like.from, device.from)).wholeMilliseconds
                return sum + Int(max(0, length) / device.interval)
            }
        }
        self.absent = absent
        silent = shares.filter { !$0.isFinal }.map(\.gateway).filter(isSilent) + absent.keys.filter(isSilent)
    }

    var merging: FigureMessage.Merging? { like.parts?.merging }
    var isOver: Bool { merge.now >= like.to }

    /// Whether nothing changes it any more but a late part: all parts are final, or nobody waits any longer.
    var isFinal: Bool {
        guard isOver else { return false }
        return isComplete || merge.now >= like.to + Merge.patience
    }

    /// Whether every gateway has sent its last word.
    var isComplete: Bool { silent.isEmpty && absent.isEmpty && shares.allSatisfy(\.isFinal) }

    /// Whether the same indicator has been merged in different ways, as when catalogues differ.
    var isMixed: Bool { Set(shares.flatMap(\.all).map { $0.message.parts?.merging }).count > 1 }

    var sources: CityFigure.Sources {
        let gateways = Set(shares.map(\.gateway) + absent.keys)
        return CityFigure.Sources(
            gateways: gateways.count,
            silent: silent,
            unplaced: scope == .city ? merge.feeders.unplacedSites(of: gateways) : [],
            shared: merge.feeders.sharedSites(in: scope).filter { $0.gateways.contains(where: gateways.contains) }
        )
    }

    /// The readings of all gateways; those of the absent ones are expected and did not come.
    var account: FigureMessage.Account {
        var account = FigureMessage.Account.sum(of: shares.map(\.account))
        account.expected += absent.values.reduce(0, +)
        return account
    }

    var unknown: FigureMessage.Unknown? {
        let all = shares.flatMap(\.all).compactMap(\.message.unknown)
        guard !all.isEmpty else { return nil }
        return .init(times: all.reduce(0) { $0 + $1.times }, milliseconds: all.reduce(0) { $0 + $1.milliseconds })
    }

    var completeAbove: DecimalNumber {
        newest?.message.parts?.completeAbove ?? FigureMessage.Parts.usualCompleteAbove
    }

    /// The part that came last: of what is the catalogue's, it has the newest.
    var newest: Part? {
        shares.flatMap(\.newest).max { ($0.at, $0.message.gateway) < ($1.at, $1.message.gateway) }
    }

    /// The sums of all parts. What is there of several journals of a gateway adds up too; only the sites that had
    /// anything may be the same ones.
    var sums: Sums {
        var sums = Sums()
        for part in shares.flatMap(\.all) { if let parts = part.message.parts { sums.add(parts) } }
        for share in shares {
            for parts in Dictionary(grouping: share.all, by: \.message.scope).values {
                sums.devices += parts.compactMap(\.message.parts?.devices).max() ?? 0
            }
        }
        return sums
    }

    /// Whether a gateway's journals cannot be put together exactly: nobody knows which sites both of them saw, or how
    /// long each mean held.
    var isUncertainOfJournals: Bool {
        (merging == .distinct || merging == .sumOfMeans) && shares.contains { !$0.earlier.isEmpty }
    }
}
