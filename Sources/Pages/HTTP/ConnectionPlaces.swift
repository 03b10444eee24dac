package import Domain

/// Knows which connections there are, whose time is over, and who makes room for a newcomer. It has no clock and no
/// sockets.
///
/// A client has 15 s from the end of its last answer until its next request is complete, and 30 s in which it takes
/// something of an answer. At most 256 are connected at once. For a newcomer beyond them the longest waiting connection
/// of the address with the most goes, so that no client keeps others out.
package struct ConnectionPlaces: Sendable {
    package enum Turn: Hashable, Sendable {
        /// The client is to send a request.
        case asking(since: Uptime)
        /// The server makes the answer.
        case answering
        /// The client is to take a piece of the answer.
        case taking(since: Uptime)
    }

    private struct Connection {
        var address: String
        var turn: Turn
    }

    package static let most = 256
    package static let requestTime = Duration.seconds(15)
    package static let answerTime = Duration.seconds(30)

    private var connections: [Int: Connection] = [:]
    private var lastNumber = 0
    /// When the last client left, or the server began.
    private var emptySince: Uptime

    package init(now: Uptime) { emptySince = now }

    package var count: Int { connections.count }

    /// Takes a newcomer in.
    ///
    /// - Returns: its number, and who must leave for it; itself where nobody else can.
    package mutating func enter(from address: String, now: Uptime) -> (number: Int, leaver: Int?) {
        lastNumber += 1
        let leaver = connections.count < Self.most ? nil : leaver(besides: address) ?? lastNumber
        connections[lastNumber] = Connection(address: address, turn: .asking(since: now))
        // Whoever must leave has no place any more, although his connection takes a moment to end: of many newcomers at
        // once each takes another's.
        if let leaver { connections[leaver] = nil }
        return (lastNumber, leaver)
    }

    package mutating func leave(_ number: Int, now: Uptime) {
        connections[number] = nil
        if connections.isEmpty { emptySince = now }
    }

    package mutating func note(_ turn: Turn, of number: Int) { connections[number]?.turn = turn }

    /// Those whose time is over.
    package func late(now: Uptime) -> [Int] {
        connections.compactMap { number, connection in
            switch connection.turn {
            case .asking(let since): now - since > Self.requestTime ? number : nil
            case .taking(let since): now - since > Self.answerTime ? number : nil
            case .answering: nil
            }
        }
    }

    /// How long nobody has been there; nil while somebody is.
    package func idle(now: Uptime) -> Duration? { connections.isEmpty ? now - emptySince : nil }

    private func leaver(besides newcomer: String) -> Int? {
        let counts = connections.values.reduce(into: [newcomer: 1]) { $0[$1.address, default: 0] += 1 }
        let waiting = connections.compactMap { number, connection -> (number: Int, others: Int, since: Uptime)? in
            guard case .asking(let since) = connection.turn else { return nil }
            return (number, counts[connection.address] ?? 0, since)
        }
        return waiting.min { ($1.others, $0.since) < ($0.others, $1.since) }?.number
    }
}
