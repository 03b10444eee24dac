import Synchronization

/// What threads that must return quickly notice, until the housekeeper says it. The journal's own thread cannot append
/// while it writes, and a session's thread neither reads nor writes meanwhile.
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
