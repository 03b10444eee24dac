import MQTT

/// The kind of a forwarder's message, as the session names it in its answer.
enum MessageName: Hashable, Sendable {
    /// An entry, by its row.
    case entry(Int64)
    /// The newest state of a retained topic, by its count.
    case announcement(Int64)
    /// A message that is sent once, by its count.
    case post(Int64)
    /// The format's first message on a connection.
    case opening
    /// A packet whose answer proves that earlier ones arrived, by its count.
    case fence(Int64)
    /// A pack, by its count.
    case pack(Int64)
    /// The newest reading of a device, by its count.
    case state(Int64)

    init(_ token: MQTTToken) {
        switch token.kind {
        case 0: self = .entry(token.number)
        case 1: self = .announcement(token.number)
        case 2: self = .post(token.number)
        case 3: self = .fence(token.number)
        case 5: self = .pack(token.number)
        case 6: self = .state(token.number)
        default: self = .opening
        }
    }

    var token: MQTTToken {
        switch self {
        case .entry(let row): MQTTToken(kind: 0, row)
        case .announcement(let count): MQTTToken(kind: 1, count)
        case .post(let count): MQTTToken(kind: 2, count)
        case .fence(let count): MQTTToken(kind: 3, count)
        case .opening: MQTTToken(kind: 4)
        case .pack(let count): MQTTToken(kind: 5, count)
        case .state(let count): MQTTToken(kind: 6, count)
        }
    }
}
