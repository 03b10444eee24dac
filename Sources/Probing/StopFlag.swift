public import Domain
import Platform
import Synchronization

/// That the user wants an end (Ctrl-C): looked at between requests, so that a summary is always left.
public final class StopFlag: Sendable {
    private let raised = Atomic(false)
    private let wake = WakeFlag()

    public init() {}

    public var isRaised: Bool { raised.load(ordering: .relaxed) }

    public func raise() {
        raised.store(true, ordering: .relaxed)
        wake.raise()
    }

    /// Sleeps for that long, or until the flag is raised.
    public func sleep(_ duration: Duration, time: any TimeSource) {
        guard !isRaised else { return }
        wake.wait(until: time.uptime() + duration, time: time)
    }

    /// For a poll set: readable once raised.
    var descriptor: Int32 { wake.descriptor }
}
