import Domain

/// The weight of a vehicle of each class in passenger car units, by the amount of traffic.
public struct CarUnitTable: Sendable, Hashable {
    /// A row and the flow up to which it holds.
    public struct Step: Sendable, Hashable {
        /// Vehicles per hour; nil is any.
        public var below: Fixed?
        /// Units by class.
        public var units: [String: Fixed]
    }

    public var name: String
    public var source: String
    /// Whether no document with this table was found.
    public var isUnsourced: Bool
    /// Whether the steps apply to one lane's flow, not the road's.
    public var perLane: Bool
    /// Whether it applies to roads that are judged for each direction.
    public var isOfDirections: Bool
    public var steps: [Step]

    /// The row for a flow of motor vehicles per hour.
    func units(atFlow flow: Ratio) -> [String: Fixed] {
        (steps.first { step in step.below.map { flow < Ratio($0) } ?? true } ?? steps[steps.count - 1]).units
    }

    /// Whether vehicles of a class are motor vehicles, which alone decide the row: others weigh nothing. A class that
    /// is not in the table counts like a car.
    func isOfMotors(_ name: String) -> Bool { steps[0].units[name].map { $0 > .zero } ?? true }
}

/// The level of service for a degree of saturation or a speed.
public struct LevelTable: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case saturation
        /// In km/h.
        case speed
    }

    public struct Step: Sendable, Hashable {
        public var level: String
        /// The highest saturation, or the least speed, that is still this level; nil is any.
        public var bound: Fixed?
    }

    public var name: String
    public var source: String
    public var year: Int?
    public var isUnsourced: Bool
    public var kind: Kind
    /// The best level first.
    public var steps: [Step]

    /// - Parameter number: the published value.
    func level(at number: DecimalNumber) -> String {
        let step = steps.first { step in
            guard let bound = step.bound?.decimal else { return true }
            return kind == .speed ? number >= bound : number <= bound
        }
        return (step ?? steps[steps.count - 1]).level
    }

    private func place(_ level: String) -> Int? { steps.firstIndex { $0.level == level } }

    /// Whether the level is the target or better.
    func meets(_ level: String, target: String) -> Bool {
        guard let place = place(level), let wanted = self.place(target) else { return false }
        return place <= wanted
    }

    /// The worse one of two.
    func worse(_ a: String, _ b: String) -> String { place(a) ?? 0 >= place(b) ?? 0 ? a : b }
}
