public import Documents
public import Domain

/// What the traffic of a site is compared with; tables by their names in the indicator catalogue.
public struct Road: Sendable, Hashable {
    /// Passenger car units per hour, over the directions that the site's counters see.
    public var capacity: DecimalNumber?
    /// How the capacity was found, such as "MKJI 1997".
    public var capacityMethod: String?
    /// The table of passenger car units.
    public var carUnits: String?
    /// The table of levels of service.
    public var levels: String?
    /// The lowest acceptable level of service.
    public var targetLevel: String?
    /// How many lanes the counters see.
    public var lanes: Int
    /// The directions of a divided road, each by the word of the devices' labels, in the file's order. Each direction
    /// is judged separately.
    public var directions: [Direction]
    /// Shares of the classes where the counters report none; they sum up to 1.
    public var classMix: [String: DecimalNumber]
    /// The places of `carUnits` and `levels`, by their keys in the file: the catalogue checks whether the tables exist.
    public var tablePlaces: [String: Place] = [:]

    /// One carriageway of a divided road.
    public struct Direction: Sendable, Hashable {
        public var word: String
        /// Passenger car units per hour.
        public var capacity: DecimalNumber?
        public var lanes: Int

        public init(word: String, capacity: DecimalNumber?, lanes: Int) {
            self.word = word
            self.capacity = capacity
            self.lanes = lanes
        }
    }

    public init(
        capacity: DecimalNumber? = nil,
        capacityMethod: String? = nil,
        carUnits: String? = nil,
        levels: String? = nil,
        targetLevel: String? = nil,
        lanes: Int,
        directions: [Direction] = [],
        classMix: [String: DecimalNumber] = [:],
        tablePlaces: [String: Place] = [:]
    ) {
        self.capacity = capacity
        self.capacityMethod = capacityMethod
        self.carUnits = carUnits
        self.levels = levels
        self.targetLevel = targetLevel
        self.lanes = lanes
        self.directions = directions
        self.classMix = classMix
        self.tablePlaces = tablePlaces
    }
}
