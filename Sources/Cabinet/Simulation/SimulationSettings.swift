/// How the field is simulated.
public struct SimulationSettings: Sendable {
    public var faults: [Fault]
    public var cables: Cables
    /// The same seed gives the same values at the same times.
    public var seed: UInt64
    /// How fast the hours of the field's day go by: 60 makes a day in 24 minutes. What is counted, weighed and measured
    /// goes on at the rate of the real time.
    public var speed: Double
    /// How fast the models' time runs, counters and all: for tests, which do not wait. Devices report in real time at
    /// any pace.
    public var pace: Double
    /// Whether replies on serial lines take the time that their bytes would at the line's baud.
    public var paced: Bool

    public init(
        faults: [Fault] = [],
        cables: Cables = Cables(),
        seed: UInt64 = 1,
        speed: Double = 1,
        pace: Double = 1,
        paced: Bool = true
    ) {
        precondition(speed > 0 && pace > 0, "time runs forward")
        self.faults = faults
        self.cables = cables
        self.seed = seed
        self.speed = speed
        self.pace = pace
        self.paced = paced
    }
}

/// Counts of a bus since its start.
public struct BusStatistics: Hashable, Sendable {
    /// Requests that were answered, exceptions and faulty answers included.
    public var answered: UInt64 = 0
    /// Requests or messages that a fault affected.
    public var faulted: UInt64 = 0
    /// MQTT messages that the broker has acknowledged.
    public var published: UInt64 = 0

    public init() {}
}
