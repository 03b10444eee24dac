package import Domain

/// A unit that answered a scan.
package struct ScanFind: Sendable {
    package var unit: UnitID
    /// Nil over TCP.
    package var settings: SerialSettings?
    package var latency: Duration
    /// Profiles that fit what it answers, the best first.
    package var matches: [ProfileMatch]
    /// What the device says of itself; nil where it says nothing, or was not asked.
    package var identity: DeviceIdentity?

    package init(
        unit: UnitID,
        settings: SerialSettings?,
        latency: Duration,
        matches: [ProfileMatch] = [],
        identity: DeviceIdentity? = nil
    ) {
        self.identity = identity
        self.unit = unit
        self.settings = settings
        self.latency = latency
        self.matches = matches
    }
}

/// What a scan reports while it goes on.
package enum ScanNews: Sendable {
    /// The next question, how many are done of how many, and the time left at this pace.
    case asking(ScanPlan.Step, done: Int, of: Int, left: Duration)
    case found(ScanFind)
    /// Bytes came that are not a reply: something is there with other settings, or two devices have one id.
    case garbled(ScanPlan.Step, ProbeExchange)
    /// The port, the connection or the daemon failed: the scan is over.
    case failed(ProbeExchange)
    case lost(ProbeFailure)
}
