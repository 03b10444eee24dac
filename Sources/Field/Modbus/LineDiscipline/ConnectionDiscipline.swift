import Domain

/// What is known about a device's own connection: since when it stands, whether the device answers on it, and which
/// requests it left unanswered. Pure, without a clock or a descriptor of its own.
///
/// Some devices are mute for a second after a connection was made, or lose its first request. If each timeout closed
/// the connection, they would never give a value. So a new connection on which nothing was answered yet is kept, as
/// long as no device here ever answered at once, and only the same request may be made again on it: whichever of its
/// replies comes, it has the right registers.
struct ConnectionDiscipline {
    private struct Unanswered {
        var request: ReadRequest
        var since: Uptime
    }

    /// A connection older than this is not kept.
    private static let longestSilence = Duration.seconds(10)

    private var made: Uptime?
    private var lastFrame: Uptime?
    private var hasAnswered = false
    private var unanswered: [Unanswered] = []
    /// Whether the first request of a connection was ever answered.
    private var answersAtOnce = false

    /// A connection has been made.
    mutating func connected(at now: Uptime) {
        made = now
        lastFrame = nil
        hasAnswered = false
        unanswered = []
    }

    /// The reply to the present request has come.
    mutating func answered(at now: Uptime) {
        if !hasAnswered, unanswered.isEmpty { answersAtOnce = true }
        hasAnswered = true
        lastFrame = now
    }

    /// The request, sent then, was given up without one byte of a reply.
    ///
    /// - Returns: whether the connection may carry the same request again.
    mutating func silent(_ request: ReadRequest, since sent: Uptime, at now: Uptime) -> Bool {
        guard !hasAnswered, !answersAtOnce, let made, now - made < Self.longestSilence else { return false }
        unanswered.append(Unanswered(request: request, since: sent))
        return true
    }

    /// Whether the connection may carry that request now. Others wait for a new connection, because a late reply could
    /// look like theirs where a converter confuses transaction ids.
    func mayCarry(_ range: RegisterRange, _ unit: UnitID) -> Bool {
        hasAnswered || unanswered.allSatisfy { $0.request.range == range && $0.request.unit == unit }
    }

    /// The unanswered request of that transaction has been answered late.
    ///
    /// - Returns: how late; nil where no such request is known on this connection.
    mutating func late(transaction: UInt16, at now: Uptime) -> LateReply? {
        guard let index = unanswered.firstIndex(where: { $0.request.transaction == transaction }) else { return nil }
        let request = unanswered.remove(at: index)
        return LateReply(unit: request.request.unit, after: now - request.since)
    }

    /// Nothing may be sent before this: the device needs its pauses, and a late reply may still come.
    func freeFrom(_ timing: ReplyTiming) -> Uptime? {
        var moments: [Uptime] = []
        if let made, timing.connectPause > .zero, !hasAnswered { moments.append(made + timing.connectPause) }
        if let lastFrame, timing.requestGap > .zero { moments.append(lastFrame + timing.requestGap) }
        if hasAnswered, let last = unanswered.last { moments.append(last.since + timing.worstReply) }
        return moments.max()
    }
}
