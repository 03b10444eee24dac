import Domain

/// Decides whether the times that a device gives its live messages are in another time zone than the profile says.
///
/// Such a time is an hour or more away from the arrival, and stays that far away. A device that was offline sends times
/// that are hours old too, but they come closer message by message, faster than the clock runs: these are right.
struct ZoneJudge: Sendable {
    /// A difference of one hour, less what a device's clock may be wrong.
    private static let least = Duration.seconds(3_540)
    /// A device's clock may be wrong by this in addition.
    private static let slack = Duration.seconds(120)
    /// Zones lie whole half hours apart; the few others lie in no country that devices come from.
    private static let grid = Duration.seconds(1_800)
    private static let greatest = Duration.seconds(14 * 3_600)

    private let interval: Duration
    /// An earlier message, from which the clock and the device's times are compared.
    private var before: (arrival: Uptime, time: Instant)?
    private var isInDoubt = false

    /// - Parameter interval: how often the device should report.
    init(interval: Duration) { self.interval = interval }

    /// Takes the time of a live message.
    ///
    /// - Parameter zone: by how much the gateway's zone is ahead of UTC then. A difference of just that is the most
    ///   likely mistake, so that the first message is enough for it.
    /// - Returns: by how much the arrival is later than the time, where the zone is in doubt.
    mutating func doubt(_ time: Instant, at stamp: Stamp, zone: Duration) -> Duration? {
        let away = stamp.time - time
        // While nothing confirms our own clock, it may be ours that is wrong: by any time, and not just by a zone's.
        guard away.magnitude >= Self.least, stamp.clock == .synchronised || Self.isZone(away) else {
            before = nil
            isInDoubt = false
            return nil
        }
        // Nothing is sent before it was measured.
        guard away > .zero else { return away }
        if let before {
            // Messages of a burst come faster than they were made, so each is compared with one that came long before.
            let waited = stamp.uptime - before.arrival
            let isSteady = (time - before.time - waited).magnitude <= max(.seconds(5), waited / 4)
            if !isSteady { isInDoubt = false }
            if waited >= interval / 2 {
                isInDoubt = isSteady
                self.before = (stamp.uptime, time)
            }
        } else {
            isInDoubt = (away - zone).magnitude <= Self.slack
            before = (stamp.uptime, time)
        }
        return isInDoubt ? away : nil
    }
}

extension ZoneJudge {
    /// Whether a difference is one between two zones, as far as a device's clock shows it.
    private static func isZone(_ away: Duration) -> Bool {
        let rest = Duration.nanoseconds(away.magnitude.wholeNanoseconds % grid.wholeNanoseconds)
        return away.magnitude <= greatest + slack && min(rest, grid - rest) <= .seconds(60)
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
