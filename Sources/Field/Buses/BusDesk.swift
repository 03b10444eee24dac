import Domain
import Modbus
import Platform

/// A bus at work, which threads pass to each other, and its turns in the event loop, where it never waits.
///
/// Unchecked: one thread has it at a time and passes it on as a whole: by starting the bus' own thread, or through the
/// event loop's lock.
final class BusDesk: EventLoopMember, @unchecked Sendable {
    let source: ModbusSource
    let polls: BusPolls
    /// Whether the bus' own thread has passed the bus back and is ending.
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
            // Other buses that have a reply send their next request first.
            if polls.isThrough { return wait(until: EventLoopWait.soon) }
        }
        if let deadline = polls.bus.deadline {
            if source.now < deadline { return wait(until: deadline) }
            do throws(ModbusError) { try polls.bus.giveUp() } catch { polls.failed(error) }
        }
        return proceed()
    }

    /// Takes all replies that have arrived.
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
        // The device closed the connection after its reply: the request is repeated over a new connection.
        if polls.bus.foundClosed { polls.foundClosed() } else { polls.failed(error) }
    }

    /// Continues until the bus waits for a reply or for its next poll.
    private func proceed() -> EventLoopWait? {
        while true {
            let turn = polls.next()
            if case .ask(let request) = turn, let first = request.ranges.first {
                polls.bus.dropUnlessReady(for: first, unit: request.unit)
                if let pause = polls.bus.pausesUntil(request.timing) { return wait(until: pause) }
            }
            if polls.needsThread {
                // The thread returns the bus later.
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

    /// Without a thread, a request that the event loop cannot make fails; a probe's requests wait.
    ///
    /// - Returns: whether the request has failed.
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
