/// How a figure is made of tallies: a closed set of pure functions. Those that need no bins are functions of one merged tally, so that
/// parts of a city merge into the whole.
public enum Measure: Hashable, Sendable {
    /// What was counted: the sum of increases, or of amounts.
    case sum
    /// How many events.
    case count
    /// The mean, with minimum and maximum beside it; in a day also the minimum of the night's bins.
    case mean(night: Range<Int>?)
    case minimum
    case maximum
    /// Percent of the values that lay within their limits.
    case share
    /// Percent of the expected readings that were good.
    case availability
    /// How many devices had anything; `registered` is what they are out of.
    case distinct(registered: Int?)
    /// Passenger car units per hour, by the table that the site names.
    case flow
    /// Flow over the site's capacity.
    case saturation
    /// The level of service that the saturation stands for.
    case level
    /// The largest sum of four bins in a row, with its time and peak-hour factor.
    case peakHour
    /// How many bins leapt above what the day before was like.
    case anomaly(Anomaly)

    /// When a bin's mean is a leap.
    public struct Anomaly: Hashable, Sendable {
        /// Times the mean of the bins before.
        public var factor: Fixed
        /// And this much above it, in the point's unit.
        public var step: Fixed
        /// How many bins before are compared with.
        public var bins: Int
    }

    /// Whether more readings never make it less: what has been reached in an open window stays reached.
    public var onlyGrows: Bool {
        switch self {
        case .sum, .count, .distinct, .maximum, .peakHour, .anomaly: true
        default: false
        }
    }

    /// Whether it is nothing without the bins of a day.
    var isOfBins: Bool {
        switch self {
        case .peakHour, .anomaly, .level: true
        default: false
        }
    }

    /// Whether it looks at the bins of a day, not only at their sum.
    var needsBins: Bool {
        if case .mean(let night) = self { return night != nil }
        return isOfBins
    }
}
