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
    /// Whether a later message had the same difference.
    private var isSteady = false

    /// A difference between a message's time and its arrival.
    private struct Doubt {
        /// By how much the arrival is later.
        var away: Duration
        /// Whether it is just what the gateway's zone is ahead of UTC, and has stayed so: the times are in UTC.
        var isOfUTC: Bool
    }

    /// What a message's time is worth.
    enum Verdict: Hashable, Sendable {
        case right(Instant)
        /// The profile names no zone, and the messages show that it is UTC: the time so read.
        case utc(Instant)
        /// The arrival is that much later, or earlier, than the time.
        case doubtful(Duration)
    }

    private let isZoneNamed: Bool
    /// Whether the messages have shown that their times are in UTC.
    private var isUTC = false

    /// - Parameters:
    ///   - interval: how often the device should report.
    ///   - isZoneNamed: whether the profile says the zone; otherwise it is the gateway's, or UTC.
    init(interval: Duration, isZoneNamed: Bool) {
        self.interval = interval
        self.isZoneNamed = isZoneNamed
    }

    /// Takes the time of a live message, in the gateway's zone where the profile names none.
    ///
    /// - Parameter zone: by how much the gateway's zone is ahead of UTC then.
    mutating func judge(_ time: Instant, at stamp: Stamp, zone: Duration) -> Verdict {
        // Messages that the device kept while it was offline have the zone of the others.
        if isUTC {
            if time + zone - stamp.time < Self.least { return .utc(time + zone) }
            isUTC = false
        }
        guard let doubt = doubt(time, at: stamp, zone: zone) else { return .right(time) }
        guard doubt.isOfUTC, !isZoneNamed else { return .doubtful(doubt.away) }
        isUTC = true
        return .utc(time + zone)
    }

    /// Compares the time of a live message with its arrival.
    ///
    /// - Parameter zone: by how much the gateway's zone is ahead of UTC then. A difference of just that is the most
    ///   likely mistake, so that the first message is enough for it.
    /// - Returns: nil where the zone is not in doubt.
    private mutating func doubt(_ time: Instant, at stamp: Stamp, zone: Duration) -> Doubt? {
        let away = stamp.time - time
        // While nothing confirms our own clock, it may be ours that is wrong: by any time, and not just by a zone's.
        guard away.magnitude >= Self.least, stamp.clock == .synchronised || Self.isZone(away) else {
            before = nil
            isInDoubt = false
            isSteady = false
            return nil
        }
        let isZones = (away - zone).magnitude <= Self.slack
        // Nothing is sent before it was measured.
        guard away > .zero else { return Doubt(away: away, isOfUTC: false) }
        if let before {
            // Messages of a burst come faster than they were made, so each is compared with one that came long before.
            let waited = stamp.uptime - before.arrival
            let isSame = (time - before.time - waited).magnitude <= max(.seconds(5), waited / 4)
            if !isSame { (isInDoubt, isSteady) = (false, false) }
            if waited >= interval / 2 {
                (isInDoubt, isSteady) = (isSame, isSame)
                self.before = (stamp.uptime, time)
            }
        } else {
            isInDoubt = isZones
            before = (stamp.uptime, time)
        }
        return isInDoubt ? Doubt(away: away, isOfUTC: isZones && isSteady) : nil
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
