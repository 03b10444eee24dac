public import Domain

/// Where the characters of a text stand in its registers.
public enum Characters: String, Sendable, CaseIterable {
    /// Two a register, the high byte first.
    case both
    /// One a register, in its low byte.
    case low
    /// One a register, in its high byte.
    case high
    /// No characters: the registers themselves, four hexadecimal digits each.
    case hex
}

/// What one place adds to a kind of device: the ratio of its current transformer, its height, a correction. The value
/// in `unit` becomes value x factor + offset + zero.
public struct Adjustment: Hashable, Sendable {
    /// Not 0.
    public var factor: DecimalNumber?
    /// A correction, in the point's `unit`.
    public var offset: DecimalNumber?
    /// The height of the device's own 0, in the point's `unit`.
    public var zero: DecimalNumber?

    public init(factor: DecimalNumber? = nil, offset: DecimalNumber? = nil, zero: DecimalNumber? = nil) {
        self.factor = factor
        self.offset = offset
        self.zero = zero
    }

    /// What is added after the factor.
    public var shift: DecimalNumber { (offset ?? .zero) + (zero ?? .zero) }

    public func adjusted(_ value: DecimalNumber) -> DecimalNumber {
        (factor.map { value * $0 } ?? value) + shift
    }

    /// One line of text without spaces, the same for the same adjustment.
    public var text: String {
        let parts = [("factor", factor), ("offset", offset), ("zero", zero)]
        return parts.compactMap { name, number in number.map { "\(name)=\($0)" } }.joined(separator: ",")
    }
}

extension Point {
    /// Takes a place's adjustment; range and counter are then those of the adjusted value.
    public mutating func adjust(by adjustment: Adjustment) {
        var adjustment = adjustment
        if case .weir(var weir) = origin, let zero = adjustment.zero {
            // A weir's zero is the level at its vertex, which differs from place to place.
            weir.zero = zero
            origin = .weir(weir)
            adjustment.zero = nil
            if adjustment == Adjustment() { return }
        }
        self.adjustment = adjustment
        if let range {
            let ends = [adjustment.adjusted(range.lowerBound), adjustment.adjusted(range.upperBound)].sorted()
            self.range = ends[0]...ends[1]
        }
        if let least { self.least = adjustment.adjusted(least) }
        guard let factor = adjustment.factor, var counter else { return }
        counter.maxRate = counter.maxRate.map { $0 * factor }
        counter.step = counter.step.map { $0 * factor }
        self.counter = counter
    }
}

extension Profile {
    /// The profile as its file has it, without what a place adds: its vectors are of no place.
    public var withoutPlace: Profile {
        var profile = self
        profile.points = ownPoints ?? points
        return profile
    }

    /// The profile of one device at its place. It has a hash of its own: a total that is counted by another factor is
    /// another total, and a verification holds for the values that were verified.
    ///
    /// - Parameter adjustments: by the points' names.
    public func adjusted(by adjustments: [String: Adjustment]) -> Profile {
        guard !adjustments.isEmpty else { return self }
        var profile = self
        profile.ownPoints = points
        for index in points.indices {
            if let adjustment = adjustments[points[index].name] { profile.points[index].adjust(by: adjustment) }
        }
        let text = adjustments.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.text)" }.joined(separator: ";")
        profile.hash = hash + "+" + text
        profile.supersedes = supersedes.map { $0 + "+" + text }
        return profile
    }
}
