import Domain
import Modbus
import Polling

/// What a finished poll means for its device and for the bus.
extension BusWork {
    func finished(_ poll: DevicePoll, now: Uptime) -> Tick {
        let reason = poll.error?.reason ?? poll.unasked ?? .timeout
        var tick = Tick(
            device: poll.index,
            missed: poll.missed,
            content: poll.answered ? .values(poll) : .nothing(reason)
        )
        settle(poll, now: now, &tick.news)
        return tick
    }

    /// The device brought nothing, for this many polls in a row.
    func failed(_ index: Int, _ error: ModbusError, inARow failures: Int, _ news: inout [News]) {
        let change = devices[index].health.failed(inARow: failures, error.reason, detail: error.description)
        if let change { news.append(.health(device: index, change)) }
    }

    private func settle(_ poll: DevicePoll, now: Uptime, _ news: inout [News]) {
        let index = poll.index
        let device = devices[index]
        load.add(now - poll.start, now: now)
        // Nothing was asked, so nothing is known about the device or the bus.
        guard poll.answered || poll.error != nil else { return }
        let wereTooMany = device.atOnce.isToBlame(for: poll.mostAtOnce)
        if device.atOnce.polled(poll.mostAtOnce, failed: poll.error != nil || poll.isTroubled) {
            news.append(.takesFewer(device: index, requests: device.atOnce.allowed))
        }
        settleBus(poll.error, now: now, &news)
        let cost = (now - poll.start) + (isShared ? device.timing.worstReply : .zero)
        if poll.answered {
            schedule.answered(index)
            if let error = poll.error, let block = poll.silentBlock, !wereTooMany {
                device.hasSilentBlock = true
                device.plan.silent(block, reason: error.reason, cost: cost, now: now)
            }
            device.silence = nil
            if let change = device.health.answered() { news.append(.health(device: index, change)) }
        } else if let error = poll.error {
            device.silence = error.reason
            if !error.isOfTheBus {
                schedule.failed(index, cost: cost, now: now, patience: error.isSilence ? 1 : 4)
            }
            let failures = error.isOfTheBus ? retry?.failures ?? 1 : schedule.failures(index)
            failed(index, error, inARow: failures, &news)
        }
    }

    /// - Parameter error: the failure that ended the poll.
    private func settleBus(_ error: ModbusError?, now: Uptime, _ news: inout [News]) {
        if let error, error.isOfTheBus {
            let failures = (retry?.failures ?? 0) + 1
            if retry == nil { news.append(.busFailed(error)) }
            let pause = min(Duration.seconds(20), .seconds(1) * (1 << min(failures - 1, 5)))
            retry = Retry(at: now + pause, failures: failures, error: error)
        } else if retry != nil {
            retry = nil
            news.append(.busIsBack)
        }
    }
}
