import CLinux
import Domain
import Glibc

/// Many descriptors that one thread waits on at once (epoll): the kernel reports which of them are ready.
///
/// One thread waits. Code that closes a descriptor takes it out by doing so.
final class ReadySet: Sendable {
    struct Ready {
        var tag: Int
        /// Something can be read, or the other side hung up.
        var readable: Bool
        var writable: Bool
    }

    private let descriptor: Int32

    /// - Throws: the process or the machine is out of descriptors.
    init() throws(SystemError) {
        descriptor = DescriptorRoom.moveUp(try system("epoll_create1") { clinux_epoll() })
    }

    deinit { close(descriptor) }

    /// - Parameter tag: identifies the descriptor in the report of `wait`.
    /// - Returns: whether it was added; the kernel limits how many a user may have (`fs.epoll.max_user_watches`).
    func add(_ descriptor: Int32, tag: Int, writing: Bool) -> Bool {
        clinux_epoll_set(self.descriptor, descriptor, 1, UInt32(tag), writing ? 1 : 0) == 0
    }

    /// Sets whether it also waits for room to write.
    func change(_ descriptor: Int32, tag: Int, writing: Bool) {
        _ = clinux_epoll_set(self.descriptor, descriptor, 0, UInt32(tag), writing ? 1 : 0)
    }

    /// Removes a descriptor that stays open; a missing one is ignored.
    func remove(_ descriptor: Int32) { _ = clinux_epoll_remove(self.descriptor, descriptor) }

    /// Sleeps until something is ready or the deadline has passed; only looks if it has passed already. Nil waits for
    /// ever.
    ///
    /// - Returns: how many are in `report`; 0 also after a signal.
    func wait(into report: inout Report, until deadline: Uptime?, time: any TimeSource) -> Int {
        let left = deadline.map { max(0, ($0 - time.uptime()).wholeNanoseconds) } ?? -1
        return max(0, Int(clinux_epoll_wait(descriptor, &report.found, Int32(report.found.count), left)))
    }

    /// Where `wait` puts what is ready.
    struct Report {
        fileprivate var found: [clinux_ready]

        /// - Parameter most: how many are reported at once, 64 at most; the others follow with the next call.
        init(most: Int) { found = Array(repeating: clinux_ready(), count: most) }

        subscript(index: Int) -> Ready {
            let one = found[index]
            return Ready(tag: Int(one.tag), readable: one.readable != 0, writable: one.writable != 0)
        }
    }
}
