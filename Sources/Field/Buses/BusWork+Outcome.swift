import Domain
import Modbus
import Polling

/// What a finished poll means for its device and for the bus.
extension BusWork {
    /// A port or connection that failed as a whole is tried again after this time at most: a device on a connection of
    /// its own that comes back is read within 5 s.
    static let longestPause = Duration.seconds(3)

    func finished(_ poll: DevicePoll, now: Uptime) -> Tick {
        checkModels(poll)
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
        // Nothing was asked, so nothing new is known about the device or the bus.
        guard poll.answered || poll.error != nil else {
            if poll.unasked?.isDevicesOwnException == true { refused(device, index, &news) }
            return
        }
        let wereTooMany = device.atOnce.isToBlame(for: poll.mostAtOnce)
        if device.atOnce.polled(poll.mostAtOnce, failed: poll.error != nil || poll.isTroubled) {
            news.append(.takesFewer(device: index, requests: device.atOnce.allowed))
        }
        settleBus(poll.error, now: now, &news)
        let cost = (now - poll.start) + device.pace.rest(failures: schedule.failures(index))
        if poll.answered {
            schedule.answered(index)
            learn(from: poll, of: device, cost: cost, wereTooMany: wereTooMany, now: now, &news)
            device.silence = nil
            settleHealth(poll, device, now: now, &news)
        } else if let error = poll.error {
            device.silence = error.reason
            if !error.isOfTheBus {
                if error.isSilence, let block = poll.silentBlock, !wereTooMany {
                    let lesson = device.plan.unanswered(block, reason: error.reason, now: now)
                    if let lesson { news.append(.learned(device: index, lesson)) }
                }
                schedule.failed(index, cost: cost, now: now, patience: error.isSilence ? 1 : 4)
            }
            let failures = error.isOfTheBus ? retry?.failures ?? 1 : schedule.failures(index)
            failed(index, error, inARow: failures, &news)
        }
    }

    /// What a poll that was answered at least in part says about the requests that the device takes.
    private func learn(
        from poll: DevicePoll,
        of device: Polled,
        cost: Duration,
        wereTooMany: Bool,
        now: Uptime,
        _ news: inout [News]
    ) {
        if let error = poll.error {
            guard let block = poll.silentBlock, !wereTooMany else { return }
            if error.isSilence, device.pace.lostAfterReply() { return }
            let lesson = device.plan.silent(block, reason: error.reason, cost: cost, now: now)
            if let lesson { news.append(.learned(device: poll.index, lesson)) }
        } else if let gap = device.pace.allAnswered(poll.requests) {
            news.append(.needsGap(device: poll.index, gap))
        }
    }

    /// A device that answers with exceptions only gives no value: it is down, although it is there.
    private func settleHealth(_ poll: DevicePoll, _ device: Polled, now: Uptime, _ news: inout [News]) {
        if !poll.brought, let refusal = poll.refusal {
            device.refusal = refusal
            // A device that refuses everything may only be starting: it is not left alone for ten minutes.
            device.plan.tryAgain(at: now + .seconds(30))
            refused(device, poll.index, &news)
        } else if poll.brought {
            device.refusals = 0
            if let change = device.health.answered() { news.append(.health(device: poll.index, change)) }
        }
    }

    /// A poll brought nothing but exceptions, or all that it would ask for rests because it was refused.
    private func refused(_ device: Polled, _ index: Int, _ news: inout [News]) {
        guard let refusal = device.refusal else { return }
        device.refusals += 1
        failed(index, refusal, inARow: device.refusals, &news)
    }

    /// - Parameter error: the failure that ended the poll.
    private func settleBus(_ error: ModbusError?, now: Uptime, _ news: inout [News]) {
        if let error, error.isOfTheBus {
            let failures = (retry?.failures ?? 0) + 1
            if retry == nil { news.append(.busFailed(error)) }
            let pause = min(Self.longestPause, .seconds(1) * (1 << min(failures - 1, 5)))
            retry = Retry(at: now + pause, failures: failures, error: error)
        } else if retry != nil {
            retry = nil
            news.append(.busIsBack)
        }
    }
}
