/// The hours of the field's day, which may go by faster than time itself: a visitor sees the rush hour soon, and still
/// no more vehicles an hour than a road can carry.
struct FieldDay: Sendable {
    /// The seconds since the epoch from which on the day runs faster.
    let start: Double
    let speed: Double
    /// Seconds east of UTC.
    let localOffset: Double

    /// The day of the real time.
    init(localOffset: Double) { self.init(start: 0, speed: 1, localOffset: localOffset) }

    init(start: Double, speed: Double, localOffset: Double) {
        self.start = start
        self.speed = speed
        self.localOffset = localOffset
    }

    /// The local time of the field, in seconds since the epoch.
    func local(at seconds: Double) -> Double {
        localOffset + (seconds <= start ? seconds : start + (seconds - start) * speed)
    }

    /// The integral over time, from the epoch on, of a share of the day.
    ///
    /// - Parameter shape: the integral of the share over the field's local time, from 0.
    func integral(to seconds: Double, of shape: (Double) -> Double) -> Double {
        let before = shape(local(at: min(seconds, start))) - shape(localOffset)
        return seconds <= start ? before : before + (shape(local(at: seconds)) - shape(local(at: start))) / speed
    }
}
