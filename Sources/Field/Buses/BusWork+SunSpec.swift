import Decoding
import Domain
import Modbus
import Polling
import Profiles

/// Devices whose registers are found by SunSpec.
extension BusWork {
    /// What a device's models are found with.
    struct Models {
        var chain = SunSpecChain()
        var isPlaced = false
        /// The points that the device does not have.
        var lacking: Set<Int> = []
        /// Since when points lack; nil where none does, and after each search.
        var lackingSince: Uptime?
        /// What was told of it last, so that it is told once.
        var told: [Int]?
    }

    /// The first step of a poll that has to find the models; nil where they are found, or the device has none.
    static func search(_ device: Polled) -> AdaptivePlan.Step? {
        guard let models = device.models, !models.isPlaced, let range = models.chain.next else { return nil }
        return .read(BlockPlan.Block(searching: range))
    }

    /// Takes the reply to a step of the search; the poll goes on with the next one, or with the points.
    func found(_ registers: RegisterBlock, _ block: BlockPlan.Block, _ poll: DevicePoll) -> News? {
        let device = devices[poll.index]
        device.models?.chain.answered(registers.words)
        poll.took(registers, block, device.decoder)
        return goOn(poll, device)
    }

    /// The device refused a step of the search.
    func foundNothing(_ error: ModbusError, _ block: BlockPlan.Block, _ poll: DevicePoll, now: Uptime) -> News? {
        let device = devices[poll.index]
        device.models?.chain.refused()
        poll.refused(block, error.reason, trying: [], now: now)
        return goOn(poll, device)
    }

    private func goOn(_ poll: DevicePoll, _ device: Polled) -> News? {
        if let step = Self.search(device) {
            poll.insert([step])
            return nil
        }
        guard let chain = device.models?.chain else { return nil }
        let (points, lacking) = device.points.placed(in: chain.models)
        let told = device.models?.told
        if chain.isFound {
            device.place(points, without: lacking)
            poll.insert(device.plan.steps(now: poll.start))
        } else {
            // Asked again with the next poll: the device may only be starting.
            device.models?.chain = SunSpecChain()
        }
        guard !lacking.isEmpty, told != chain.ids else { return nil }
        device.models?.told = chain.ids
        let wanted = Set(lacking.compactMap { device.points[$0].sunspec?.model }).sorted()
        return .lacksModels(device: poll.index, wanted: wanted, has: chain.ids)
    }

    /// A poll that shows another model where one was found, or no register at all: the next poll searches again.
    func checkModels(_ poll: DevicePoll) {
        let device = devices[poll.index]
        guard device.models?.isPlaced == true else { return }
        let hasMoved = device.points.hasMoved { index, model in
            switch poll.raw[index] {
            case .value(let value): value.word != UInt64(model)
            case .missing(let reason): reason == .exception(2) && device.models?.lacking.contains(index) == false
            case nil: false
            }
        }
        if hasMoved || !poll.answered { device.models?.searchAgain() }
        // A model that lacks may come: an inverter shows some only while it is awake.
        guard device.models?.lacking.isEmpty == false else { return }
        let since = device.models?.lackingSince ?? poll.start
        device.models?.lackingSince = since
        guard poll.start - since >= .seconds(60) else { return }
        device.models?.lackingSince = nil
        device.models?.searchAgain()
    }
}

extension BusWork.Models {
    mutating func searchAgain() {
        chain = SunSpecChain()
        isPlaced = false
    }
}

extension BusWork.Polled {
    /// Reads the points at these addresses from now on.
    func place(_ points: [Point], without lacking: Set<Int>) {
        self.points = points
        plan = AdaptivePlan(plan: BlockPlan(points: points, access: access, without: lacking), points: points)
        decoder = RegisterDecoder(points: points)
        models?.isPlaced = true
        models?.lacking = lacking
    }
}
