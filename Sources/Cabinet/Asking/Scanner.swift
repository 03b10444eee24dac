package import Diagnosing
package import Domain
import Modbus
package import Profiles

/// Asks many unit ids with many settings for one safe register, and asks the ones that answer for more.
package struct Scanner {
    private let search: ProfileSearch
    private let safe: SafeRegister
    private let replyTime: Duration
    private let time: any TimeSource
    private let isStopping: () -> Bool
    private let bus: (SerialSettings?) -> any ProbeBus

    /// - Parameters:
    ///   - profiles: compared with what is found; what they avoid is never read.
    ///   - replyTime: the deadline of a whole reply.
    ///   - bus: opens the bus with these settings; the bus before it has been closed.
    package init(
        profiles: [Profile],
        replyTime: Duration,
        time: any TimeSource,
        isStopping: @escaping () -> Bool = { false },
        bus: @escaping (SerialSettings?) -> any ProbeBus
    ) {
        search = ProfileSearch(profiles: profiles, replyTime: replyTime, isStopping: isStopping)
        safe = SafeRegister(profiles: profiles)
        self.replyTime = replyTime
        self.time = time
        self.isStopping = isStopping
        self.bus = bus
    }

    /// Runs the plan to its end, or until the user stops it.
    package func run(_ plan: ScanPlan, tell: (ScanNews) -> Void) {
        var plan = plan
        var open: (settings: SerialSettings?, bus: any ProbeBus)?
        defer { open?.bus.close() }
        var done = 0
        let began = time.uptime()
        var slow: Set<ScanPlan.Step> = []
        do throws(ProbeFailure) {
            while !isStopping(), let step = plan.next() {
                let pace = done == 0 ? replyTime : (time.uptime() - began) / done
                tell(.asking(step, done: done, of: done + plan.queue.count + 1, left: pace * (plan.queue.count + 1)))
                if open == nil || open?.settings != step.settings {
                    open?.bus.close()
                    open = (step.settings, bus(step.settings))
                }
                guard let line = open?.bus else { return }
                let exchange = try ask(step, on: line, replyTime: slow.contains(step) ? replyTime * 4 : replyTime)
                done += 1
                if let error = exchange.error, error.isOfTheBus {
                    tell(.failed(exchange))
                    return
                }
                if exchange.isAnswered {
                    plan.found(step)
                    let timing = ReplyTiming(
                        replyTime: max(replyTime, .milliseconds(300)),
                        worstReply: .milliseconds(50)
                    )
                    let identity = exchange.block == nil ? nil : line.identity(of: step.unit, timing: timing)
                    let matches = try search.matches(step.unit, on: line, saying: identity)
                    let settings = step.settings ?? line.endpoint.serialSettings
                    tell(
                        .found(
                            ScanFind(
                                unit: step.unit,
                                settings: settings,
                                latency: exchange.latency,
                                matches: matches,
                                identity: identity
                            )
                        )
                    )
                } else if case .foreignReply(let other)? = exchange.error?.kind {
                    // The late reply of a slow unit: that unit is asked again with patience, then the unit whose turn
                    // it disturbed.
                    let late = ScanPlan.Step(settings: step.settings, unit: other)
                    if slow.insert(late).inserted {
                        plan.askNext(step)
                        plan.askNext(late)
                    }
                } else if exchange.isMalformed {
                    tell(.garbled(step, exchange))
                }
            }
        } catch {
            tell(.lost(error))
        }
    }

    /// Asks once, and a second time when the first reply was malformed; a silent unit costs one reply time only.
    private func ask(
        _ step: ScanPlan.Step,
        on bus: any ProbeBus,
        replyTime: Duration
    ) throws(ProbeFailure) -> ProbeExchange {
        let request = ProbeRequest(unit: step.unit, range: safe.range, timing: timing(bus, replyTime))
        let exchange = try bus.exchange(request)
        guard exchange.isMalformed else { return exchange }
        let again = try bus.exchange(request)
        return again.error?.kind == .distrusted ? exchange : again
    }

    /// The reply time includes the time on the wire, and the line needs no longer rest: a late reply names its unit,
    /// and no value of a scan is ever published.
    private func timing(_ bus: any ProbeBus, _ replyTime: Duration) -> ReplyTiming {
        guard let settings = bus.endpoint.serialSettings else {
            return ReplyTiming(replyTime: replyTime, worstReply: bus.endpoint.isShared ? .zero : replyTime)
        }
        let wire = settings.time(characters: Double(8 + 7))
        return ReplyTiming(replyTime: max(replyTime / 2, replyTime - wire), worstReply: .zero)
    }
}
