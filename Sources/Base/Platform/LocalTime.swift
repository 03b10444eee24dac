public import Domain
import Glibc

/// The time zone of the process, from the C library's tables: Foundation's would load ICU.
public enum LocalTime {
    /// Sets the process' zone; call it once, at start, before threads run.
    ///
    /// - Parameter zone: an IANA name that is in /usr/share/zoneinfo.
    public static func setZone(_ zone: String) {
        setenv("TZ", ":" + zone, 1)
        tzset()
    }

    /// Returns the seconds by which the zone is ahead of UTC at that moment.
    public static func offset(at moment: Instant) -> Int64 {
        var seconds = time_t(moment.millisecondsSince1970 / 1_000)
        var shown = tm()
        localtime_r(&seconds, &shown)
        return Int64(shown.tm_gmtoff)
    }

    /// Returns the zone's name at that moment: `WIB`.
    public static func zone(at moment: Instant) -> String {
        var seconds = time_t(moment.millisecondsSince1970 / 1_000)
        var shown = tm()
        localtime_r(&seconds, &shown)
        return shown.tm_zone.map { String(cString: $0) } ?? "UTC"
    }

    /// Returns what clocks in the zone show at that moment: `hh:mm:ss`.
    public static func clock(at moment: Instant) -> String {
        String((moment + .seconds(offset(at: moment))).description.dropFirst(11).prefix(8))
    }

    /// Returns the seconds by which the zone is ahead of UTC when its clocks show that time (given as if it were UTC).
    public static func offset(whenClocksShow local: Instant) -> Int64 {
        var seconds = time_t(local.millisecondsSince1970 / 1_000)
        var shown = tm()
        gmtime_r(&seconds, &shown)
        shown.tm_isdst = -1
        let utc = mktime(&shown)
        return Int64(seconds) - Int64(utc)
    }
}
