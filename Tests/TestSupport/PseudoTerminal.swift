import Glibc

/// A serial line's end as a file: bytes written to the master arrive at `path`, and the other way round. The slave is
/// held open too, so that the line stays when its user closes it; `pull` ends both, as when an adapter is pulled.
public final class PseudoTerminal: Sendable {
    public let master: Int32
    private let slave: Int32
    /// The slave's device file.
    public let path: String

    public init() {
        // Glibc's overlay hides posix_openpt and its family behind _XOPEN_SOURCE: use their ioctls, by number.
        let unlock: UInt = 0x4004_5431  // TIOCSPTLCK
        let number: UInt = 0x8004_5430  // TIOCGPTN
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var locked: Int32 = 0
        var index: Int32 = 0
        precondition(
            master >= 0 && ioctl(master, unlock, &locked) == 0 && ioctl(master, number, &index) == 0,
            "no pty: \(errno)"
        )
        path = "/dev/pts/\(index)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var settings = termios()
        tcgetattr(slave, &settings)
        cfmakeraw(&settings)
        tcsetattr(slave, TCSANOW, &settings)
    }

    /// Pulls the adapter. Call it once, instead of `close`.
    public func pull() { close() }

    public func close() {
        Glibc.close(slave)
        Glibc.close(master)
    }
}
