import Domain
import Platform
import Synchronization

/// The end of a source: for code that waits for it, and for the source that begins after it.
final class SourceEnd: Sendable {
    /// What serves the devices after the source.
    private enum Succession {
        case open
        case promised(@Sendable () -> Void)
        case over
    }

    private let succession = Mutex(Succession.open)
    private let ended = WakeFlag()

    /// Runs `begin` at the end; at once if the end has come.
    func handOver(to begin: @escaping @Sendable () -> Void) {
        let isOver = succession.withLock { succession in
            if case .over = succession { return true }
            succession = .promised(begin)
            return false
        }
        if isOver { begin() }
    }

    /// Announces that the source is no longer served.
    func come() {
        let next = succession.withLock { succession in
            defer { succession = .over }
            return succession
        }
        ended.raise()
        if case .promised(let begin) = next { begin() }
    }

    /// Waits, and returns whether the end came by then.
    func wait(until deadline: Uptime, time: any TimeSource) -> Bool { ended.wait(until: deadline, time: time) }
}
