import Domain
import Platform
import Synchronization

/// Counts of a bus: its thread counts, and any thread may read.
final class BusCounts: Sendable {
    private let counts = Mutex(BusStatistics())

    var statistics: BusStatistics { counts.withLock { $0 } }

    func count(_ change: (inout BusStatistics) -> Void) { counts.withLock { change(&$0) } }
}

/// Serves one Modbus bus on a thread of its own, from `init` to `stop()`.
final class BusServer: Sendable {
    /// Where masters connect, and in which framing their requests come.
    struct Line {
        enum Entrance {
            /// With the line's settings when replies take their time on the wire, nil when they come at once.
            case listener(Listener, pace: SerialSettings?)
            case pseudo(PseudoLine, pace: SerialSettings?)
        }

        let entrance: Entrance
        let framing: ModbusFraming

        /// - Parameters:
        ///   - endpoint: a path that becomes a symlink to a pty, or a loopback address.
        ///   - isPaced: whether the replies of a serial line take the time that its settings give them.
        init(bus: String, at endpoint: ModbusEndpoint, isPaced: Bool) throws(SimulationError) {
            framing = endpoint.framing
            switch endpoint.transport {
            case .tcp(let host, let port):
                let pace = isPaced ? endpoint.farSettings : nil
                entrance = .listener(try Listener(bus: bus, host: host, port: port), pace: pace)
            case .serial(let path, let settings):
                entrance = .pseudo(try PseudoLine(bus: bus, path: path), pace: isPaced ? settings : nil)
            }
        }

        /// The line's settings when replies take their time on the wire.
        var pace: SerialSettings? {
            switch entrance {
            case .listener(_, let pace), .pseudo(_, let pace): pace
            }
        }

        /// The pty's own name; nil over TCP.
        var device: String? {
            guard case .pseudo(let line, _) = entrance else { return nil }
            return line.device
        }
    }

    let counts = BusCounts()
    private let wake: PollFlag
    private let thread: WorkerThread

    /// Takes ownership of the line: `stop()` closes it.
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

    /// Ends the thread and waits for its end.
    func stop() {
        wake.raise()
        thread.join()
    }
}
