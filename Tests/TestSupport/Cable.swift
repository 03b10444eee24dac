import Glibc
import Platform
import Synchronization

/// A TCP connection to a port of this machine that can be cut and mended: while it is cut, connections are refused.
public final class Cable: Sendable {
    private struct State {
        var isWhole = true
        var isEnding = false
        /// Whether the thread has carried out the last request.
        var isSettled = false
    }

    public let port: Int
    private let target: Int
    private let state = Mutex(State())
    private let asked: PollFlag
    private let done = WakeFlag()
    private let thread = Mutex<WorkerThread?>(nil)

    public init(to target: Int) throws {
        port = try freePort()
        asked = try PollFlag()
        self.target = target
        let started = try WorkerThread(name: "cable") { [unowned self] in self.run() }
        thread.withLock { $0 = started }
        settle()
    }

    deinit {
        state.withLock { $0.isEnding = true }
        asked.raise()
        thread.withLock { $0 }?.join()
    }

    /// Ends every connection and refuses new ones; this holds when it returns.
    public func cut() { change(whole: false) }
    public func mend() { change(whole: true) }

    private func change(whole: Bool) {
        state.withLock {
            $0.isWhole = whole
            $0.isSettled = false
        }
        asked.raise()
        settle()
    }

    private func settle() {
        while !state.withLock({ $0.isSettled }) { done.wait(until: nil, time: SystemClock()) }
    }

    private func run() {
        var listener: Int32 = -1
        var pairs: [(Int32, Int32)] = []
        func closeAll() {
            for (near, far) in pairs {
                close(near)
                close(far)
            }
            pairs = []
            if listener >= 0 { close(listener) }
            listener = -1
        }
        while true {
            let now = state.withLock { $0 }
            if now.isEnding || !now.isWhole { closeAll() }
            if now.isEnding { return }
            if now.isWhole, listener < 0 { listener = listen() }
            if !now.isSettled {
                state.withLock { $0.isSettled = true }
                done.raise()
            }
            var set = [asked.descriptor, listener].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            for (near, far) in pairs {
                set += [near, far].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            }
            while poll(&set, nfds_t(set.count), -1) < 0 && errno == EINTR {}
            if set[0].revents != 0 { asked.lower() }
            for index in pairs.indices.reversed() {
                let (near, far) = pairs[index]
                let whole =
                    (set[2 + 2 * index].revents == 0 || carry(near, far))
                    && (set[3 + 2 * index].revents == 0 || carry(far, near))
                if !whole {
                    close(near)
                    close(far)
                    pairs.remove(at: index)
                }
            }
            if set[1].revents != 0 {
                let near = accept(listener, nil, nil)
                let far = connect()
                if near >= 0, far >= 0 { pairs.append((near, far)) } else { close(near) }
            }
        }
    }

    private func carry(_ source: Int32, _ target: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(source, &buffer, buffer.count, 0)
        return count > 0 && send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count
    }

    private func listen() -> Int32 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let result = withAddress(port) { Glibc.bind(listener, $0, $1) }
        precondition(result == 0 && Glibc.listen(listener, 8) == 0, "no listener: \(errno)")
        return listener
    }

    private func connect() -> Int32 {
        let far = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if withAddress(target, { Glibc.connect(far, $0, $1) }) == 0 { return far }
        close(far)
        return -1
    }

    private func withAddress(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
