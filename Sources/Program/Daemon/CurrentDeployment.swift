import Installation
import Synchronization

/// The deployment that runs now, shared by all parts that use it; a reload replaces it.
final class CurrentDeployment: Sendable {
    private let deployment: Mutex<Deployment>

    init(_ deployment: Deployment) { self.deployment = Mutex(deployment) }

    var now: Deployment { deployment.withLock { $0 } }

    var configuration: Configuration { now.configuration }

    func replace(with new: Deployment) { deployment.withLock { $0 = new } }
}
