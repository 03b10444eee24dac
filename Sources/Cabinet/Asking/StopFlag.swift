package import Domain
import Platform
import Synchronization

/// Says that the user wants to stop (Ctrl-C). It is checked between requests, so that a summary is always printed.
package final class StopFlag: Sendable {
    private let raised = Atomic(false)
    private let wake = WakeFlag()

    package init() {}

    package var isRaised: Bool { raised.load(ordering: .relaxed) }

    package func raise() {
        raised.store(true, ordering: .relaxed)
        wake.raise()
    }

    /// Sleeps until the deadline or until the flag is raised, on any number of threads: the flag is never lowered.
    func sleep(until deadline: Uptime, time: any TimeSource) {
        // Each woken thread wakes the next.
        if wake.wait(until: deadline, time: time) { wake.raise() }
    }

    /// Sleeps for this long, or until the flag is raised.
    package func sleep(_ duration: Duration, time: any TimeSource) {
        sleep(until: time.uptime() + duration, time: time)
    }
}
