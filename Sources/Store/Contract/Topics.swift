/// The topics of the contract.
public struct Topics: Sendable {
    public let prefix: String
    public let gateway: String

    public init(prefix: String, gateway: String) {
        self.prefix = prefix
        self.gateway = gateway
    }

    public var status: String { "\(prefix)/gateways/\(gateway)/status" }

    public func meta(site: String, device: String) -> String { "\(prefix)/meta/\(gateway)/\(site)/\(device)" }

    /// Where a device's live readings stand, retained.
    public func readings(site: String, device: String) -> String { "\(prefix)/readings/\(gateway)/\(site)/\(device)" }

    /// Where an indicator's current window stands, retained; its closed windows go to `/final` below it.
    ///
    /// - Parameter name: `mobility/traffic-volume/gateway/day`.
    public func indicator(_ name: String) -> String { "\(prefix)/indicators/\(gateway)/\(name)" }

    /// Where an entry goes; late readings have a topic of their own, so that they cannot pose as the present.
    public func topic(of entry: JournalEntry, lane: Lane) -> String {
        let place = "\(entry.gateway)/\(entry.site ?? "-")/\(entry.device ?? "-")"
        switch entry.kind {
        case .reading: return "\(prefix)/\(lane == .live ? "readings" : "backfill")/\(place)"
        case .deviceEvent: return "\(prefix)/events/\(place)"
        case .gatewayEvent: return "\(prefix)/gateways/\(entry.gateway)/events"
        }
    }
}

/// In which of the two ways an entry travels.
public enum Lane: Sendable {
    /// A first offer, at most 5 s after arrival, in this process.
    case live
    /// Everything else: marked `historical`, never retained.
    case backfill
}
