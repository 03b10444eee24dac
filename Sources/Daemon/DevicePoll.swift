import Decoding
import Domain
import Modbus
import Polling

/// One poll of one device as far as it has come: what is still to be read, and what the blocks before brought.
struct DevicePoll {
    /// The device's place on its bus.
    let index: Int
    let missed: Int
    let start: Uptime
    private var steps: [AdaptivePlan.Step]
    /// The steps before this one are done.
    private var place = 0
    /// What was asked of the present step and is not answered.
    var asked: BlockPlan.Block?
    private(set) var raw: [RawValue?]
    private(set) var firstArrival: Uptime?
    private(set) var lastArrival: Uptime?
    /// The failure that ended the poll and was no exception: the device, or the bus, did not answer.
    private(set) var error: ModbusError?
    /// What was asked then.
    private(set) var silentBlock: BlockPlan.Block?
    /// Why a block was not asked whose reply could not have been told from a late one.
    var unasked: Reason?

    init(index: Int, missed: Int, start: Uptime, steps: [AdaptivePlan.Step], points: Int) {
        self.index = index
        self.missed = missed
        self.start = start
        self.steps = steps
        raw = Array(repeating: .missing(.timeout), count: points)
    }

    /// What is to be done now; nil when all is.
    var step: AdaptivePlan.Step? { place < steps.count ? steps[place] : nil }

    /// Whether the device gave any sign of life.
    var answered: Bool { firstArrival != nil }

    /// The present step is not made.
    mutating func skip(_ block: BlockPlan.Block, _ reason: Reason) {
        mark(block, reason)
        next()
    }

    /// The block that was asked of the present step has come.
    mutating func took(_ registers: RegisterBlock, _ block: BlockPlan.Block, _ decoder: RegisterDecoder) {
        if case .read(let whole)? = step, whole != block { mark(whole, .distrusted) }
        decoder.decode(registers, points: block.points, into: &raw)
        firstArrival = firstArrival ?? registers.arrived
        lastArrival = registers.arrived
        next()
    }

    /// The device refused the present step; the smaller reads are made in its place.
    mutating func refused(_ block: BlockPlan.Block, _ reason: Reason, trying pieces: [BlockPlan.Block], now: Uptime) {
        mark(block, reason)
        firstArrival = firstArrival ?? now
        next()
        if !pieces.isEmpty { steps.insert(contentsOf: pieces.map { .read($0) }, at: place) }
    }

    /// The present step brought nothing.
    mutating func fell(silent block: BlockPlan.Block, _ error: ModbusError) {
        mark(block, error.reason)
        self.error = error
        silentBlock = block
        next()
    }

    private mutating func next() {
        place += 1
        asked = nil
    }

    private mutating func mark(_ block: BlockPlan.Block, _ reason: Reason) {
        for point in block.points { raw[point] = .missing(reason) }
    }
}
