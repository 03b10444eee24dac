import Glibc

/// How many descriptors this process may have, and which numbers they get.
///
/// `select` cannot handle numbers of 1024 or more, and libmodbus uses it on serial ports: its `FD_SET` ends the
/// process. So descriptors that we poll move up, and the low numbers stay free for those who cannot choose: serial
/// ports, the journal, descriptors that libraries open.
public enum DescriptorRoom {
    /// The first number that `select` cannot hold (FD_SETSIZE).
    public static let selectLimit: Int32 = 1_024

    /// The constants of the header have another type than its functions take.
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    /// The soft limit, which the kernel enforces, and the hard one, up to which a process may raise it (RLIMIT_NOFILE).
    public static var limits: (soft: Int, hard: Int) {
        var limit = rlimit()
        getrlimit(resource, &limit)
        return (Int(clamping: limit.rlim_cur), Int(clamping: limit.rlim_max))
    }

    /// Raises the soft limit to all that the machine's owner allows; shells set it to 1024.
    public static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // The service's system call filter forbids this; there the two limits are equal.
        setrlimit(resource, &limit)
    }

    /// Gives an open descriptor a number of 1024 or more; where the limit leaves none, it keeps its number.
    public static func moveUp(_ descriptor: Int32) -> Int32 {
        if descriptor >= selectLimit { return descriptor }
        let high = fcntl(descriptor, F_DUPFD_CLOEXEC, selectLimit)
        guard high >= 0 else { return descriptor }
        close(descriptor)
        return high
    }

    /// Whether no file can be opened now for lack of a descriptor. Check it after a failure whose code says something
    /// else: a resolver that cannot open its files reports an unknown name.
    public static var isExhausted: Bool {
        let one = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if one < 0 { return errno == EMFILE || errno == ENFILE }
        close(one)
        return false
    }

    /// Whether buses leave that number to others. Brokers, the journal and the control sockets need some descriptors
    /// too, and the many endpoints must not take the last. The kernel gives the lowest free number, so a high one means
    /// that few are left.
    public static func isReserved(_ descriptor: Int32, limit: Int) -> Bool {
        let end = min(limit, Int(selectLimit))
        return descriptor < selectLimit && Int(descriptor) >= end - min(64, end / 4)
    }
}
