import Control
import Installation
import Speech

/// What a running gateway would give up, or leave behind, if it took over a configuration.
enum RunningChanges {
    /// A sentence for each change that costs something.
    static func notes(
        from running: SystemStatus,
        to configuration: Configuration,
        indicators: Set<String>
    ) -> [Sentence] {
        owed(from: running, to: configuration) + devices(from: running, to: configuration)
            + figures(from: running, indicators)
    }

    private static func owed(from running: SystemStatus, to configuration: Configuration) -> [Sentence] {
        if let path = running.journal.path, path != configuration.storage.path {
            return running.destinations.filter { $0.pending > 0 }.map {
                Sentence(CheckPhrase.owedStays, "\($0.pending)", $0.id, path)
            }
        }
        let kept = Set(configuration.destinations.map(\.id))
        return running.destinations.filter { !kept.contains($0.id) && $0.pending > 0 }.map {
            Sentence(CheckPhrase.owedLost, "\($0.pending)", $0.id, $0.oldestPending ?? "-", $0.newestPending ?? "-")
        }
    }

    private static func devices(from running: SystemStatus, to configuration: Configuration) -> [Sentence] {
        let sites = Dictionary(configuration.devices.map { ($0.id, $0.site.id) }) { first, _ in first }
        return running.devices.compactMap { device in
            guard let site = sites[device.id] else {
                return Sentence(CheckPhrase.deviceGoes, device.id, device.site)
            }
            guard site != device.site else { return nil }
            return Sentence(CheckPhrase.deviceMoves, device.id, device.site, site)
        }
    }

    private static func figures(from running: SystemStatus, _ indicators: Set<String>) -> [Sentence] {
        (running.figures ?? [:]).filter { !indicators.contains($0.key) }.sorted { $0.key < $1.key }.map {
            Sentence(CheckPhrase.indicatorGoes, $0.key, "\($0.value)")
        }
    }
}
