import Buses
import Contract
import Domain
import Forwarding
import Indicators
import Installation
import Logging
import Platform

extension RunningSystem {
    /// Whether a reload can take over that configuration without a new epoch: the gateway and its journal are the same.
    func canApply(_ new: Configuration) -> Bool {
        let old = configuration
        return old.gateway == new.gateway && old.topicPrefix == new.topicPrefix && old.storage == new.storage
            && old.clockTrusted == new.clockTrusted && old.timezone == new.timezone
    }

    /// Takes over a new configuration. Only buses that changed, or whose devices did, are stopped and started, and only
    /// destinations that changed are connected anew. The journal stays open.
    ///
    /// - Precondition: `canApply`.
    /// - Throws: when the control socket cannot be moved; then nothing has changed.
    func apply(_ deployment: Deployment) throws(SystemError) {
        let new = deployment.configuration
        let old = configuration
        if new.controlSocket != old.controlSocket { try moveControl(to: new.controlSocket) }
        let buses = RunningSources.changes(from: old, to: new)
        let stopped = sources.remove(buses)
        intake.letGo()
        board.set(new.devices)
        current.replace(with: deployment)
        let changed = destinations.replace(with: new.destinations) { announceStatus("offline", to: $0) }
        figures.replace(plan: deployment.indicators)
        announceDevices()
        sources.start(buses, of: new, after: stopped)
        let stamp = time.stamp()
        intake.accept(.configurationAccepted(new.hash, buses: buses, destinations: changed, stamp: stamp))
        announceStatus("online")
        log.notice(
            "configuration reloaded",
            metadata: [
                "changed": "\(buses.joined(separator: " "))", "destinations": "\(changed.joined(separator: " "))",
            ]
        )
    }
}
