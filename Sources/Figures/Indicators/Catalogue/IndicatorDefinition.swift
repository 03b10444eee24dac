public import Domain
public import Profiles

/// One indicator of the catalogue: its name, its sources and method, and when it is published.
public struct IndicatorDefinition: Sendable {
    public enum Theme: String, Sendable, CaseIterable {
        case mobility
        case environment
    }

    /// The six dimensions of a Smart City (ministry's evaluation).
    public enum Dimension: String, Sendable, CaseIterable {
        case governance
        case branding
        case economy
        case living
        case society
        case environment
    }

    public enum Scope: String, Sendable, CaseIterable {
        case device
        case site
        case kelurahan
        case kecamatan
        case gateway
    }

    /// The name of the method, as in payloads, and its source.
    public struct Method: Sendable, Hashable {
        public var name: String
        public var source: String
    }

    public var id: String
    /// The name in Bahasa Indonesia and in English.
    public var name: (id: String, en: String)
    public var theme: Theme
    public var dimension: Dimension
    /// The UCUM unit; nil where there is none, such as for a level of service.
    public var unit: Unit?
    public var method: Method
    public var measure: Measure
    public var rules: [SourceRule]
    /// The names of the breakdown, in order: `class`, `direction`, `category`.
    public var by: [String]
    public var windows: [WindowKind]
    public var scopes: [Scope]
    /// The share of expected readings that must count for a certain value, 0 to 1.
    public var completeAbove: Fixed
    public var baseline: Baseline?
    public var targets: [Target]

    /// The city's value at the beginning.
    public struct Baseline: Sendable, Hashable {
        public var year: Int
        public var value: Fixed
    }

    /// The value wanted for a window, by year.
    public struct Target: Sendable, Hashable {
        public enum Sense: String, Sendable, CaseIterable {
            case atLeast = "at_least"
            case atMost = "at_most"
        }

        public var window: WindowKind
        /// The scope's name in topics (`site-market`); nil is every scope.
        public var scope: String?
        public var sense: Sense
        public var years: [Int: Fixed]
    }
}

/// The devices and points that an indicator takes, and how.
public struct SourceRule: Sendable {
    public enum What: Sendable, Hashable {
        /// Increases of these points.
        case increase([String])
        /// Increases of every public counter in this unit.
        case counters(Unit)
        /// Values of these points.
        case values([String])
        /// Values of these points, for levels of service that go by speed.
        case speeds([String])
        /// Events of this name; `amount` names the number in their data that is summed, nil counts them.
        case events(name: String, amount: String?)
    }

    /// Where a name of the breakdown comes from, if not from the device's labels.
    public enum Origin: Sendable, Hashable {
        case word(String)
        /// A member of an event's data.
        case data(String)
    }

    public var measures: Profile.Measures?
    /// Nil is any profile.
    public var profiles: [String]?
    public var what: What
    /// Points whose readings show that the device is present, for events, which are not expected at any time.
    public var alive: [String]
    /// The limits within which a value counts as compliant.
    public var limits: Limits?
    /// The counter of the same reading whose increase weights a value.
    public var weight: String?
    /// The definition of a leap of these points.
    public var leap: Measure.Leap?
    public var by: [String: Origin]

    public struct Limits: Sendable, Hashable {
        public struct Bound: Sendable, Hashable {
            public var value: Fixed
            /// Whether the bound itself is within.
            public var isIncluded: Bool
        }

        public var lowest: Bound?
        public var highest: Bound?
        /// The unit of the limits; nil for the point's published unit.
        public var unit: Unit?

        public func contains(_ value: Fixed) -> Bool {
            if let lowest, lowest.isIncluded ? value < lowest.value : value <= lowest.value { return false }
            if let highest, highest.isIncluded ? value > highest.value : value >= highest.value { return false }
            return true
        }

        /// The suffix that keeps bins with these limits apart from others: `[6,9]`, `[,3)`.
        var suffix: String {
            let low = lowest.map { ($0.isIncluded ? "[" : "(") + "\($0.value)" } ?? "["
            let high = highest.map { "\($0.value)" + ($0.isIncluded ? "]" : ")") } ?? "]"
            return "\(low),\(high)" + (unit.map { " \($0)" } ?? "")
        }
    }
}

/// When a scale's stable weight is a deposit.
public struct WeighingRule: Sendable {
    public var measures: Profile.Measures?
    public var profiles: [String]?
    /// The point with the net weight, and the one with the gross weight where there is one.
    public var net: String
    public var gross: String?
    /// The least weight of a deposit, in the net point's published unit; below it the pan is clear.
    public var minimum: Fixed
    /// A weight on the pan that is no deposit, such as a basket; in the net point's published unit.
    public var tare = Fixed.zero
    /// How long a weight must have been still.
    public var stable = Duration.zero
}
