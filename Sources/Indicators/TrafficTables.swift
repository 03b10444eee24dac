/// What a vehicle of each class weighs in passenger car units, by how much traffic there is.
public struct CarUnitTable: Sendable, Hashable {
    /// Up to which flow a row holds.
    public struct Step: Sendable, Hashable {
        /// Vehicles per hour; nil is any.
        public var below: Fixed?
        /// By class.
        public var units: [String: Fixed]
    }

    public var name: String
    public var source: String
    /// Whether the steps are of one lane's flow rather than the road's.
    public var perLane: Bool
    public var steps: [Step]

    /// The row for a flow in vehicles per hour.
    func units(atFlow flow: Double) -> [String: Fixed] {
        (steps.first { step in step.below.map { flow < $0.double } ?? true } ?? steps[steps.count - 1]).units
    }
}

/// Which degree of saturation is which level of service.
public struct LevelTable: Sendable, Hashable {
    public struct Step: Sendable, Hashable {
        public var level: String
        /// The highest saturation that is still this level; nil is any.
        public var upTo: Fixed?
    }

    public var name: String
    public var source: String
    /// Best first.
    public var steps: [Step]

    func level(at saturation: Double) -> String {
        (steps.first { step in step.upTo.map { saturation <= $0.double } ?? true } ?? steps[steps.count - 1]).level
    }

    /// Whether the level is the target or better.
    func meets(_ level: String, target: String) -> Bool {
        guard let place = steps.firstIndex(where: { $0.level == level }),
            let wanted = steps.firstIndex(where: { $0.level == target })
        else { return false }
        return place <= wanted
    }
}
