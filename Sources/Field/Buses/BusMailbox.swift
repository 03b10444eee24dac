import Domain
import Synchronization

/// Requests of clients that wait for the thread that serves the bus.
///
/// A client that may not use the line is refused here, at once, however busy that thread is.
final class BusMailbox: Sendable {
    private struct State: Sendable {
        var waiting: [BusErrand] = []
        var isClosed = false
        var share = LineShare()
        /// How long the last late reply to a client that had the whole line may still come.
        var settling = Duration.zero
    }

    private let state = Mutex(State())

    func add(_ errand: BusErrand) -> LendReception {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            let verdict = state.share.ask(errand.borrower, now: errand.came)
            guard verdict == .granted else { return .refused(verdict) }
            state.waiting.append(errand)
            return .taken
        }
    }

    /// Whether there is work for a client, or was until a moment ago.
    var isInUse: Bool { state.withLock { !$0.waiting.isEmpty || $0.share.isTaken } }

    /// The errand that has waited longest; it stays until `removeFirst`.
    var first: BusErrand? { state.withLock { $0.waiting.first } }

    /// Returns false when the errand is no longer there, because its client has left.
    func removeFirst(_ errand: BusErrand) -> Bool {
        state.withLock { state in
            guard state.waiting.first?.borrower.client == errand.borrower.client else { return false }
            state.waiting.removeFirst()
            return true
        }
    }

    /// Reads the line's share, or notes what was done.
    func share<T: Sendable>(_ body: (inout LineShare) -> T) -> T { state.withLock { body(&$0.share) } }

    func settle(for duration: Duration) { state.withLock { $0.settling = duration } }

    /// Forgets a client's requests: it is done with the line, or has left.
    ///
    /// - Returns: whether the client had the line.
    func leave(client: Int, now: Uptime) -> Bool {
        state.withLock { state in
            state.waiting.removeAll { $0.borrower.client == client }
            return state.share.leave(client, settling: state.settling, now: now)
        }
    }

    /// Accepts nothing more; waiting requests are refused.
    func close() {
        let left = state.withLock { state in
            defer { state.waiting = [] }
            state.isClosed = true
            return state.waiting
        }
        for errand in left { errand.answer(.closing) }
    }
}
