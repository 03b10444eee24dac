/// Time since the machine started, suspend included (CLOCK_BOOTTIME). All intervals are measured on it: it never steps.
public struct Uptime: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public var milliseconds: Int64 { nanoseconds / 1_000_000 }

    public static func < (a: Uptime, b: Uptime) -> Bool { a.nanoseconds < b.nanoseconds }
    public static func + (a: Uptime, b: Duration) -> Uptime { Uptime(nanoseconds: a.nanoseconds + b.wholeNanoseconds) }
    public static func - (a: Uptime, b: Duration) -> Uptime { Uptime(nanoseconds: a.nanoseconds - b.wholeNanoseconds) }
    public static func - (a: Uptime, b: Uptime) -> Duration { .nanoseconds(a.nanoseconds - b.nanoseconds) }
}

/// Whether the kernel confirms the wall clock.
public enum ClockState: String, Sendable, Codable {
    case synchronised
    case unsynchronised
}

/// When something arrived: the best wall-clock estimate, whether it can be trusted, and what a later correction needs.
public struct Stamp: Hashable, Sendable {
    public var time: Instant
    public var clock: ClockState
    /// The boot that `uptime` counts from: the kernel's random boot id.
    public var boot: String
    public var uptime: Uptime

    public init(time: Instant, clock: ClockState, boot: String, uptime: Uptime) {
        self.time = time
        self.clock = clock
        self.boot = boot
        self.uptime = uptime
    }
}

extension Stamp {
    /// Whether a device's own time is plausible: at most an hour after the arrival and 400 days before it. When nothing
    /// confirms our own clock, any time is plausible.
    public func believes(_ deviceTime: Instant) -> Bool {
        clock == .unsynchronised
            || (deviceTime <= time + .seconds(3_600) && time <= deviceTime + .seconds(400 * 86_400))
    }
}

/// Where time comes from: the kernel in the daemon, a clock that a test moves by hand.
public protocol TimeSource: Sendable {
    /// The present, on the clock that never steps.
    func uptime() -> Uptime
    /// The wall-clock time of a moment of this boot.
    func stamp(at uptime: Uptime) -> Stamp
}

extension TimeSource {
    public func stamp() -> Stamp { stamp(at: uptime()) }
}
