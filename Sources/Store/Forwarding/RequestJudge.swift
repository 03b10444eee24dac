import Contract
import DequeModule
import Domain

/// Why a request to send entries again is not answered.
public enum RequestRefusal: String, Sendable, Hashable {
    /// The broker kept it from before the subscription: it may be of any age.
    case retained
    /// It is no request of the contract, or larger than one may be.
    case unreadable
    /// The same request came moments ago.
    case repeated
    /// As many requests as may wait are waiting for their turn.
    case busy
    /// Too many requests came, or the answers to them have already named too many losses.
    case tooMany = "too_many"
}

/// Decides which requests to send entries again are answered, and when: one at a time, none twice, and never so many
/// that their answers fill the journal. Pure; the caller holds the clock.
struct RequestJudge: Sendable {
    /// A request that comes again within this time is the same one: MQTT may deliver it twice.
    static let sameRequest = Duration.seconds(60)
    /// How many requests are taken within that time.
    static let mostRemembered = 64
    /// How many requests wait for their turn.
    static let mostWaiting = 16
    /// An answer of which nothing was acknowledged for this time no longer holds up the next one.
    static let patience = Duration.seconds(600)
    /// How many events may say within an hour what is no longer there: each is an entry, and a destination that asks on
    /// and on must not displace readings.
    static let mostLosses = 100
    private static let hour = Duration.seconds(3_600)

    private var recent: [(request: ResendRequest, at: Uptime)] = []
    private var waiting: Deque<ResendRequest> = []
    /// The journal has not said yet what became of the last request.
    private var isAsking = false
    /// How many entries of the answer were open when that last changed.
    private var open: (count: Int, since: Uptime)?
    private var told: (count: Int, since: Uptime)?

    var hasWaiting: Bool { !waiting.isEmpty }

    /// Takes a request, which then waits for its turn.
    ///
    /// - Returns: why it gets no answer; nil where it gets one.
    mutating func take(_ request: ResendRequest, now: Uptime) -> RequestRefusal? {
        recent.removeAll { now - $0.at >= Self.sameRequest }
        if recent.contains(where: { $0.request == request }) || waiting.contains(request) { return .repeated }
        if lossesLeft(now: now) == 0 || recent.count >= Self.mostRemembered { return .tooMany }
        if waiting.count >= Self.mostWaiting { return .busy }
        recent.append((request, now))
        waiting.append(request)
        return nil
    }

    /// Returns the request whose turn has come, and how many events may say what is no longer there.
    ///
    /// - Parameter open: how many entries that were asked for again are not acknowledged yet.
    mutating func next(open count: Int, now: Uptime) -> (request: ResendRequest, losses: Int)? {
        guard !waiting.isEmpty, !isAsking, !isMoving(count, now: now) else { return nil }
        let losses = lossesLeft(now: now)
        guard losses > 0, let request = waiting.popFirst() else { return nil }
        isAsking = true
        open = nil
        return (request, losses)
    }

    /// The journal has said what became of the request.
    ///
    /// - Parameter losses: how many events say what is no longer there.
    mutating func answered(losses: Int, now: Uptime) {
        isAsking = false
        if losses > 0 { told = ((told?.count ?? 0) + losses, told?.since ?? now) }
    }

    private mutating func lossesLeft(now: Uptime) -> Int {
        if let told, now - told.since >= Self.hour { self.told = nil }
        return max(0, Self.mostLosses - (told?.count ?? 0))
    }

    /// Whether an answer is on its way, and still has time to move.
    private mutating func isMoving(_ count: Int, now: Uptime) -> Bool {
        guard count > 0 else { return false }
        guard let open, open.count == count else {
            self.open = (count, now)
            return true
        }
        return now - open.since < Self.patience
    }
}
