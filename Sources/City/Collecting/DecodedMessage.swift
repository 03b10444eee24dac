import Contract
import Domain
import JSON
import MQTT

/// What a message of the contract says.
enum DecodedMessage {
    case entries([EntryMessage])
    case status(GatewayStatus)
    case meta(Topic.Place, DeviceMeta)
    /// The device has moved or gone.
    case metaEmptied(Topic.Place)
    case figure(FigureMessage)
    /// A retained message was emptied, or the message is the city's own.
    case nothing
    /// It is none of the contract: why.
    case alien(String)

    init(topic text: String, payload: [UInt8], prefix: String) {
        guard let topic = Topic(text, prefix: prefix) else {
            self = .alien("unknown topic")
            return
        }
        self = Self.read(topic, payload)
        if case .alien = self, let canonical = Self.canonical(payload) { self = Self.read(topic, canonical) }
    }

    /// What another program has written again may have spaces and an order of its own; only the form differs then.
    private static func canonical(_ payload: [UInt8]) -> [UInt8]? {
        guard payload.count <= PackMessage.largestText, let tree = JSONTree.parse(payload) else { return nil }
        var json = JSONText(reserving: payload.count)
        json.json(tree.dataValue)
        return json.bytes
    }

    private static func read(_ topic: Topic, _ payload: [UInt8]) -> DecodedMessage {
        switch topic {
        case .readings(let place), .backfill(let place), .deviceEvents(let place):
            payload.isEmpty ? .nothing : entry(payload, of: place.gateway)
        case .gatewayEvents(let gateway): entry(payload, of: gateway)
        case .packs(let gateway): pack(payload, of: gateway)
        case .status(let gateway):
            if payload.isEmpty {
                .nothing
            } else if let status = GatewayStatus(payload: payload), status.gateway == gateway {
                .status(status)
            } else {
                .alien("no status of its gateway")
            }
        case .meta(let place):
            if payload.isEmpty {
                .metaEmptied(place)
            } else if let meta = DeviceMeta(payload: payload), meta.gateway == place.gateway,
                meta.device == place.device
            {
                .meta(place, meta)
            } else {
                .alien("no meta message of its device")
            }
        case .cityIndicator, .requests: .nothing
        case .indicator(let gateway, _, _):
            if payload.isEmpty {
                .nothing
            } else if let figure = FigureMessage(payload: payload), figure.gateway == gateway {
                .figure(figure)
            } else {
                .alien("no indicator message of its gateway")
            }
        }
    }

    /// The broker vouches for the topic alone: an entry must be of the topic's gateway.
    private static func entry(_ payload: [UInt8], of gateway: String) -> DecodedMessage {
        do throws(NotJSON) {
            return checked([try EntryMessage(decoding: payload)], of: gateway)
        } catch {
            return .alien("no entry of this version of the contract")
        }
    }

    /// An identity that no gateway gives would stay in the ledgers for good.
    private static func checked(_ entries: [EntryMessage], of gateway: String) -> DecodedMessage {
        for entry in entries {
            if entry.gateway != gateway { return .alien("an entry of another gateway") }
            if !ResendRequest.isEpoch(entry.epoch) { return .alien("an epoch that no gateway gives") }
            if !ResendRequest.numbers.contains(entry.seq) { return .alien("a number that no entry has") }
        }
        return .entries(entries)
    }

    private static func pack(_ payload: [UInt8], of gateway: String) -> DecodedMessage {
        do throws(NotJSON) {
            return checked(try PackMessage(decoding: payload).entries, of: gateway)
        } catch {
            return .alien("no pack of this version of the contract")
        }
    }
}
