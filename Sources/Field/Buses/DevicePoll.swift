import Decoding
import Domain
import Modbus
import Polling

/// One poll of one device and its progress: what is still to be read, and what earlier blocks brought.
///
/// It is a class that the device's next poll uses again: its array of values is as large as the profile.
final class DevicePoll {
    /// The index of the device on its bus.
    let index: Int
    private(set) var missed = 0
    private(set) var start = Uptime(nanoseconds: 0)
    private var steps: [AdaptivePlan.Step] = []
    /// How many steps are done.
    private var place = 0
    /// The unanswered blocks that were asked: the present step's, and those of later steps that were sent with it.
    private(set) var asked: [BlockPlan.Block] = []
    /// The most requests that were sent at once.
    private(set) var mostAtOnce = 0
    /// Whether the device was busy or closed the connection: perhaps it got too many requests at once.
    var isTroubled = false
    private(set) var raw: [RawValue?]
    private(set) var firstArrival: Uptime?
    private(set) var lastArrival: Uptime?
    /// The failure that ended the poll and was no exception: the device, or the bus, did not answer.
    private(set) var error: ModbusError?
    /// The block that was asked then.
    private(set) var silentBlock: BlockPlan.Block?
    /// Why a block was not asked: its reply could have been mistaken for a late one, or it rests.
    var unasked: Reason?
    /// The last exception with which the device answered.
    var refusal: ModbusError?
    /// Whether a block brought registers.
    private(set) var brought = false
    /// How often the present request was made again.
    var repeats = 0
    /// How many requests were answered.
    private(set) var requests = 0

    init(index: Int, points: Int) {
        self.index = index
        raw = Array(repeating: .missing(.timeout), count: points)
    }

    /// Begins the next poll.
    ///
    /// - Parameter left: the points that it does not ask for, because they have a rhythm of their own.
    func begin(_ steps: [AdaptivePlan.Step], missed: Int, start: Uptime, without left: [Int] = []) {
        self.steps = steps
        self.missed = missed
        self.start = start
        place = 0
        asked.removeAll(keepingCapacity: true)
        mostAtOnce = 0
        isTroubled = false
        for point in raw.indices { raw[point] = .missing(.timeout) }
        for point in left { raw[point] = nil }
        firstArrival = nil
        lastArrival = nil
        error = nil
        silentBlock = nil
        unasked = nil
        refusal = nil
        brought = false
        repeats = 0
        requests = 0
    }

    /// The present step; nil when all are done.
    var step: AdaptivePlan.Step? { place < steps.count ? steps[place] : nil }

    /// Whether a request is unanswered.
    var isAsking: Bool { !asked.isEmpty }

    /// Whether the device answered at all.
    var answered: Bool { firstArrival != nil }

    /// Marks the present step's block, or this part of it, as asked. The read steps after it are asked with it, up to
    /// `most` in all.
    func ask(_ block: BlockPlan.Block, atOnce most: Int) {
        asked.append(block)
        for step in steps[(place + 1)...].prefix(most - 1) {
            guard case .read(let next) = step else { break }
            asked.append(next)
        }
    }

    /// Notes how many of the requests were sent at once.
    func sent(_ requests: Int) { mostAtOnce = max(mostAtOnce, requests) }

    /// Skips the present step.
    func skip(_ block: BlockPlan.Block, _ reason: Reason) {
        mark(block, reason)
        next()
    }

    /// Takes the block that was asked for the present step.
    func took(_ registers: RegisterBlock, _ block: BlockPlan.Block, _ decoder: RegisterDecoder) {
        if case .read(let whole)? = step, whole != block { mark(whole, .distrusted) }
        decoder.decode(registers, points: block.points, into: &raw)
        brought = true
        firstArrival = firstArrival ?? registers.arrived
        lastArrival = registers.arrived
        next()
    }

    /// Adds steps after the present one's predecessors: they come next.
    func insert(_ more: [AdaptivePlan.Step]) { steps.insert(contentsOf: more, at: place) }

    /// Notes why these points are not read.
    func mark(_ points: Set<Int>, _ reason: Reason) {
        for point in points { raw[point] = .missing(reason) }
    }

    /// The device refused the present step; the smaller reads replace it.
    func refused(_ block: BlockPlan.Block, _ reason: Reason, trying pieces: [BlockPlan.Block], now: Uptime) {
        mark(block, reason)
        firstArrival = firstArrival ?? now
        next()
        // After the blocks that are asked already.
        if !pieces.isEmpty { steps.insert(contentsOf: pieces.map { .read($0) }, at: place + asked.count) }
    }

    /// The present step brought silence.
    func fell(silent block: BlockPlan.Block, _ error: ModbusError) {
        mark(block, error.reason)
        self.error = error
        silentBlock = block
        // Blocks that were asked with it get no answer any more: their steps are skipped for the same error.
        asked.removeAll()
        next()
    }

    private func next() {
        place += 1
        repeats = 0
        requests += 1
        if !asked.isEmpty { asked.removeFirst() }
    }

    private func mark(_ block: BlockPlan.Block, _ reason: Reason) {
        for point in block.points { raw[point] = .missing(reason) }
    }
}
