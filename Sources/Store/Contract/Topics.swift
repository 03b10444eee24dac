public import Domain

/// A topic of the contract.
public enum Topic: Hashable, Sendable {
    case status(gateway: String)
    case gatewayEvents(gateway: String)
    case meta(Place)
    /// The topic of a device's live readings, retained.
    case readings(Place)
    /// Late readings have a topic of their own, so that they cannot be taken for the present.
    case backfill(Place)
    case deviceEvents(Place)
    /// The topic of an indicator's current window, retained; its closed windows go to `/final` below it.
    ///
    /// - name: `mobility/traffic-volume/gateway/day`.
    case indicator(gateway: String, name: String, isFinal: Bool)
    /// The topic of a figure that the city made of its gateways' figures; closed windows go to `/final` below it.
    ///
    /// - name: `mobility/traffic-volume/kota/day`.
    case cityIndicator(name: String, isFinal: Bool)
    /// Many readings and events of a gateway as one message.
    case packs(gateway: String)
    /// Requests to a gateway: the only topic of the contract that a gateway reads.
    case requests(gateway: String)

    /// The site and device that a topic is about.
    public struct Place: Hashable, Sendable {
        public var gateway: String
        public var site: String
        public var device: String

        public init(gateway: String, site: String, device: String) {
            self.gateway = gateway
            self.site = site
            self.device = device
        }

        fileprivate var text: String { "\(gateway)/\(site)/\(device)" }
    }

    /// - Parameter prefix: the installation's `topic_prefix`.
    public func text(prefix: String) -> String {
        switch self {
        case .status(let gateway): "\(prefix)/gateways/\(gateway)/status"
        case .gatewayEvents(let gateway): "\(prefix)/gateways/\(gateway)/events"
        case .meta(let place): "\(prefix)/meta/\(place.text)"
        case .readings(let place): "\(prefix)/readings/\(place.text)"
        case .backfill(let place): "\(prefix)/backfill/\(place.text)"
        case .deviceEvents(let place): "\(prefix)/events/\(place.text)"
        case .indicator(let gateway, let name, let isFinal):
            "\(prefix)/indicators/\(gateway)/\(name)\(isFinal ? "/final" : "")"
        case .cityIndicator(let name, let isFinal):
            "\(prefix)/city/indicators/\(name)\(isFinal ? "/final" : "")"
        case .packs(let gateway): "\(prefix)/packs/\(gateway)"
        case .requests(let gateway): "\(prefix)/requests/\(gateway)"
        }
    }

    /// - Returns: nil for a text that is no topic of the contract below that prefix.
    public init?(_ text: String, prefix: String) {
        guard text.hasPrefix(prefix + "/") else { return nil }
        // Bytes, not characters: a collector does this for each message.
        let parts = text.utf8.dropFirst(prefix.utf8.count + 1)
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
        if parts.count == 2, parts[1] != "" {
            switch parts[0] {
            case "packs": self = .packs(gateway: parts[1])
            case "requests": self = .requests(gateway: parts[1])
            default: return nil
            }
            return
        }
        guard parts.count >= 3, !parts.contains("") else { return nil }
        let place = parts.count == 4 ? Place(gateway: parts[1], site: parts[2], device: parts[3]) : nil
        switch (parts[0], place) {
        case ("gateways", nil) where parts.count == 3 && parts[2] == "status": self = .status(gateway: parts[1])
        case ("gateways", nil) where parts.count == 3 && parts[2] == "events": self = .gatewayEvents(gateway: parts[1])
        case ("meta", let place?): self = .meta(place)
        case ("readings", let place?): self = .readings(place)
        case ("backfill", let place?): self = .backfill(place)
        case ("events", let place?): self = .deviceEvents(place)
        case ("city", _) where parts[1] == "indicators":
            let isFinal = parts.last == "final"
            let name = parts[2...].dropLast(isFinal ? 1 : 0)
            guard !name.isEmpty else { return nil }
            self = .cityIndicator(name: name.joined(separator: "/"), isFinal: isFinal)
        case ("indicators", _):
            let isFinal = parts.last == "final"
            let name = parts[2...].dropLast(isFinal ? 1 : 0)
            guard !name.isEmpty else { return nil }
            self = .indicator(gateway: parts[1], name: name.joined(separator: "/"), isFinal: isFinal)
        default: return nil
        }
    }
}

/// The topics of one gateway, as texts.
public struct Topics: Sendable {
    public let prefix: String
    public let gateway: String

    public init(prefix: String, gateway: String) {
        self.prefix = prefix
        self.gateway = gateway
    }

    public var status: String { Topic.status(gateway: gateway).text(prefix: prefix) }

    public func meta(site: String, device: String) -> String {
        Topic.meta(.init(gateway: gateway, site: site, device: device)).text(prefix: prefix)
    }

    public func readings(site: String, device: String) -> String {
        Topic.readings(.init(gateway: gateway, site: site, device: device)).text(prefix: prefix)
    }

    /// - Parameter name: `mobility/traffic-volume/gateway/day`.
    public func indicator(_ name: String, isFinal: Bool = false) -> String {
        Topic.indicator(gateway: gateway, name: name, isFinal: isFinal).text(prefix: prefix)
    }

    /// The topic of packs with entries that were made under that gateway's name.
    public func packs(of gateway: String) -> String { Topic.packs(gateway: gateway).text(prefix: prefix) }

    /// Where the city asks this gateway for entries once more.
    public var requests: String { Topic.requests(gateway: gateway).text(prefix: prefix) }

    /// What a message that is no entry is about.
    public func kind(ofState topic: String) -> TrafficKind {
        switch Topic(topic, prefix: prefix) {
        case .indicator, .cityIndicator: .indicators
        case .readings, .backfill, .packs: .readings
        case .deviceEvents, .gatewayEvents: .events
        case .meta, .status, .requests, nil: .rest
        }
    }

    /// The topic of an entry, under the gateway's name when the entry was made.
    public func topic(of entry: JournalEntry, lane: Lane) -> String {
        let place = Topic.Place(gateway: entry.gateway, site: entry.site ?? "-", device: entry.device ?? "-")
        let topic: Topic =
            switch entry.kind {
            case .reading: lane == .live ? .readings(place) : .backfill(place)
            case .deviceEvent: .deviceEvents(place)
            case .gatewayEvent: .gatewayEvents(gateway: entry.gateway)
            }
        return topic.text(prefix: prefix)
    }
}

/// The two ways in which an entry travels.
public enum Lane: Sendable {
    /// A first offer, at most 5 s after arrival, in this process.
    case live
    /// Everything else: marked `historical`, never retained.
    case backfill
}
