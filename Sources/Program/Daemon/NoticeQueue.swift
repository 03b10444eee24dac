import Synchronization

/// Notices from threads that must return quickly; the housekeeper reports them. The journal's own thread cannot append
/// while it writes, and a session's thread must neither read nor write then.
final class NoticeQueue<Notice: Sendable>: Sendable {
    private let waiting: Mutex<[Notice]> = Mutex([])

    func add(_ notice: Notice) { waiting.withLock { $0.append(notice) } }

    func take() -> [Notice] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
