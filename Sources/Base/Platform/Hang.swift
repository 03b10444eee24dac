import Glibc

/// A fault for tests: in a debug build `GATEWAY_HANG=NAME` makes the loop of that name stand still, to show that the
/// watchdog notices. A release build does not contain it.
public enum Hang {
    #if DEBUG
    private static let wanted = getenv("GATEWAY_HANG").map { String(cString: $0) }

    public static func here(_ name: String) {
        while wanted == name { sleep(3_600) }
    }
    #else
    @inlinable public static func here(_ name: String) {}
    #endif
}
