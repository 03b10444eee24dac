package import Domain
import Platform
import Synchronization

/// That the user wants an end (Ctrl-C): looked at between requests, so that a summary is always left.
package final class StopFlag: Sendable {
    private let raised = Atomic(false)
    private let wake = WakeFlag()

    package init() {}

    package var isRaised: Bool { raised.load(ordering: .relaxed) }

    package func raise() {
        raised.store(true, ordering: .relaxed)
        wake.raise()
    }

    /// Sleeps until then, or until the flag is raised, on any number of threads: nobody lowers it.
    func sleep(until deadline: Uptime, time: any TimeSource) {
        // Whoever it wakes wakes the next.
        if wake.wait(until: deadline, time: time) { wake.raise() }
    }

    /// Sleeps for that long, or until the flag is raised.
    package func sleep(_ duration: Duration, time: any TimeSource) {
        sleep(until: time.uptime() + duration, time: time)
    }
}
