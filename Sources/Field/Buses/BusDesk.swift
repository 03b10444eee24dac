import Domain
import Modbus
import Platform

/// A bus at work, as it goes from one thread to another; and its turns in the event loop, where it never waits.
///
/// Unchecked: one thread has it at a time, and passes it on whole: by starting the bus' own thread, or through the
/// event loop's lock.
final class BusDesk: EventLoopMember, @unchecked Sendable {
    let source: ModbusSource
    let polls: BusPolls
    /// Whether the bus' own thread has handed it over and is ending.
    private var hasThread = false

    init(_ source: ModbusSource, _ polls: BusPolls) {
        self.source = source
        self.polls = polls
    }

    var isWanted: Bool { source.isWanted }

    func turn(readable: Bool, writable: Bool) -> EventLoopWait? {
        if hasThread {
            source.joinThread()
            hasThread = false
        }
        source.clearWakeUp()
        Hang.here(source.threadName)
        if source.isStopping {
            source.end(serving: self)
            return nil
        }
        if readable {
            collect()
            // Others that have a reply are asked their next question first.
            if polls.isThrough { return wait(until: EventLoopWait.soon) }
        }
        if let deadline = polls.bus.deadline {
            if source.now < deadline { return wait(until: deadline) }
            do throws(ModbusError) { try polls.bus.giveUp() } catch { polls.failed(error) }
        }
        return proceed()
    }

    /// Takes all replies that have come.
    private func collect() {
        repeat {
            do throws(ModbusError) {
                guard let block = try polls.bus.collect() else { return }
                polls.answered(block)
            } catch {
                failed(error)
            }
        } while polls.bus.deadline != nil
    }

    private func failed(_ error: ModbusError) {
        // A device that closes after its reply: it is asked again over a new connection.
        if polls.bus.foundClosed { polls.foundClosed() } else { polls.failed(error) }
    }

    /// Goes on until the bus waits for a reply or for its next poll.
    private func proceed() -> EventLoopWait? {
        while true {
            let turn = polls.next()
            if case .ask = turn { polls.bus.dropUnlessQuiet() }
            if polls.needsThread {
                // It comes back from there.
                hasThread = true
                do throws(SystemError) {
                    try source.serve(self)
                    return nil
                } catch {
                    hasThread = false
                    if lacksThread(for: turn, error) { continue }
                }
            }
            switch turn {
            case .again: break
            case .wait(let until): return wait(until: until)
            case .ask(let request):
                do throws(ModbusError) {
                    polls.sent(request.ranges.count)
                    return wait(until: try polls.bus.ask(request.ranges, unit: request.unit, timing: request.timing))
                } catch {
                    failed(error)
                }
            }
        }
    }

    /// Without a thread a request fails that the event loop cannot make; what a probe asks for waits.
    ///
    /// - Returns: whether it has failed.
    private func lacksThread(for turn: BusPolls.Turn, _ error: SystemError) -> Bool {
        guard polls.bus.socket == nil, case .ask(let request) = turn, let range = request.ranges.first
        else { return false }
        let kind = ModbusError.Kind.noThread(error.reason)
        polls.failed(ModbusError(kind: kind, endpoint: source.endpoint, unit: request.unit, range: range))
        return true
    }

    private func wait(until deadline: Uptime?) -> EventLoopWait {
        EventLoopWait(descriptor: polls.bus.socket, until: deadline)
    }
}
