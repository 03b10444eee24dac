import Platform
import Synchronization

/// One request of one client, to be answered once, now or later, from any thread.
public struct ControlCall: Sendable {
    public let request: String
    /// The client's number while its connection lasts.
    public let client: Int
    /// Whose process asks.
    public let peer: ControlPeer
    /// Whether it came over the asking socket; over the reading one nothing can be changed.
    public let mayChange: Bool
    private let outbox: ControlOutbox

    init(request: String, client: Int, peer: ControlPeer, mayChange: Bool, outbox: ControlOutbox) {
        self.request = request
        self.client = client
        self.peer = peer
        self.mayChange = mayChange
        self.outbox = outbox
    }

    /// The kernel says it; nil where it does not.
    public var user: UInt32? { peer.user }

    /// Sends one line; a client that has gone by then gets nothing.
    public func answer(_ line: [UInt8]) { outbox.add(line, to: client) }
}

/// Answers on their way to the server's thread: one at most for each request that is being served.
final class ControlOutbox: Sendable {
    let flag: PollFlag
    private let answers = Mutex<[(client: Int, line: [UInt8])]>([])

    init() throws(SystemError) { flag = try PollFlag() }

    func add(_ line: [UInt8], to client: Int) {
        answers.withLock { $0.append((client, line)) }
        flag.raise()
    }

    func take() -> [(client: Int, line: [UInt8])] {
        flag.lower()
        return answers.withLock { answers in
            defer { answers = [] }
            return answers
        }
    }
}
