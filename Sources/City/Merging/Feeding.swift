import Domain
public import Indicators
import Profiles

/// Says which devices feed which indicator, by the catalogue's rules.
///
/// It answers for gateways that have sent nothing yet. Where the catalogue does not have an indicator, only the
/// gateways that have sent a part of it are known to feed it.
public struct Feeding: Sendable {
    private let rules: [String: [SourceRule]]

    public init(_ catalogue: IndicatorCatalogue) {
        rules = Dictionary(catalogue.indicators.map { ($0.id, $0.rules) }) { first, _ in first }
    }

    /// Knows no indicator.
    public static let unknown = Feeding(.empty)

    /// The indicators that a device feeds.
    func indicators(of device: Roster.Device) -> [String] {
        rules.filter { $0.value.contains(where: device.fits) }.map(\.key)
    }

    /// The longest interval of a device that feeds a window, in milliseconds: a device that is read less often feeds no
    /// shorter window.
    static func longestInterval(of window: String) -> Int64 {
        switch WindowKind(rawValue: window) {
        case .quarter: 900_000
        case .hour: 3_600_000
        case .day, .month, .year, nil: .max
        }
    }
}

extension Roster.Device {
    /// What is counted where a rule names neither what a device measures nor its profile.
    private static let counted: Set = ["water", "waste", "traffic"]

    fileprivate func fits(_ rule: SourceRule) -> Bool {
        if rule.measures == nil, rule.profiles == nil, !Self.counted.contains(measures) { return false }
        if let wanted = rule.measures, wanted.rawValue != measures { return false }
        if let profiles = rule.profiles, !profiles.contains(profile) { return false }
        return switch rule.what {
        case .increase(let names), .values(let names): !points.isDisjoint(with: names)
        case .counters(let unit): counterUnits.contains(unit.code)
        case .events: rule.alive.isEmpty || !points.isDisjoint(with: rule.alive)
        case .speeds: false
        }
    }
}
