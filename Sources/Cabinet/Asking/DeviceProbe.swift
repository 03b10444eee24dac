import Decoding
package import Diagnosing
package import Domain
import Glibc
import Modbus
import Normalizing
import Polling
package import Profiles

/// Asks one Modbus device for all that its profile names, the way the daemon does, and collects what is needed to tell
/// its faults apart.
package struct DeviceProbe {
    private let target: ProbeTarget
    private let bus: any ProbeBus
    private let time: any TimeSource
    private var points: [Point]
    private let access: ModbusAccess
    /// Whether the models of a SunSpec device were found, and which points it lacks.
    private var lacking: Set<Int>?
    /// Over TCP it grows when the device turns out to be slow.
    private var timing: ReplyTiming
    private let isStopping: () -> Bool
    private var plan: AdaptivePlan
    private var decoder: RegisterDecoder
    private var normalizer: Normalizer
    private var exchanges: [ProbeExchange] = []
    private var style = Style.thorough
    private var isWhole = true

    private enum Style {
        case thorough
        case pass(listening: Bool)
    }

    /// How long the probe listens to a serial line after the first reply: a second device of the same id answers by
    /// then.
    static let listening = Duration.milliseconds(200)
    /// Requests that only test for errors bring no value, so the line does not have to rest for their late replies.
    private static let trialRest = Duration.milliseconds(200)
    private static let trials = 4
    /// A converter or a device behind Wi-Fi that is only slow answers by then.
    private static let patience = Duration.seconds(3)

    /// - Parameters:
    ///   - access: the Modbus part of the target's profile.
    ///   - isStopping: called between requests.
    package init(
        target: ProbeTarget,
        access: ModbusAccess,
        bus: any ProbeBus,
        time: any TimeSource,
        isStopping: @escaping () -> Bool = { false }
    ) {
        self.target = target
        self.bus = bus
        self.time = time
        self.isStopping = isStopping
        points = target.profile.points
        self.access = access
        lacking = points.contains { $0.sunspec != nil } ? nil : []
        // The bus repeats a read only when its late reply can no longer come, and waits five rests for that. A probe
        // trusts the profile: the second attempt comes after `worst_reply`.
        var timing = ReplyTiming(replyTime: access.replyTime, worstReply: access.worstReply / 5)
        timing.requestGap = access.requestGap ?? .zero
        timing.connectPause = access.connectPause
        self.timing = timing
        plan = AdaptivePlan(plan: BlockPlan(points: points, access: access), points: points)
        decoder = RegisterDecoder(points: points)
        normalizer = Normalizer(points: points)
    }

    /// Reads once, and reads again what failed. Where the finding depends on the bus' other devices it is left open:
    /// see `DeviceReport.diagnose`.
    ///
    /// - Returns: nil when it was stopped before everything was asked: a request that was not made has not failed.
    package mutating func run() -> DeviceReport? { report(style: .thorough) }

    /// Reads once, as one of many passes: nothing is asked twice.
    ///
    /// - Parameter listening: whether the probe listens to the line for a second reply.
    mutating func pass(listening: Bool) -> DeviceReport? { report(style: .pass(listening: listening)) }

    private mutating func report(style: Style) -> DeviceReport? {
        exchanges = []
        isWhole = true
        self.style = style
        var report = DeviceReport(target: target)
        do throws(ProbeFailure) {
            if let (raw, stamp) = try read() {
                report.samples = normalizer.normalize(raw, stamp: stamp)
                report.raw = raw
            }
        } catch {
            report.failure = error
        }
        guard isWhole else { return nil }
        report.exchanges = exchanges
        let latencies = exchanges.filter(\.isAnswered).map(\.latency).sorted()
        report.latency = latencies.isEmpty ? nil : latencies[latencies.count / 2]
        return report
    }

    /// Reads every block, until one brings silence or garbage.
    private mutating func read() throws(ProbeFailure) -> (raw: [RawValue?], stamp: Stamp)? {
        if lacking == nil, let (reason, at) = try findModels() {
            return at.map { (Array(repeating: .missing(reason), count: points.count), time.stamp(at: $0)) }
        }
        var raw: [RawValue?] = Array(repeating: .missing(.timeout), count: points.count)
        for point in lacking ?? [] { raw[point] = .missing(.exception(2)) }
        var open: [AdaptivePlan.Step] = plan.steps(now: time.uptime()).reversed()
        var failed: Reason?
        var arrived: Uptime?
        while !isStopping(), let step = open.popLast() {
            guard case .read(let block) = step else {
                // Refused in an earlier round: it is still refused.
                if case .resting(let block, let reason) = step {
                    for point in block.points { raw[point] = .missing(reason) }
                }
                continue
            }
            if let failed {
                for point in block.points { raw[point] = .missing(failed) }
                continue
            }
            let exchange = try readPatiently(block.range)
            switch exchange.result {
            case .success(let registers):
                decoder.decode(registers, points: block.points, into: &raw)
                arrived = arrived ?? registers.arrived
            case .failure(let error):
                for point in block.points { raw[point] = .missing(error.reason) }
                guard let code = error.devicesOwnException else {
                    if error.isSilence, let halves = block.halves(points), try answersShorter(block) {
                        open += [.read(halves.1), .read(halves.0)]
                        continue
                    }
                    failed = error.reason
                    if exchange.isMalformed { try learnOfErrors(block.range) }
                    continue
                }
                arrived = arrived ?? time.uptime()
                guard code == 2 || code == 3 else { continue }
                open += plan.refused(block, reason: error.reason, now: time.uptime()).reversed().map { .read($0) }
            }
        }
        isWhole = open.isEmpty
        return arrived.map { (raw, time.stamp(at: $0)) }
    }

    /// Finds a device's SunSpec models, and places the points in them.
    ///
    /// - Returns: why they were not found, and when the device answered; nil where they were found.
    private mutating func findModels() throws(ProbeFailure) -> (Reason, Uptime?)? {
        var chain = SunSpecChain()
        var arrived: Uptime?
        while !isStopping(), let range = chain.next {
            let exchange = try readPatiently(range)
            switch exchange.result {
            case .success(let registers):
                arrived = arrived ?? registers.arrived
                chain.answered(registers.words)
            case .failure(let error):
                guard error.devicesOwnException != nil else { return (error.reason, arrived) }
                arrived = arrived ?? time.uptime()
                chain.refused()
            }
        }
        let (placed, lacking) = points.placed(in: chain.models)
        guard chain.isFound else { return (.exception(2), arrived) }
        // That the base is not where it was looked for first is no fault.
        exchanges.removeAll { $0.error?.devicesOwnException != nil }
        points = placed
        self.lacking = lacking
        plan = AdaptivePlan(plan: BlockPlan(points: placed, access: access, without: lacking), points: placed)
        decoder = RegisterDecoder(points: placed)
        return nil
    }

    /// Whether a device that is silent about a block answers a request for its first value: then the block is too long
    /// for it.
    private mutating func answersShorter(_ block: BlockPlan.Block) throws(ProbeFailure) -> Bool {
        if case .pass = style { return false }
        var least = block
        while let half = least.halves(points)?.0 { least = half }
        let exchange = try ask(ProbeRequest(unit: target.unit, range: least.range, timing: timing))
        return exchange.isAnswered && exchange.error?.kind != .distrusted
    }

    /// One lost reply is noise; two in a row are a fault.
    private mutating func readPatiently(_ range: RegisterRange) throws(ProbeFailure) -> ProbeExchange {
        // Only after the first reply does the probe listen on: after every further one it would cost as much and show
        // no more.
        var listen = exchanges.contains(where: \.isAnswered) ? .zero : Self.listening
        if case .pass(let listening) = style, !listening { listen = .zero }
        let patience = timing.latestReply + .milliseconds(5)
        var request = ProbeRequest(
            unit: target.unit,
            range: range,
            timing: timing,
            listen: listen,
            patience: patience
        )
        let exchange = try askBesideDoubts(request)
        guard let error = exchange.error, error.devicesOwnException == nil, !error.isOfTheBus, !isStopping() else {
            return exchange
        }
        if case .pass = style { return exchange }
        request.range = exchange.request.range
        request.patience = .zero
        // On a serial line the probe has listened on; over TCP a late reply is lost with its connection.
        let isSlow = !bus.endpoint.isShared && error.kind == .timeout
        if isSlow { request.timing.replyTime = max(Self.patience, timing.replyTime * 4) }
        let again = try ask(request)
        if isSlow, again.isAnswered, again.latency > timing.replyTime { timing = request.timing }
        return again.error?.kind == .distrusted ? exchange : again
    }

    /// A daemon that lends its bus refuses a request that a late reply to its own last poll could answer. A shorter
    /// read shows whether the device is silent; if it is not, the whole read follows as soon as no late reply can come.
    private mutating func askBesideDoubts(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        var exchange = try ask(request)
        guard exchange.error?.kind == .distrusted else { return exchange }
        var shorter = request
        while exchange.error?.kind == .distrusted, shorter.range.count > 1 {
            shorter.range.count -= 1
            exchange = try ask(shorter)
        }
        if case .pass = style { return exchange }
        guard exchange.isAnswered || exchange.error?.kind == .distrusted else { return exchange }
        let end = time.uptime() + timing.latestReply * 5 + .seconds(1)
        repeat {
            // The daemon, another process, has its own clock for this.
            _ = poll(nil, 0, 250)
            exchange = try ask(request)
        } while exchange.error?.kind == .distrusted && time.uptime() < end && !isStopping()
        return exchange
    }

    /// Compares short reads with long ones: noise breaks the long ones, a wrong baud rate breaks all. Each read has
    /// another length than the ones before, because a read that a late reply could answer is not sent.
    private mutating func learnOfErrors(_ range: RegisterRange) throws(ProbeFailure) {
        let trial = ReplyTiming(replyTime: timing.replyTime, worstReply: min(timing.worstReply, Self.trialRest))
        let longest = range.count
        let lengths = Set((0..<Self.trials).flatMap { [longest - $0, 1 + $0] }.filter { (1...longest).contains($0) })
        for count in lengths.sorted() where !isStopping() {
            let part = RegisterRange(range.table, start: range.start, count: count)
            _ = try ask(ProbeRequest(unit: target.unit, range: part, timing: trial))
        }
    }

    private mutating func ask(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        let exchange = try bus.exchange(request)
        exchanges.append(exchange)
        return exchange
    }
}

extension DeviceProbe {
    /// Reads a device this many times.
    ///
    /// - Returns: a report for each round; fewer when the user stopped it or the daemon did not lend the bus.
    package static func rounds(
        _ count: Int,
        of target: ProbeTarget,
        from bus: any ProbeBus,
        stop: StopFlag,
        time: any TimeSource
    ) -> [DeviceReport] {
        guard let access = target.profile.modbus else { return [] }
        var probe = DeviceProbe(target: target, access: access, bus: bus, time: time, isStopping: { stop.isRaised })
        var reports: [DeviceReport] = []
        for _ in 0..<count where !stop.isRaised {
            guard var report = probe.run() else { break }
            report.diagnose(at: bus.endpoint, othersAnswer: nil)
            report.finding = report.finding?.namingHolder
            reports.append(report)
            // A device that does not answer at all will not answer nine times more.
            if !report.isAnswered { break }
        }
        bus.close()
        return reports
    }
}
