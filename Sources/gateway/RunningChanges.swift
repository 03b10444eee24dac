import Configuration
import Control

/// What a running gateway would give up, or leave behind, if it took over a configuration.
enum RunningChanges {
    /// A sentence for each change that costs something.
    static func notes(
        from running: SystemStatus,
        to configuration: Configuration,
        indicators: Set<String>
    ) -> [String] {
        owed(from: running, to: configuration) + devices(from: running, to: configuration)
            + figures(from: running, indicators)
    }

    private static func owed(from running: SystemStatus, to configuration: Configuration) -> [String] {
        if let path = running.journal.path, path != configuration.storage.path {
            return running.destinations.filter { $0.pending > 0 }.map {
                "a reload begins a new journal: \($0.pending) readings that \($0.id) is still owed stay in \(path)"
            }
        }
        let kept = Set(configuration.destinations.map(\.id))
        return running.destinations.filter { !kept.contains($0.id) && $0.pending > 0 }.map {
            "a reload gives up \($0.pending) readings that \($0.id) is still owed"
                + ($0.oldestPending.map { ", the oldest of \($0)" } ?? "")
        }
    }

    private static func devices(from running: SystemStatus, to configuration: Configuration) -> [String] {
        let sites = Dictionary(configuration.devices.map { ($0.id, $0.site.id) }) { first, _ in first }
        return running.devices.compactMap { device in
            guard let site = sites[device.id] else {
                return "\(device.id) goes: what it counted stays with \(device.site), "
                    + "where it is expected until the reload"
            }
            guard site != device.site else { return nil }
            return "\(device.id) moves: what it counted stays with \(device.site), and \(site) begins without it"
        }
    }

    private static func figures(from running: SystemStatus, _ indicators: Set<String>) -> [String] {
        (running.figures ?? [:]).filter { !indicators.contains($0.key) }.sorted { $0.key < $1.key }.map {
            "\($0.key) goes: the open windows of its \($0.value) figures end unfinished"
        }
    }
}
