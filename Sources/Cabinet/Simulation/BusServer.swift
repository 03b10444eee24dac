import Domain
import Platform
import Synchronization

/// What a bus has done, counted by its thread and read by anyone.
final class BusCounts: Sendable {
    private let counts = Mutex(BusStatistics())

    var statistics: BusStatistics { counts.withLock { $0 } }

    func count(_ change: (inout BusStatistics) -> Void) { counts.withLock { change(&$0) } }
}

/// Serves one Modbus bus on a thread of its own, from `init` to `stop()`.
final class BusServer: Sendable {
    enum Line {
        case tcp(Listener)
        /// With the line's settings when replies keep its pace, nil when they come at once.
        case serial(PseudoLine, pace: SerialSettings?)
    }

    let counts = BusCounts()
    private let wake: PollFlag
    private let thread: WorkerThread

    /// Takes the line over: it is closed by `stop()`.
    init(
        name: String,
        line: Line,
        slaves: any RequestAnswering & Sendable,
        clock: ModelClock
    ) throws(SystemError) {
        wake = try PollFlag()
        thread = try WorkerThread(name: name) { [wake, counts] in
            var loop = BusLoop(line: line, slaves: slaves, clock: clock, wake: wake, counts: counts)
            loop.run()
        }
    }

    /// Ends the thread and waits for it.
    func stop() {
        wake.raise()
        thread.join()
    }
}
