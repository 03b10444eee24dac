import Domain

/// Who may speak when on a serial line, and whose word counts: pure, without a clock or a descriptor of its own.
/// `ModbusBus` opens with the reasons.
struct LineDiscipline {
    /// How to bring a unit's next request, given what happened to its last.
    enum Approach: Equatable {
        case direct
        /// One register is asked for first and its reply thrown away: it cannot be mistaken for the real one.
        case synchroniseFirst
        /// The real request is as short as the synchronising one, so its own first reply is thrown away.
        case discardReply
    }

    private let silence: Duration
    private var frameEnd: Uptime?
    private var rest: Uptime?
    private var suspects: Set<UnitID> = []

    init(silence: Duration) { self.silence = silence }

    /// Until when the line rests, if that is after `now`.
    func restingUntil(after now: Uptime) -> Uptime? { rest.flatMap { $0 > now ? $0 : nil } }

    /// Before this nothing may be sent.
    var freeFrom: Uptime? {
        let silent = frameEnd.map { $0 + silence }
        guard let rest, let silent else { return rest ?? silent }
        return max(rest, silent)
    }

    func approach(to unit: UnitID, for range: RegisterRange) -> Approach {
        if !suspects.contains(unit) { return .direct }
        return range.dataBytes == Self.synchronising(range).dataBytes ? .discardReply : .synchroniseFirst
    }

    static func synchronising(_ range: RegisterRange) -> RegisterRange {
        RegisterRange(range.table, start: range.start, count: 1)
    }

    /// A whole frame by the right unit ended now.
    mutating func frameEnded(at now: Uptime) { frameEnd = now }

    /// A request got no reply, or garbage: its real reply may still come, until `worstReply` has passed.
    mutating func failed(_ unit: UnitID, at now: Uptime, worstReply: Duration) {
        suspects.insert(unit)
        rest = max(now + worstReply, rest ?? now)
    }

    /// A reply was thrown away. If it was a late one, the request's own comes before `deadline`.
    mutating func discardedReply(of unit: UnitID, deadline: Uptime) {
        suspects.remove(unit)
        rest = max(deadline, rest ?? deadline)
    }

    /// The unit answered a synchronising request.
    mutating func synchronised(_ unit: UnitID) { suspects.remove(unit) }
}
