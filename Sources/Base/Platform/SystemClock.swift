import CLinux
public import Domain
import Glibc

/// The kernel's clocks.
public struct SystemClock: TimeSource {
    private let boot: String
    private let trusted: Bool

    /// - Parameter trusted: the configuration's `clock: trusted`, for boxes whose clock is right without NTP.
    public init(trusted: Bool = false) {
        self.trusted = trusted
        boot = Self.bootID()
    }

    public func uptime() -> Uptime { Uptime(nanoseconds: Self.nanoseconds(CLOCK_BOOTTIME)) }

    public func stamp(at uptime: Uptime) -> Stamp {
        let ago = Self.nanoseconds(CLOCK_BOOTTIME) - uptime.nanoseconds
        let wall = Self.nanoseconds(CLOCK_REALTIME) - ago
        let synchronised = trusted || clinux_clock_is_synchronised() == 1
        return Stamp(
            // Rounded to the nearest: truncation would make every reading seem half a millisecond older than it is.
            time: Instant(millisecondsSince1970: (wall + 500_000) / 1_000_000),
            clock: synchronised ? .synchronised : .unsynchronised,
            boot: boot,
            uptime: uptime
        )
    }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The kernel's random id of this boot, without its dashes; all zeros where /proc is missing.
    private static func bootID() -> String {
        guard let file = fopen("/proc/sys/kernel/random/boot_id", "r") else { return String(repeating: "0", count: 32) }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 64)
        guard fgets(&buffer, 64, file) != nil else { return String(repeating: "0", count: 32) }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .filter { $0.isHexDigit }
    }
}
