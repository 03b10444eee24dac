/// Why a merged figure is not good, in the order in which the first one is given.
enum MergedReason: String, CaseIterable {
    case noData = "no_data"
    case tooEarly = "too_early"
    case unclassified
    case counterReset = "counter_reset"
    case counterGap = "counter_gap"
    case deviceClock = "device_clock"
    /// A gateway's part of the window is not known.
    case missingPart = "missing_part"
    case interpolated
    case incomplete

    /// Whether the whole has it when one part has it; the others are judged anew.
    var isInherited: Bool {
        switch self {
        case .unclassified, .counterReset, .counterGap, .deviceClock, .missingPart, .interpolated: true
        case .noData, .tooEarly, .incomplete: false
        }
    }

    /// The first of several.
    static func first(of reasons: some Sequence<MergedReason>) -> MergedReason? {
        let found = Set(reasons)
        return allCases.first { found.contains($0) }
    }
}
