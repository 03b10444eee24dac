import Domain

/// What one point has said in a step that is not over.
struct ValueTally {
    private(set) var least = Double.infinity
    private(set) var greatest = -Double.infinity
    /// The first value. The sum is of the differences from it: those are small where the values are great, as a
    /// counter's are, so the mean keeps its digits.
    private var first = 0.0
    private var sum = 0.0
    private var count: UInt32 = 0
    private var readings: UInt32 = 0
    private var unsure: UInt32 = 0
    /// Whether any of the values was a 32-bit float.
    private(set) var hasFloat = false

    /// Counts a reading that spoke of the point.
    mutating func note(isGood: Bool) {
        readings &+= 1
        if !isGood { unsure &+= 1 }
    }

    /// Counts a value that may be believed.
    mutating func add(_ value: Double) {
        if count == 0 { first = value }
        count &+= 1
        sum += value - first
        if value < least { least = value }
        if value > greatest { greatest = value }
    }

    mutating func add(float value: Float) {
        hasFloat = true
        add(Double(value))
    }

    /// Adds what came after it.
    mutating func add(_ later: ValueTally) {
        readings &+= later.readings
        unsure &+= later.unsure
        guard later.count > 0 else { return }
        hasFloat = hasFloat || later.hasFloat
        if count == 0 { first = later.first }
        sum += later.sum + Double(later.count) * (later.first - first)
        count &+= later.count
        least = min(least, later.least)
        greatest = max(greatest, later.greatest)
    }

    /// The step as measured.
    var step: ValueStep {
        var step = ValueStep()
        step.readings = readings
        step.unsure = unsure
        guard count > 0 else { return step }
        step.least = least
        step.greatest = greatest
        // Equal values have that value as their mean, to the last digit.
        step.mean = least == greatest ? least : first + sum / Double(count)
        return step
    }
}
