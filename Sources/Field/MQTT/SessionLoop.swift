import CLinux
import Domain
import Glibc
import Platform
import Synchronization

/// The session at work: connects, serves the connection until it ends, pauses, and starts again.
///
/// Unchecked: one thread has it at a time, its own or the event loop's, and they pass it on as a whole.
final class SessionLoop: @unchecked Sendable {
    let settings: MQTTSettings
    let owner: any MQTTSessionOwner
    let shared: SessionState
    let time: any TimeSource
    var inFlight = InFlight(window: 1)
    var snapshot: MQTTSnapshot
    var served: Served?
    /// Whether the session's own thread has passed it on and is ending.
    var hasThread = false
    /// Topics left out until then: a message there was too large, and if retained it would end every connection.
    var avoided: [String: Uptime] = [:]
    /// Wakes the thread that waits for a socket.
    private var socketFlag: PollFlag?
    /// A connection was just lost, or could not be begun.
    private var mustPause = false
    /// The machine had no thread for the session: none is requested before then.
    private var threadDue: Uptime?
    private var backoff: Backoff
    /// Whether IPv6 addresses of a name are tried first; alternates, so that neither hides the other.
    private var preferSixth = false

    private static let avoidance = Duration.seconds(3_600)

    init(settings: MQTTSettings, owner: any MQTTSessionOwner, shared: SessionState, time: any TimeSource) {
        self.settings = settings
        self.owner = owner
        self.shared = shared
        self.time = time
        backoff = Backoff(settings.backoff)
        snapshot = shared.snapshot.withLock { $0 }
    }

    /// What is subscribed now: every filter but those that would bring a topic that is left out.
    func subscriptions(at now: Uptime) -> [String] {
        let left = avoided.filter { $0.value > now }.keys
        if left.isEmpty { return settings.subscriptions }
        func isFree(_ filter: String) -> Bool {
            let filter = TopicFilter(filter)
            return !left.contains { filter.matches($0) }
        }
        return settings.subscriptions.flatMap { filter in
            isFree(filter) ? [filter] : (settings.narrower[filter] ?? []).filter(isFree)
        }
    }

    /// Continues on a thread of its own, until the session is stopped or the event loop takes over.
    func start() throws(SystemError) {
        try shared.startThread { [self] in
            if mustPause { pause() }
            while shared.stopDeadline == nil || served != nil {
                do throws(MQTTError) {
                    if served == nil { try connect() }
                    if let loop = shared.loop, shared.stopDeadline == nil {
                        hasThread = true
                        shared.heartbeat.rest()
                        return loop.add(self)
                    }
                    try serve()
                } catch {
                    lost(error)
                }
                pause()
            }
            shared.heartbeat.rest()
            shared.finish()
        }
    }

    /// Tries the addresses in order until one has connected.
    private func connect() throws(MQTTError) {
        var failure: MQTTError?
        for address in settings.addresses where shared.stopDeadline == nil {
            if let failure { close(failure) }
            let connection: BrokerConnection
            do throws(MQTTError) {
                connection = try open(address)
            } catch {
                failure = error
                continue
            }
            return try welcome(connection)
        }
        if let failure { throw failure }
    }

    /// There was no thread to continue on: the session fails as without its broker, and is tried again.
    ///
    /// - Returns: when it is tried again.
    @discardableResult
    func lacksThread(_ error: SystemError) -> Uptime {
        lost(MQTTError(.noThread, at: settings.addresses[0], detail: error.reason))
        let due = time.uptime() + backoff.next()
        threadDue = due
        mustPause = false
        return due
    }

    /// The moment until which no thread is requested; nil when one may be.
    var threadlessUntil: Uptime? { threadDue.flatMap { time.uptime() < $0 ? $0 : nil } }

    /// The connection, or the last attempt to make one, is over.
    func lost(_ error: MQTTError) {
        // A short connection (a takeover, a broker that fails at a message) must not cause a tight loop.
        if let served, time.uptime() - served.since >= settings.backoff.upperBound { backoff.reset() }
        if case .packetTooLarge(let topic?) = error.kind,
            settings.subscriptions.contains(where: { TopicFilter($0).matches(topic) })
        {
            avoided[topic] = time.uptime() + Self.avoidance
        }
        if let served { account(served.connection, isOver: true) }
        close(error)
        served = nil
        mustPause = true
        preferSixth.toggle()
    }

    /// Tells the owner what the connection carried since the last time.
    ///
    /// - Parameter isOver: lets go of the socket.
    func account(_ connection: BrokerConnection, isOver: Bool = false) {
        let traffic = connection.carried()
        if traffic != Traffic() { owner.sessionCarried(traffic) }
        if isOver { connection.release() }
    }

    private func pause() {
        mustPause = false
        let pause = time.uptime() + backoff.next()
        shared.heartbeat.promise(pause)
        while shared.stopDeadline == nil, shared.flag.wait(until: pause, time: time) {}
    }

    private func close(_ error: MQTTError) {
        let tokens = inFlight.tokens
        inFlight = InFlight(window: 1)
        if snapshot.connected { snapshot.since = time.uptime() }
        snapshot.connected = false
        snapshot.lastFailure = error
        snapshot.inFlight = 0
        tell()
        owner.sessionDisconnected(error, unacknowledged: tokens)
    }

    /// Publishes the snapshot.
    func tell() { shared.snapshot.withLock { $0 = snapshot } }

    /// Connects, up to the CONNACK.
    private func open(_ address: MQTTAddress) throws(MQTTError) -> BrokerConnection {
        snapshot.address = address
        tell()
        do { socketFlag = try shared.flagForSocket() } catch {
            throw MQTTError(.tooManyDescriptors, at: address, detail: error.reason)
        }
        let connection = try begin(address)
        let deadline = time.uptime() + settings.connectTimeout
        var reached = false
        defer { if connection.connack?.code != 0 { account(connection, isOver: true) } }
        while connection.connack == nil {
            guard shared.stopDeadline == nil else { throw MQTTError(.stopped, at: address) }
            let now = time.uptime()
            if now >= deadline {
                let detail = reached ? "no CONNACK" : "no TCP connection"
                throw MQTTError(.connectTimeout, at: address, detail: detail)
            }
            // During the TLS handshake the CONNECT waits in the library, and polling for writability would spin.
            let handshaking = address.tls && reached
            let limit = handshaking ? min(deadline, now + .milliseconds(100)) : deadline
            let found = poll(connection, writing: !handshaking && (!reached || connection.wantsWrite), until: limit)
            if found == 0, !handshaking { continue }
            if !reached {
                let code = connection.socketError()
                if code != 0 { throw MQTTError(.unreachable, at: address, detail: systemWords(code)) }
                reached = true
            }
            if connection.wantsWrite { try connection.write() }
            if connection.connack == nil { try connection.read() }
        }
        return connection
    }

    /// Begins to connect, first with the address family whose turn it is, then with the other.
    private func begin(_ address: MQTTAddress) throws(MQTTError) -> BrokerConnection {
        if address.isNumeric { return try begin(address, binding: nil) }
        do throws(MQTTError) {
            return try begin(address, binding: preferSixth ? "::" : "0.0.0.0")
        } catch  where error.kind == .unreachable {
            return try begin(address, binding: preferSixth ? "0.0.0.0" : "::")
        }
    }

    private func begin(_ address: MQTTAddress, binding local: String?) throws(MQTTError) -> BrokerConnection {
        // The resolver's deadline limits name resolution, not ours.
        shared.heartbeat.rest()
        let connection = try BrokerConnection(settings, address: address, will: owner.will(), time: time)
        try connection.connect(keepalive: settings.keepalive, binding: local)
        return connection
    }

    /// Sleeps until the socket has something, a wake-up comes (and is cleared), or the time is up.
    ///
    /// - Returns: poll's events of the socket; 0 if it has nothing.
    func poll(_ connection: BrokerConnection, writing: Bool, until deadline: Uptime) -> Int16 {
        let events = Int16(POLLIN) | (writing ? Int16(POLLOUT) : 0)
        var waited = (
            pollfd(fd: connection.socket, events: events, revents: 0),
            // The flag was made before the connection.
            pollfd(fd: socketFlag?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        )
        // Only the wait may take long: the loop's work between two waits takes negligible time.
        shared.heartbeat.promise(time.uptime())
        Hang.here(shared.heartbeat.name)
        shared.heartbeat.promise(deadline)
        defer { shared.heartbeat.promise(time.uptime()) }
        let left = max(0, (deadline - time.uptime()).wholeNanoseconds)
        // A tuple of one type lies in memory like a C array of it.
        let ready = withUnsafeMutableBytes(of: &waited) { bytes in
            clinux_poll(bytes.assumingMemoryBound(to: pollfd.self).baseAddress, 2, left)
        }
        guard ready > 0 else { return 0 }  // the time is up, or a signal came: the caller looks at the clock again
        if waited.1.revents != 0 { socketFlag?.lower() }
        return waited.0.revents
    }
}
