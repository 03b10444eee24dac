import Glibc
public import Platform
import Synchronization

/// Ends a thread that waits for sockets; raised once, for good.
public final class StopSignal: Sendable {
    /// Readable while the signal or another wake-up stands.
    public let flag: PollFlag
    private let raised = Atomic(false)

    public init() throws(SystemError) { flag = try PollFlag() }

    public var isRaised: Bool { raised.load(ordering: .acquiring) }

    public func raise() {
        raised.store(true, ordering: .releasing)
        flag.raise()
    }

    /// Waits so long, or until the signal.
    public func wait(for limit: Duration) {
        var waited = pollfd(fd: flag.descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(
            &waited,
            1,
            Int32(clamping: limit.components.seconds * 1_000 + limit.components.attoseconds / 1_000_000_000_000_000)
        )
    }
}
