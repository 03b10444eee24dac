import CLinux
import Glibc

/// A flag that any thread may raise, for a thread that also waits for descriptors (eventfd). A thread that waits for
/// nothing else uses `WakeFlag`, which costs no descriptor.
public final class PollFlag: Sendable {
    /// The descriptor for the poll set, readable while the flag is raised.
    public let descriptor: Int32

    /// - Throws: the process or the machine is out of descriptors.
    public init() throws(SystemError) {
        descriptor = DescriptorRoom.moveUp(try system("eventfd") { clinux_eventfd() })
    }

    deinit { close(descriptor) }

    public func raise() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    public func lower() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
