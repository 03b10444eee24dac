public import Domain
public import Profiles

/// A plan that learns which addresses a device refuses (*illegal data address*) or is silent about, and later forgets
/// it.
///
/// A refused block is cut in two until the refused part stands alone; that part rests. After `rest` the whole block is
/// tried again, so that one burst of noise never disables a register for good. A block that brings silence although the
/// device answers others rests too, ever longer, so that it costs its line little.
public struct AdaptivePlan: Sendable {
    /// One step of a poll, in order.
    public enum Step: Sendable, Hashable {
        case read(BlockPlan.Block)
        /// Not asked, for that reason: the device refused it or was silent about it, and it rests.
        case resting(BlockPlan.Block, Reason)
    }

    private struct Whole: Sendable {
        var block: BlockPlan.Block
        /// Empty while the block is read whole.
        var pieces: [BlockPlan.Block] = []
        var refused: Set<BlockPlan.Block> = []
        var wholeAgainAt: Uptime?
        var silence: (until: Uptime, failures: Int, reason: Reason)?
    }

    private var wholes: [Whole]
    /// Each block read whole: the steps while nothing has been learnt, which is nearly always.
    private let plain: [Step]
    private var isPlain = true
    private let points: [Point]
    private let rest: Duration

    public init(plan: BlockPlan, points: [Point], rest: Duration = .seconds(600)) {
        wholes = plan.blocks.map { Whole(block: $0) }
        plain = plan.blocks.map { .read($0) }
        self.points = points
        self.rest = rest
    }

    /// Returns what to read now.
    public mutating func steps(now: Uptime) -> [Step] {
        if isPlain { return plain }
        var steps: [Step] = []
        steps.reserveCapacity(wholes.count)
        for index in wholes.indices {
            if let again = wholes[index].wholeAgainAt, again <= now {
                wholes[index] = Whole(block: wholes[index].block)
            }
            let whole = wholes[index]
            if let silence = whole.silence, silence.until > now {
                steps.append(.resting(whole.block, silence.reason))
            } else if whole.wholeAgainAt == nil {
                steps.append(.read(whole.block))
            } else {
                for piece in whole.pieces {
                    steps.append(whole.refused.contains(piece) ? .resting(piece, .exception(2)) : .read(piece))
                }
            }
        }
        isPlain = steps == plain && wholes.allSatisfy { $0.silence == nil }
        return steps
    }

    /// The block brought silence, although the device answers others; `cost` is the line time of that.
    public mutating func silent(_ block: BlockPlan.Block, reason: Reason, cost: Duration, now: Uptime) {
        guard let index = index(of: block) else { return }
        let failures = (wholes[index].silence?.failures ?? 0) + 1
        isPlain = false
        wholes[index].silence = (now + Rest.after(failures: failures, cost: cost), failures, reason)
    }

    /// The block was answered.
    public mutating func answered(_ block: BlockPlan.Block) {
        guard let index = index(of: block) else { return }
        wholes[index].silence = nil
    }

    private func index(of block: BlockPlan.Block) -> Int? {
        wholes.firstIndex { $0.block == block || $0.pieces.contains(block) }
    }

    /// The device refused the block. Returns the smaller reads to try at once in its place; empty when it cannot be
    /// cut.
    public mutating func refused(_ block: BlockPlan.Block, now: Uptime) -> [BlockPlan.Block] {
        guard let index = index(of: block) else { return [] }
        isPlain = false
        if wholes[index].wholeAgainAt == nil {
            wholes[index].wholeAgainAt = now + rest
            wholes[index].pieces = [block]
        }
        guard let (left, right) = block.halves(points) else {
            wholes[index].refused.insert(block)
            return []
        }
        if let place = wholes[index].pieces.firstIndex(of: block) {
            wholes[index].pieces.replaceSubrange(place...place, with: [left, right])
        }
        return [left, right]
    }
}
