import Decoding
import Domain
import Modbus
import Polling

/// One poll of one device as far as it has come: what is still to be read, and what the blocks before brought.
///
/// A class that the device's next poll uses again: its values' array is as large as the profile.
final class DevicePoll {
    /// The device's place on its bus.
    let index: Int
    private(set) var missed = 0
    private(set) var start = Uptime(nanoseconds: 0)
    private var steps: [AdaptivePlan.Step] = []
    /// The steps before this one are done.
    private var place = 0
    /// What was asked of the present step, and of those after it that were asked with it, and is not answered.
    private(set) var asked: [BlockPlan.Block] = []
    /// The most requests that left at once.
    private(set) var mostAtOnce = 0
    /// Whether the device was busy or closed the connection: perhaps it was asked too much at once.
    var isTroubled = false
    private(set) var raw: [RawValue?]
    private(set) var firstArrival: Uptime?
    private(set) var lastArrival: Uptime?
    /// The failure that ended the poll and was no exception: the device, or the bus, did not answer.
    private(set) var error: ModbusError?
    /// What was asked then.
    private(set) var silentBlock: BlockPlan.Block?
    /// Why a block was not asked whose reply could not have been told from a late one.
    var unasked: Reason?

    init(index: Int, points: Int) {
        self.index = index
        raw = Array(repeating: .missing(.timeout), count: points)
    }

    /// Begins the next poll.
    func begin(_ steps: [AdaptivePlan.Step], missed: Int, start: Uptime) {
        self.steps = steps
        self.missed = missed
        self.start = start
        place = 0
        asked.removeAll(keepingCapacity: true)
        mostAtOnce = 0
        isTroubled = false
        for point in raw.indices { raw[point] = .missing(.timeout) }
        firstArrival = nil
        lastArrival = nil
        error = nil
        silentBlock = nil
        unasked = nil
    }

    /// What is to be done now; nil when all is.
    var step: AdaptivePlan.Step? { place < steps.count ? steps[place] : nil }

    /// Whether something that was asked is not answered.
    var isAsking: Bool { !asked.isEmpty }

    /// Whether the device gave any sign of life.
    var answered: Bool { firstArrival != nil }

    /// The present step's block is asked, or as much of it as that; with it go the steps after it that are reads, up to
    /// `most` in all.
    func ask(_ block: BlockPlan.Block, atOnce most: Int) {
        asked.append(block)
        for step in steps[(place + 1)...].prefix(most - 1) {
            guard case .read(let next) = step else { break }
            asked.append(next)
        }
    }

    /// So many of what is asked have left at once.
    func sent(_ requests: Int) { mostAtOnce = max(mostAtOnce, requests) }

    /// The present step is not made.
    func skip(_ block: BlockPlan.Block, _ reason: Reason) {
        mark(block, reason)
        next()
    }

    /// The block that was asked of the present step has come.
    func took(_ registers: RegisterBlock, _ block: BlockPlan.Block, _ decoder: RegisterDecoder) {
        if case .read(let whole)? = step, whole != block { mark(whole, .distrusted) }
        decoder.decode(registers, points: block.points, into: &raw)
        firstArrival = firstArrival ?? registers.arrived
        lastArrival = registers.arrived
        next()
    }

    /// The device refused the present step; the smaller reads are made in its place.
    func refused(_ block: BlockPlan.Block, _ reason: Reason, trying pieces: [BlockPlan.Block], now: Uptime) {
        mark(block, reason)
        firstArrival = firstArrival ?? now
        next()
        // After what was asked already.
        if !pieces.isEmpty { steps.insert(contentsOf: pieces.map { .read($0) }, at: place + asked.count) }
    }

    /// The present step brought nothing.
    func fell(silent block: BlockPlan.Block, _ error: ModbusError) {
        mark(block, error.reason)
        self.error = error
        silentBlock = block
        // What was asked with it is not answered any more: its step is skipped for the error.
        asked.removeAll()
        next()
    }

    private func next() {
        place += 1
        if !asked.isEmpty { asked.removeFirst() }
    }

    private func mark(_ block: BlockPlan.Block, _ reason: Reason) {
        for point in block.points { raw[point] = .missing(reason) }
    }
}
