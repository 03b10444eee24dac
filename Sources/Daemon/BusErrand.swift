import Control
import Domain
import Platform
import Synchronization

/// Something that somebody else asks of a bus' thread.
struct BusErrand: Sendable {
    enum Kind: Sendable {
        case read(BorrowedRead, RegisterRange)
        /// The port is left to the client until it releases it, or is gone, or that time has come.
        case take(until: Uptime)
        case release
    }

    var kind: Kind
    /// The control socket's number of the client.
    var client: Int
    var came: Uptime
    var answer: @Sendable (BorrowedAnswer) -> Void
}

/// Errands on their way to a bus' thread.
final class BusMailbox: Sendable {
    private struct State: Sendable {
        var waiting: [BusErrand] = []
        var isClosed = false
        /// Who has asked for anything: of others nothing has to be taken back when they go.
        var clients: Set<Int> = []
    }

    /// More would be somebody's mistake.
    private static let most = 64
    private let state = Mutex(State())

    /// False when the thread has ended or is ending, or too much waits.
    func add(_ errand: BusErrand) -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.waiting.count < Self.most else { return false }
            state.waiting.append(errand)
            state.clients.insert(errand.client)
            return true
        }
    }

    /// The errand that has waited longest; it stays until `removeFirst`.
    var first: BusErrand? { state.withLock { $0.waiting.first } }

    func removeFirst() { state.withLock { _ = $0.waiting.removeFirst() } }

    /// Forgets what a client that has gone had asked.
    ///
    /// - Returns: whether it had ever asked for anything.
    func forget(client: Int) -> Bool {
        state.withLock { state in
            state.waiting.removeAll { $0.client == client }
            return state.clients.remove(client) != nil
        }
    }

    /// Nothing more is taken; what waits is refused.
    func close() {
        let left = state.withLock { state in
            defer { state.waiting = [] }
            state.isClosed = true
            return state.waiting
        }
        for errand in left { errand.answer(BorrowedAnswer(refused: "the gateway is restarting this bus; try again")) }
    }
}
