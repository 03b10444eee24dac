import Platform
import Synchronization

/// One request of one client, to be answered once, now or later, from any thread.
public struct ControlCall: Sendable {
    public let request: String
    /// The client's number while its connection lasts.
    public let client: Int
    /// The process that asks.
    public let peer: ControlPeer
    /// Whether the request came over the asking socket; the reading socket changes nothing.
    public let mayChange: Bool
    private let outbox: ControlOutbox

    init(request: String, client: Int, peer: ControlPeer, mayChange: Bool, outbox: ControlOutbox) {
        self.request = request
        self.client = client
        self.peer = peer
        self.mayChange = mayChange
        self.outbox = outbox
    }

    /// The user, as the kernel reports it; nil when it does not.
    public var user: UInt32? { peer.user }

    /// Sends one line of text; a client that has left by then gets nothing.
    public func answer(_ line: [UInt8]) { outbox.add(line, to: client) }
}

/// Answers on their way to the server's thread: at most one for each request that is being served.
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
