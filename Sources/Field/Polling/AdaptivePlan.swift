public import Domain
public import Profiles

/// A plan that learns which addresses a device refuses (*illegal data address*, *illegal data value*), which it is
/// silent about, and how long a request may be; and later forgets it.
///
/// A refused block is cut in two until the refused part stands alone; that part rests. After `rest` the whole block is
/// tried again, so that one burst of noise never disables a register for good. A block that brings silence although the
/// device answers others rests too, ever longer, so that it costs its line little.
///
/// A block that was never answered and brings silence may be too long for the device, or for a converter on the way. It
/// is cut in the same way. Once its parts are answered, the whole is tried once more: the device may just have been
/// away. If that brings silence again, the block stays cut.
public struct AdaptivePlan: Sendable {
    /// One step of a poll, in order.
    public enum Step: Sendable, Hashable {
        case read(BlockPlan.Block)
        /// Not asked, for that reason: the device refused it or was silent about it, and it rests.
        case resting(BlockPlan.Block, Reason)
    }

    /// What silence has shown.
    public enum Lesson: Sendable, Hashable {
        /// The device answers no request for more registers than that.
        case takesAtMost(registers: Int)
        /// The device is silent about these registers although it answers others: they rest.
        case rests(RegisterRange)
    }

    private struct Whole: Sendable {
        var block: BlockPlan.Block
        /// Empty while the block is read whole.
        var pieces: [BlockPlan.Block] = []
        var refused: [BlockPlan.Block: Reason] = [:]
        /// When the block is tried whole again; nil while it is read whole, and where it stays cut.
        var wholeAgainAt: Uptime?
        var silence: (until: Uptime, failures: Int, reason: Reason)?
        var length = Length.unknown
        /// When a block with a rhythm of its own is asked again; nil until it was answered.
        var dueAt: Uptime?

        /// What is known about whether the device answers a request as long as the whole block.
        enum Length {
            case unknown
            /// Silence: the parts are being tried.
            case trying
            /// The parts were answered, and the whole is tried once more.
            case partsAnswer([BlockPlan.Block])
            case tooLong
            case answered
        }

        /// The same block, read whole; only what is known about its length stays.
        func forgetting() -> Whole {
            var whole = Whole(block: block)
            whole.length = length
            whole.dueAt = dueAt
            return whole
        }
    }

    private var wholes: [Whole]
    /// Each block read whole: the steps while nothing has been learnt, which is nearly always.
    private let plain: [Step]
    private var isPlain: Bool
    /// Whether blocks have a rhythm of their own: each poll then has steps of its own.
    private let hasRhythms: Bool
    /// When the present poll began.
    private var now = Uptime(nanoseconds: 0)
    /// Whether each whole block was answered: then no answer teaches anything.
    private var isSettled = false
    private let points: [Point]
    private let rest: Duration

    public init(plan: BlockPlan, points: [Point], rest: Duration = .seconds(600)) {
        wholes = plan.blocks.map { Whole(block: $0) }
        plain = plan.blocks.map { .read($0) }
        self.points = points
        self.rest = rest
        hasRhythms = plan.blocks.contains { $0.every != nil }
        isPlain = !hasRhythms
    }

    /// Returns what to read now.
    public mutating func steps(now: Uptime) -> [Step] {
        if isPlain { return plain }
        self.now = now
        var steps: [Step] = []
        steps.reserveCapacity(wholes.count)
        for index in wholes.indices {
            if let again = wholes[index].wholeAgainAt, again <= now {
                wholes[index] = wholes[index].forgetting()
            }
            let whole = wholes[index]
            if let due = whole.dueAt, due > now { continue }
            if let silence = whole.silence, silence.until > now {
                steps.append(.resting(whole.block, silence.reason))
            } else if whole.pieces.isEmpty {
                steps.append(.read(whole.block))
            } else {
                for piece in whole.pieces {
                    steps.append(whole.refused[piece].map { .resting(piece, $0) } ?? .read(piece))
                }
            }
        }
        isPlain = !hasRhythms && steps == plain && wholes.allSatisfy { $0.silence == nil }
        return steps
    }

    /// The block brought silence, although the device answers others; `cost` is the line time of that.
    ///
    /// - Returns: what that has shown; nil while it is still being found out.
    public mutating func silent(
        _ block: BlockPlan.Block,
        reason: Reason,
        cost: Duration,
        now: Uptime
    ) -> Lesson? {
        guard let index = index(of: block) else { return nil }
        let cut = cut(index, block, reason, now: now)
        if cut.isDone { return cut.lesson }
        let failures = (wholes[index].silence?.failures ?? 0) + 1
        isPlain = false
        wholes[index].silence = (now + Rest.after(failures: failures, cost: cost), failures, reason)
        return failures == 1 ? .rests(block.range) : nil
    }

    /// The device answered nothing at all, and the block was what it was asked for.
    ///
    /// - Returns: as `silent` does.
    public mutating func unanswered(_ block: BlockPlan.Block, reason: Reason, now: Uptime) -> Lesson? {
        guard let index = index(of: block) else { return nil }
        if case .trying = wholes[index].length, block.halves(points) == nil {
            // Not even one value: the length is not the cause, so the next poll begins with the whole again.
            wholes[index] = Whole(block: wholes[index].block)
            return nil
        }
        return cut(index, block, reason, now: now).lesson
    }

    /// The block was answered.
    public mutating func answered(_ block: BlockPlan.Block) {
        if let every = block.every { answered(block, askedEvery: every) }
        if isSettled { return }
        guard let index = index(of: block) else { return }
        wholes[index].silence = nil
        if block == wholes[index].block {
            wholes[index].length = .answered
            isSettled = wholes.allSatisfy { if case .answered = $0.length { $0.silence == nil } else { false } }
        } else if case .trying = wholes[index].length, block == wholes[index].pieces.last {
            // The last part: the others were answered before it, or rest.
            wholes[index].length = .partsAnswer(wholes[index].pieces)
            wholes[index].pieces = []
        }
    }

    /// Polls stand on a grid and begin a little early or late: a fiftieth of the rhythm is no reason to wait for the
    /// next one.
    private mutating func answered(_ block: BlockPlan.Block, askedEvery every: Duration) {
        guard let index = index(of: block) else { return }
        // A block in pieces is done with its last one that is asked.
        let asked = wholes[index].pieces.filter { wholes[index].refused[$0] == nil }
        guard asked.isEmpty || block == asked.last || block == wholes[index].block else { return }
        wholes[index].dueAt = now + every - every / 50
    }

    /// Points that are not asked in this poll, by its steps.
    public func unasked(in steps: [Step]) -> [Int] {
        guard hasRhythms else { return [] }
        let asked = Set(
            steps.flatMap { step in
                switch step {
                case .read(let block), .resting(let block, _): block.points
                }
            }
        )
        return wholes.flatMap(\.block.points).filter { !asked.contains($0) }
    }

    /// The device refused the block. Returns the smaller reads to try at once in its place; empty when it cannot be
    /// cut.
    public mutating func refused(_ block: BlockPlan.Block, reason: Reason, now: Uptime) -> [BlockPlan.Block] {
        guard let index = index(of: block) else { return [] }
        // A value that is refused as such (*illegal data value*) may be there the next time; an address will not.
        if reason == .exception(3), wholes[index].pieces.isEmpty, block.halves(points) == nil { return [] }
        isPlain = false
        isSettled = false
        if wholes[index].wholeAgainAt == nil {
            wholes[index].wholeAgainAt = now + rest
            if wholes[index].pieces.isEmpty { wholes[index].pieces = [block] }
        }
        guard let halves = halve(index, block) else {
            wholes[index].refused[block] = reason
            return []
        }
        return halves
    }

    /// Tries all blocks whole again at that time, where they would be later.
    public mutating func tryAgain(at time: Uptime) {
        for index in wholes.indices {
            if let again = wholes[index].wholeAgainAt, again > time { wholes[index].wholeAgainAt = time }
        }
    }

    /// Whether the block is one that rests because the device refused it.
    public func rests(_ block: BlockPlan.Block) -> Bool {
        index(of: block).map { wholes[$0].refused[block] != nil } ?? false
    }

    private func index(of block: BlockPlan.Block) -> Int? {
        wholes.firstIndex { $0.block == block || $0.pieces.contains(block) }
    }

    /// Cuts a block that was never answered and brought silence.
    ///
    /// - Returns: whether it was cut, which it is not where it is known not to be too long; and what that has shown.
    private mutating func cut(
        _ index: Int,
        _ block: BlockPlan.Block,
        _ reason: Reason,
        now: Uptime
    ) -> (isDone: Bool, lesson: Lesson?) {
        var lesson: Lesson?
        switch wholes[index].length {
        case .answered: return (false, nil)
        case .partsAnswer(let pieces):
            wholes[index].pieces = pieces
            wholes[index].length = .tooLong
            lesson = pieces.map(\.range.count).max().map { .takesAtMost(registers: $0) }
        case .unknown, .trying, .tooLong:
            if wholes[index].pieces.isEmpty { wholes[index].pieces = [block] }
            if halve(index, block) == nil {
                // A single value that the device is silent about, although it answers others.
                guard wholes[index].pieces.count > 1 else {
                    wholes[index].pieces = []
                    return (false, nil)
                }
                wholes[index].refused[block] = reason
                wholes[index].wholeAgainAt = now + rest
                lesson = .rests(block.range)
            }
            if case .unknown = wholes[index].length { wholes[index].length = .trying }
        }
        isPlain = false
        isSettled = false
        return (true, lesson)
    }

    /// Puts the halves of a block into its place; returns nil where it cannot be cut.
    private mutating func halve(_ index: Int, _ block: BlockPlan.Block) -> [BlockPlan.Block]? {
        guard let (left, right) = block.halves(points) else { return nil }
        if let place = wholes[index].pieces.firstIndex(of: block) {
            wholes[index].pieces.replaceSubrange(place...place, with: [left, right])
        }
        return [left, right]
    }
}
