import Domain

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
    /// Whether no document was found that the table can be read in.
    public var isUnsourced: Bool
    /// Whether the steps are of one lane's flow rather than the road's.
    public var perLane: Bool
    /// Whether it is of roads that are judged for each direction.
    public var isOfDirections: Bool
    public var steps: [Step]

    /// The row for a flow of motor vehicles per hour.
    func units(atFlow flow: Ratio) -> [String: Fixed] {
        (steps.first { step in step.below.map { flow < Ratio($0) } ?? true } ?? steps[steps.count - 1]).units
    }

    /// Whether vehicles of a class are motor vehicles, which alone decide the row: others weigh nothing. A class that
    /// the table does not name counts like a car.
    func isOfMotors(_ name: String) -> Bool { steps[0].units[name].map { $0 > .zero } ?? true }
}

/// Which degree of saturation, or which speed, is which level of service.
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
    /// Best first.
    public var steps: [Step]

    /// - Parameter number: as it is published.
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
