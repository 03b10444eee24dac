package import Diagnosing
package import Domain
package import Installation
import Platform
import Synchronization

/// The bus doctor: watches buses, each on a thread of its own.
package final class FieldWatch: Sendable {
    private let state: Mutex<WatchState>
    private let time: any TimeSource

    /// - Parameter buses: Modbus buses and the devices to watch there.
    package init(_ buses: [(bus: Configuration.Bus, targets: [ProbeTarget])], time: any TimeSource) {
        self.time = time
        let lines = buses.compactMap { bus, targets in
            bus.endpoint.map { WatchState.Line(bus: bus.id, endpoint: $0, tallies: targets.map { WatchTally($0) }) }
        }
        state = Mutex(WatchState(lines: lines, began: time.uptime()))
    }

    package var snapshot: WatchState { state.withLock { $0 } }

    /// Blocks until the time is over or the stop flag is raised.
    ///
    /// - Parameters:
    ///   - open: opens a bus; called on its thread.
    ///   - limit: nil means until the user ends it.
    ///   - show: called about twice a second with the state so far.
    package func run(
        for limit: Duration?,
        stop: StopFlag,
        open: @escaping @Sendable (String, ModbusEndpoint) -> any ProbeBus,
        show: (WatchState) -> Void
    ) {
        let deadline = limit.map { time.uptime() + $0 }
        let running = RunningCount(snapshot.lines.count)
        let threads = snapshot.lines.enumerated().compactMap { place, line -> WorkerThread? in
            let work: @Sendable () -> Void = { [self] in
                let watch = BusWatch(bus: open(line.bus, line.endpoint), time: time, stop: stop)
                watch.run(line.tallies.map(\.target), until: deadline) { index, report in
                    state.withLock { state in
                        state.lines[place].tallies[index].add(report)
                        if let failure = report.failure { state.lines[place].failure = failure }
                    }
                }
                running.end()
            }
            do throws(SystemError) {
                return try WorkerThread(name: "watch " + line.bus, body: work)
            } catch {
                let words = error.description
                state.withLock { $0.lines[place].failure = .noThread(words) }
                running.end()
                return nil
            }
        }
        while !running.isOver {
            show(snapshot)
            running.wait(until: time.uptime() + .milliseconds(500), time: time)
        }
        for thread in threads { thread.join() }
    }
}

/// How many threads are still at work.
private final class RunningCount: Sendable {
    private let count: Mutex<Int>
    private let news = WakeFlag()

    init(_ count: Int) { self.count = Mutex(count) }

    var isOver: Bool { count.withLock { $0 == 0 } }

    func end() {
        count.withLock { $0 -= 1 }
        news.raise()
    }

    func wait(until deadline: Uptime, time: any TimeSource) { news.wait(until: deadline, time: time) }
}
