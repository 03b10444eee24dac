import Synchronization

/// Notices from threads that must return quickly, until a slower thread takes them.
public final class NoticeQueue<Notice: Sendable>: Sendable {
    private let waiting: Mutex<[Notice]> = Mutex([])

    public init() {}

    public func add(_ notice: Notice) { waiting.withLock { $0.append(notice) } }

    public func take() -> [Notice] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
