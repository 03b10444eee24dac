import Contract

/// How much goes into one pack. Pure.
///
/// Three things limit a pack: what the contract allows, the Maximum Packet Size that the broker names, and the size at
/// which it refused one (0x95), which some brokers never name. How far rows shrink is learned from each pack.
struct PackSize: Sendable {
    /// What a packet has besides topic and payload: header, lengths, packet identifier and properties (MQTT 5, 3.3).
    private static let overhead = 16
    private static let leastRoom = 1_024

    /// Bytes of the largest payload that may be sent.
    private(set) var limit = PackMessage.largestPayload
    /// About how many bytes of rows fill a pack, before they are compressed.
    private(set) var room = PackMessage.largestText
    /// The limit of this connection, without what was learned from refusals.
    private var named = PackMessage.largestPayload
    /// The smallest payload that was refused for its size.
    private var refusedAt: Int?

    /// A broker may have been set up anew, so a new connection begins without what was learned from refusals.
    ///
    /// - Parameter largestPacket: in bytes; nil where the broker names none.
    mutating func connected(largestPacket: Int?, topic: String) {
        named = PackMessage.largestPayload
        if let largestPacket {
            named = min(named, max(1, largestPacket - topic.utf8.count - Self.overhead))
        }
        limit = named
        refusedAt = nil
    }

    /// Learns from a pack that was written.
    ///
    /// - Parameters:
    ///   - text: about how many bytes its rows have.
    ///   - payload: how many bytes it has, compressed; nil where that is more than a pack may have.
    /// - Returns: whether it may be sent.
    mutating func wrote(text: Int, payload: Int?) -> Bool {
        guard let payload, payload <= limit else {
            room = max(Self.leastRoom, text / 2)
            return false
        }
        // A seventh less than what should fit, because rows differ.
        let fits = text * limit / max(1, payload) / 7 * 6
        room = min(PackMessage.largestText, max(Self.leastRoom, fits))
        return true
    }

    /// The broker refused a pack for its size.
    mutating func refused(payload: Int) {
        refusedAt = min(refusedAt ?? payload, payload)
        set(limit: payload / 2)
    }

    /// A row alone was refused for its size, so the packs around it were not too large.
    mutating func refusedAlone() {
        refusedAt = nil
        set(limit: named)
    }

    /// The broker took a pack: the next may be larger, up to near the size that it refused.
    mutating func taken(payload: Int) {
        guard let refused = refusedAt, payload > limit / 4 * 3, refused - limit > refused / 8 else { return }
        set(limit: (limit + refused) / 2)
    }

    private mutating func set(limit new: Int) {
        let least = min(named, Self.leastRoom / 2)
        let before = limit
        limit = min(named, max(least, new))
        room = min(PackMessage.largestText, max(Self.leastRoom, room * limit / max(1, before)))
    }
}
