import Glibc

/// How many descriptors this process may have, and which numbers they get.
///
/// `select` has no place for a number of 1024 or more, and libmodbus uses it on serial ports: its `FD_SET` ends the
/// process. So what is polled by us moves up, and leaves the low numbers to those who cannot choose: serial ports, the
/// journal, what libraries open.
public enum DescriptorRoom {
    /// The first number that `select` cannot hold (FD_SETSIZE).
    public static let selectLimit: Int32 = 1_024

    /// The header's numbers are of another type than its functions take.
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    /// The soft limit, by which the kernel goes, and the hard one, to which a process may raise it (RLIMIT_NOFILE).
    public static var limits: (soft: Int, hard: Int) {
        var limit = rlimit()
        getrlimit(resource, &limit)
        return (Int(clamping: limit.rlim_cur), Int(clamping: limit.rlim_max))
    }

    /// Takes all that the machine's owner lets this process have; shells give a soft limit of 1024.
    public static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // Forbidden by the service's filter of system calls, where the two limits are the same.
        setrlimit(resource, &limit)
    }

    /// Gives an open descriptor a number of 1024 or more; where the limit leaves none, it stays what it is.
    public static func moveUp(_ descriptor: Int32) -> Int32 {
        if descriptor >= selectLimit { return descriptor }
        let high = fcntl(descriptor, F_DUPFD_CLOEXEC, selectLimit)
        guard high >= 0 else { return descriptor }
        close(descriptor)
        return high
    }

    /// Whether no file can be opened now, for want of a descriptor. Ask it after a failure whose code says something
    /// else: a resolver that cannot open its files knows no name.
    public static var isExhausted: Bool {
        let one = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if one < 0 { return errno == EMFILE || errno == ENFILE }
        close(one)
        return false
    }

    /// Whether buses leave that number to others: brokers, the journal and the control sockets need some too, and the
    /// many endpoints must not take the last. The kernel gives the lowest number that is free, so a high one says that
    /// few are left.
    public static func isReserved(_ descriptor: Int32, limit: Int) -> Bool {
        let end = min(limit, Int(selectLimit))
        return descriptor < selectLimit && Int(descriptor) >= end - min(64, end / 4)
    }
}
