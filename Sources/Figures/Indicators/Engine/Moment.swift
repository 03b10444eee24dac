import Domain

/// When an entry counts, and whether it counts at all.
struct Moment {
    let observation: Observation
    /// The device's own time where it sends a plausible one, otherwise the time of arrival.
    let time: Instant
    /// Whether the device sends its own time, so that its readings may come in any order.
    let isOwn: Bool
    /// What the device fed at that time.
    let feed: IndicatorPlan.DeviceFeed
    /// Whether the device's own time, if it sends one, is plausible.
    let isBelieved: Bool

    /// Nil when the device had no place then.
    init?(_ observation: Observation, feed: (Instant) -> IndicatorPlan.DeviceFeed?) {
        self.observation = observation
        let arrival = observation.stamp.time
        let told = observation.sourceTime ?? arrival
        isBelieved = observation.stamp.believes(told)
        time = isBelieved ? told : arrival
        isOwn = observation.sourceTime != nil
        guard let feed = feed(time) else { return nil }
        self.feed = feed
    }

    var isVerified: Bool { feed.isVerified }
    var milliseconds: Int64 { time.millisecondsSince1970 }
    var arrival: Int64 { observation.stamp.time.millisecondsSince1970 }
    var counts: Bool { isVerified && isBelieved }

    /// The entry, counted once.
    private var received: Tally {
        var tally = Tally()
        tally.received = 1
        tally.identities = identities
        return tally
    }

    var identities: [IdentityRange] {
        [IdentityRange(epoch: observation.epoch, from: observation.seq, to: observation.seq)]
    }

    /// Counts that a point was received, and whether it counts.
    func presence(_ point: PointObservation, _ tap: Tap) -> Tally {
        var tally = received
        let isHeard = point.quality == .good || tap.what == .alive && point.reason == .unstable
        if !isHeard || !counts {
            tally.excluded = 1
            tally.unverified = isHeard && !isVerified ? 1 : 0
        }
        return tally
    }

    func tally(_ event: EventObservation, _ tap: Tap) -> Tally {
        var tally = received
        guard case .event(let amount) = tap.what, counts else {
            tally.excluded = 1
            tally.unverified = isVerified ? 0 : 1
            return tally
        }
        if let amount {
            if let number = event.numbers[amount] { tally.add(value: number) } else { tally.excluded = 1 }
        } else {
            tally.add(value: Fixed(1))
        }
        return tally
    }

    /// The value in the unit of the figure.
    func value(_ point: PointObservation, _ tap: Tap) -> Fixed? {
        guard counts, point.quality == .good, let value = point.value else { return nil }
        return tap.conversion?.value(value) ?? value
    }
}
