public import Domain

/// How a figure is computed from tallies: a closed set of pure functions. Those that need no bins are functions of one
/// merged tally, so that parts of a city merge into the whole.
public enum Measure: Hashable, Sendable {
    /// What was counted: the sum of increases, or of amounts.
    case sum
    /// The number of events.
    case count
    /// The mean over time, with minimum and maximum beside it; in a day also the night's.
    case mean(night: Range<Int>?, across: Across?)
    /// The harmonic mean of values, each weighted by what was counted with it; for speeds the space mean.
    case spaceMean
    case minimum
    case maximum
    /// Percent of the time in which every value lay within its limits.
    case share
    /// Percent of the expected readings that were good.
    case availability
    /// The number of sites with any reading; `registered` is the number that could have one.
    case distinct(registered: Int?)
    /// Passenger car units per hour, by the table that the site names.
    case flow
    /// Flow over the site's capacity.
    case saturation
    /// The level of service that the saturation stands for.
    case level
    /// The largest sum of four bins in a row, with its time and peak-hour factor.
    case peakHour
    /// The number of bins that leapt above the level of the day before.
    case anomaly(Anomaly)

    /// How several devices of a place combine.
    public enum Across: String, Hashable, Sendable, CaseIterable {
        /// The sum of their means: each measures a part of the whole.
        case sum
        /// The mean of all their time: each measures the same.
        case mean
        /// The device that the site names; only a site has one.
        case gauge
    }

    /// When a bin's mean is a leap: so many times the mean of the bins before, and so much above it.
    public struct Leap: Hashable, Sendable {
        public var factor: Fixed
        public var step: Fixed
        /// The unit of the step; nil for the point's published unit.
        public var unit: Unit?
    }

    public struct Anomaly: Hashable, Sendable {
        /// The leap of points whose source defines no other; nil where every source does.
        public var leap: Leap?
        /// How many earlier bins to compare with.
        public var bins: Int
    }

    /// Whether more readings never make it less: a value that an open window has reached stays reached.
    public var onlyGrows: Bool {
        switch self {
        case .sum, .count, .distinct, .maximum, .peakHour, .anomaly: true
        default: false
        }
    }

    /// Whether a short open window has no useful value yet: more readings can make it anything.
    var isOfRates: Bool {
        switch self {
        case .mean, .spaceMean, .share, .availability, .flow, .saturation, .level: true
        default: false
        }
    }

    /// Whether it needs what happened within an hour; a source whose readings are further apart than a bin does not
    /// show it.
    var isOfShortFlow: Bool {
        switch self {
        case .saturation, .level, .peakHour: true
        default: false
        }
    }

    /// Whether it has no value without the bins of a day.
    var isOfBins: Bool {
        switch self {
        case .peakHour, .anomaly, .level: true
        default: false
        }
    }

    /// Whether the words of a breakdown have quotients, which merge only by what they are quotients of.
    var wordsNeedParts: Bool {
        switch self {
        case .mean, .spaceMean, .share: true
        default: false
        }
    }

    /// Whether it uses the bins of a day, not only their sum.
    var needsBins: Bool {
        if case .mean(let night, _) = self { return night != nil }
        return isOfBins
    }
}
