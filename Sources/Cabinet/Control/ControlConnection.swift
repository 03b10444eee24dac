import Domain
import Glibc

/// One client of the control server: input that was not served yet, and output that was not sent yet. Nothing here
/// waits; the owner of the connection closes the descriptor.
struct ControlConnection {
    /// The longest time from a request's first byte to its newline.
    static let requestTime = Duration.seconds(5)
    /// The longest time until an answer has been taken whole.
    static let answerTime = Duration.seconds(10)
    static let longestRequest = 64 * 1024

    enum State {
        case open
        /// The client has gone, or has broken a rule.
        case over
    }

    let client: Int
    let descriptor: Int32
    let peer: ControlPeer
    let mayChange: Bool
    var lastTurn = 0
    private(set) var lastActive: Uptime
    private(set) var isAsking = false
    private var input: [UInt8] = []
    private var inputHasLine = false
    /// Since when its last request has been incomplete.
    private var unfinishedSince: Uptime?
    /// The client sends nothing more, but still reads.
    private var hasEnded = false
    private var output: [UInt8] = []
    private var sent = 0
    private var answeredAt: Uptime?

    init(client: Int, descriptor: Int32, mayChange: Bool, now: Uptime) {
        self.client = client
        self.descriptor = descriptor
        peer = ControlPeer(of: descriptor)
        self.mayChange = mayChange
        lastActive = now
    }

    /// Whether a request may be served: one at a time, and the next when the client has read the whole answer.
    var hasRequest: Bool { inputHasLine && !isAsking && output.isEmpty }

    /// Whether the client has asked and has not read its whole answer.
    var isOwed: Bool { isAsking || inputHasLine || !output.isEmpty }

    /// Bytes of the answer that the client has not read yet.
    var waiting: Int { output.count - sent }

    /// The events for poll. A connection with enough work is not read.
    var events: Int16 {
        let reads = !hasEnded && input.count <= Self.longestRequest
        return Int16(reads ? POLLIN : 0) | Int16(output.isEmpty ? 0 : POLLOUT)
    }

    /// When the client breaks a rule, unless something comes or goes before.
    var deadline: Uptime? {
        let request = unfinishedSince.map { $0 + Self.requestTime }
        let answer = answeredAt.map { $0 + Self.answerTime }
        return [request, answer].compactMap(\.self).min()
    }

    /// Reads what has come.
    mutating func receive(now: Uptime) -> State {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count < 0 { return errno == EINTR || errno == EAGAIN ? .open : .over }
        if count == 0 {
            hasEnded = true
        } else {
            input += buffer[..<count]
            lastActive = now
        }
        return note(now)
    }

    /// Removes and returns the next request; call only when there is one.
    mutating func nextRequest(now: Uptime) -> String {
        let end = input.firstIndex(of: 10) ?? input.endIndex
        let line = String(decoding: input[..<end], as: UTF8.self)
        input.removeSubrange(..<min(end + 1, input.endIndex))
        isAsking = true
        _ = note(now)
        return line
    }

    /// Starts to send an answer.
    mutating func answer(_ line: [UInt8], now: Uptime) -> State {
        guard isAsking else { return .open }
        isAsking = false
        output = line + [10]
        sent = 0
        answeredAt = now
        lastActive = now
        return send(now: now)
    }

    /// Sends as much as the socket accepts.
    mutating func send(now: Uptime) -> State {
        while sent < output.count {
            let count = output.withUnsafeBytes { buffer in
                let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                return Glibc.send(descriptor, buffer.baseAddress.map { $0 + sent }, output.count - sent, flags)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno == EAGAIN ? .open : .over }
            sent += count
            lastActive = now
        }
        output = []
        sent = 0
        answeredAt = nil
        return hasEnded && !isOwed ? .over : .open
    }

    /// Checks the input so far: a request that grows without an end is no request.
    private mutating func note(_ now: Uptime) -> State {
        inputHasLine = input.contains(10)
        unfinishedSince = inputHasLine || input.isEmpty || hasEnded ? nil : unfinishedSince ?? now
        if !inputHasLine, input.count > Self.longestRequest { return .over }
        return hasEnded && !isOwed ? .over : .open
    }
}
