import CLinux
import Domain
import Glibc

/// Many descriptors that one thread waits on at once (epoll): it is told which of them are ready.
///
/// Confined to its thread. Whoever closes a descriptor takes it out by that.
final class ReadySet {
    struct Ready {
        var tag: Int
        /// Something can be read, or the other side hung up.
        var readable: Bool
        var writable: Bool
    }

    private let descriptor: Int32
    private var found: [clinux_ready]

    /// - Parameter most: how many `wait` reports at once, 64 at most; the others come with the next.
    init(most: Int) {
        descriptor = clinux_epoll()
        // Only a process out of descriptors or memory comes here, and it could not go on.
        precondition(descriptor >= 0, "epoll_create1: \(String(cString: strerror(errno)))")
        found = Array(repeating: clinux_ready(), count: most)
    }

    deinit { close(descriptor) }

    /// - Parameter tag: by which `wait` names it.
    func add(_ descriptor: Int32, tag: Int, writing: Bool) {
        let result = clinux_epoll_set(self.descriptor, descriptor, 1, UInt32(tag), writing ? 1 : 0)
        // Of an open socket only a process out of memory comes here.
        precondition(result == 0, "epoll_ctl: \(String(cString: strerror(errno)))")
    }

    /// Whether room to write is waited for too.
    func change(_ descriptor: Int32, tag: Int, writing: Bool) {
        _ = clinux_epoll_set(self.descriptor, descriptor, 0, UInt32(tag), writing ? 1 : 0)
    }

    /// Takes a descriptor out that stays open; one that is not in is none.
    func remove(_ descriptor: Int32) { _ = clinux_epoll_remove(self.descriptor, descriptor) }

    /// Sleeps until something is ready or the deadline has passed, or just looks if it has; nil waits for ever.
    ///
    /// - Returns: how many are ready, which the subscript names; 0 after a signal too.
    func wait(until deadline: Uptime?, time: any TimeSource) -> Int {
        let left = deadline.map { max(0, ($0 - time.uptime()).wholeNanoseconds) } ?? -1
        return max(0, Int(clinux_epoll_wait(descriptor, &found, Int32(found.count), left)))
    }

    subscript(index: Int) -> Ready {
        let one = found[index]
        return Ready(tag: Int(one.tag), readable: one.readable != 0, writable: one.writable != 0)
    }
}
