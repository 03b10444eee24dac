package import Diagnosing
package import Domain
import Profiles

/// Asks the devices of one bus again and again, in turn, as the bus doctor does.
package struct BusWatch {
    private let bus: any ProbeBus
    private let time: any TimeSource
    private let stop: StopFlag
    private let pause: Duration

    /// In one of this many passes the watch listens on after a reply, for a second device of the same id.
    private static let listeningEvery = 8

    /// - Parameter pause: the time between two turns, so that the watch itself does not fill the line.
    package init(bus: any ProbeBus, time: any TimeSource, stop: StopFlag, pause: Duration = .milliseconds(250)) {
        self.bus = bus
        self.time = time
        self.stop = stop
        self.pause = pause
    }

    /// Blocks until the stop flag is raised, the time has come, or the daemon fails.
    ///
    /// - Parameters:
    ///   - deadline: when the watch ends; nil means never.
    ///   - tell: called with each pass over a device, by its index.
    package func run(_ targets: [ProbeTarget], until deadline: Uptime?, tell: (Int, DeviceReport) -> Void) {
        var probes = targets.map { target in
            target.profile.modbus.map {
                DeviceProbe(target: target, access: $0, bus: bus, time: time, isStopping: isOver)
            }
        }
        var pass = 0
        while !isOver() {
            for index in probes.indices where !isOver() {
                guard let report = probes[index]?.pass(listening: pass % Self.listeningEvery == 0) else { continue }
                tell(index, report)
                if report.failure != nil { return }
            }
            pass += 1
            stop.sleep(until: min(time.uptime() + pause, deadline ?? time.uptime() + pause), time: time)
        }
        bus.close()

        func isOver() -> Bool { stop.isRaised || deadline.map { $0 <= time.uptime() } ?? false }
    }
}
