import Domain

/// The messages that wait for their PUBACK, in the order of publishing: a ring of fixed size, so that an answer costs
/// no allocation. Brokers answer in order, so the searched message is nearly always the first.
struct InFlight {
    struct Entry {
        var packet: Int32
        var token: MQTTToken
        var sent: Uptime
    }

    private var ring: ContiguousArray<Entry>
    private var head = 0
    private(set) var count = 0
    let window: Int

    init(window: Int) {
        self.window = window
        let empty = Entry(packet: 0, token: 0, sent: Uptime(nanoseconds: 0))
        ring = ContiguousArray(repeating: empty, count: window)
    }

    var hasRoom: Bool { count < window }
    var oldest: Entry? { count == 0 ? nil : ring[head] }

    /// Adds the newest message. There must be room.
    mutating func append(_ entry: Entry) {
        precondition(hasRoom)
        ring[slot(count)] = entry
        count += 1
    }

    /// Removes the message with that packet identifier and returns its token; nil if there is none.
    mutating func remove(packet: Int32) -> MQTTToken? {
        for place in 0..<count {
            let found = ring[slot(place)]
            guard found.packet == packet else { continue }
            // The older ones move up by one, so that the order stays and the first slot becomes free.
            for older in stride(from: place, to: 0, by: -1) { ring[slot(older)] = ring[slot(older - 1)] }
            head = slot(1)
            count -= 1
            return found.token
        }
        return nil
    }

    /// The tokens, oldest first.
    var tokens: [MQTTToken] { (0..<count).map { ring[slot($0)].token } }

    private func slot(_ place: Int) -> Int {
        let index = head + place
        return index < window ? index : index - window
    }
}
