import Domain

extension JournalIncident {
    /// What a log line says about the incident, by keys. The ranges of a destination that was removed are in its event
    /// alone: they may be a hundred.
    public var facts: [String: String] {
        switch self {
        case .corruptFileSetAside(let file, let message):
            return ["incident": "corrupt_file_set_aside", "file": file, "detail": message]
        case .destinationRemoved(let id, let owed, _):
            return ["incident": "destination_removed", "destination": id, "count": String(owed)]
        case .loss(let loss):
            var facts = [
                "incident": "loss", "reason": loss.reason.rawValue, "epoch": loss.epoch, "first": String(loss.first),
                "last": String(loss.last), "count": String(loss.count),
                "destinations": loss.destinations.joined(separator: " "),
            ]
            facts["site"] = loss.device?.site
            facts["device"] = loss.device?.device
            return facts
        case .slowCommit(let duration):
            return ["incident": "slow_commit", "milliseconds": String(duration.wholeMilliseconds)]
        case .stalled(let error): return ["incident": "stalled", "detail": error.description]
        case .resumed: return ["incident": "resumed"]
        }
    }
}
