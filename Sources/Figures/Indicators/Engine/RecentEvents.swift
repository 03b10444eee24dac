/// The ids of a device's last events: an event that comes twice counts once, over restarts too.
struct RecentEvents: Sendable, Codable, Equatable {
    /// A device repeats itself within minutes; a thousand events are hours of a busy junction.
    private static let most = 1_000
    private var hashes: [UInt64] = []

    /// Whether the id is new.
    mutating func insert(_ id: String) -> Bool {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        guard !hashes.contains(hash) else { return false }
        hashes.append(hash)
        if hashes.count > Self.most { hashes.removeFirst(Self.most / 10) }
        return true
    }
}
