import Contract
import Domain

/// Why a request to send entries again is not answered.
public enum RequestRefusal: String, Sendable, Hashable {
    /// The broker kept it from before the subscription: it may be of any age.
    case retained
    /// It is no request of the contract, or larger than one may be.
    case unreadable
    /// The same request came moments ago.
    case repeated
    /// The entries of an earlier request are still on their way.
    case busy
    /// Too many requests came, or the answers to them have already named too many losses.
    case tooMany = "too_many"
}

/// Decides which requests to send entries again are answered: one at a time, none twice, and never so many that their
/// answers fill the journal. Pure; the caller holds the clock.
struct RequestJudge: Sendable {
    enum Verdict: Hashable, Sendable {
        /// - losses: how many events may say what is no longer there.
        case answer(losses: Int)
        case refuse(RequestRefusal)
    }

    /// A request that comes again within this time is the same one: MQTT may deliver it twice.
    static let sameRequest = Duration.seconds(60)
    /// How many requests are remembered for that time.
    static let mostRemembered = 64
    /// An answer of which nothing was acknowledged for this time no longer holds up the next one.
    static let patience = Duration.seconds(600)
    /// How many events may say within an hour what is no longer there: each is an entry, and a destination that asks on
    /// and on must not displace readings.
    static let mostLosses = 100
    private static let hour = Duration.seconds(3_600)

    private var recent: [(request: ResendRequest, at: Uptime)] = []
    /// The journal has not said yet what became of the last request.
    private var isAsking = false
    /// How many entries of the answer were open when that last changed.
    private var open: (count: Int, since: Uptime)?
    private var told: (count: Int, since: Uptime)?

    /// - Parameter open: how many entries that were asked for again are not acknowledged yet.
    mutating func verdict(on request: ResendRequest, open count: Int, now: Uptime) -> Verdict {
        recent.removeAll { now - $0.at >= Self.sameRequest }
        if recent.contains(where: { $0.request == request }) { return .refuse(.repeated) }
        if isAsking || isMoving(count, now: now) { return .refuse(.busy) }
        if let told, now - told.since >= Self.hour { self.told = nil }
        let losses = Self.mostLosses - (told?.count ?? 0)
        guard losses > 0, recent.count < Self.mostRemembered else { return .refuse(.tooMany) }
        recent.append((request, now))
        isAsking = true
        open = nil
        return .answer(losses: losses)
    }

    /// The journal has said what became of the request.
    ///
    /// - Parameter losses: how many events say what is no longer there.
    mutating func answered(losses: Int, now: Uptime) {
        isAsking = false
        if losses > 0 { told = ((told?.count ?? 0) + losses, told?.since ?? now) }
    }

    /// Whether an answer is on its way, and has moved since the last request or has still time to.
    private mutating func isMoving(_ count: Int, now: Uptime) -> Bool {
        guard count > 0 else { return false }
        guard let open, open.count == count else {
            self.open = (count, now)
            return true
        }
        return now - open.since < Self.patience
    }
}
