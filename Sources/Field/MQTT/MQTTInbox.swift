public import Domain
import Glibc
public import Platform

/// A broker session for a program that stores what it receives: no message is answered before its owner says so.
///
/// libmosquitto queues the PUBACK of a message before it passes the message on. Here everything that it queues stays in
/// memory until `answer()`. So a message that its owner did not store is delivered again, after a kill too, as long as
/// the broker keeps the session.
///
/// Confined to one thread. After an error the connection is gone, with all PUBACKs that it held.
public final class MQTTInbox {
    private let settings: MQTTSettings
    private let time: any TimeSource
    /// Raised by another thread, it ends a wait.
    private let wake: PollFlag
    private var connection: BrokerConnection?
    private var preferSixth = false
    private var upkeep: Uptime
    /// Whether messages came whose PUBACKs are held.
    private var holdsAnswers = false

    /// - Parameters:
    ///   - settings: at least one address. The subscriptions are made at each connection.
    ///   - wake: ends a wait when it is raised.
    public init(settings: MQTTSettings, time: any TimeSource, wake: PollFlag) {
        precondition(!settings.addresses.isEmpty, "an MQTT session needs an address")
        self.settings = settings
        self.time = time
        self.wake = wake
        upkeep = time.uptime()
    }

    public var isConnected: Bool { connection != nil }

    /// The address of the connection.
    public var address: MQTTAddress? { connection?.address }

    /// Connects to the first address that accepts, and subscribes. It returns when the broker has confirmed everything,
    /// or with false when the wake-up came.
    ///
    /// - Parameter received: takes the messages that come before the last SUBACK.
    public func connect(_ received: ([MQTTReceived]) -> Void) throws(MQTTError) -> Bool {
        abandon()
        preferSixth.toggle()
        var failure: MQTTError?
        for address in settings.addresses {
            do throws(MQTTError) {
                guard let made = try open(address) else { return false }
                connection = made
                return try subscribe(received)
            } catch {
                abandon()
                failure = error
            }
        }
        throw failure ?? MQTTError(.stopped, at: settings.addresses[0])
    }

    /// Reads what has come; waits for it until the deadline.
    ///
    /// - Returns: nothing where the deadline passed or the wake-up came.
    public func receive(until deadline: Uptime) throws(MQTTError) -> [MQTTReceived] {
        guard let connection else { throw MQTTError(.stopped, at: settings.addresses[0]) }
        return try ending { () throws(MQTTError) in
            if time.uptime() >= upkeep {
                // A PINGREQ waits behind the PUBACKs that are held.
                try connection.keepAlive()
                upkeep = time.uptime() + settings.keepalive / 5
                if !holdsAnswers { try flush(connection) }
            }
            if !connection.hasMore {
                let found = poll(connection, writing: false, until: min(deadline, upkeep))
                guard found != 0 else { return [] }
            }
            try connection.read()
            defer { connection.messages.removeAll(keepingCapacity: true) }
            if !connection.messages.isEmpty { holdsAnswers = true }
            return connection.messages
        }
    }

    /// Sends everything that is held: the PUBACKs of all messages so far, and what was published.
    public func answer() throws(MQTTError) {
        guard let connection else { throw MQTTError(.stopped, at: settings.addresses[0]) }
        try ending { () throws(MQTTError) in
            try flush(connection)
            holdsAnswers = false
        }
    }

    private func flush(_ connection: BrokerConnection) throws(MQTTError) {
        let deadline = time.uptime() + settings.stallTimeout
        while connection.wantsWrite {
            try connection.write()
            guard connection.wantsWrite else { break }
            _ = poll(connection, writing: true, reading: false, until: deadline)
            if time.uptime() >= deadline {
                throw MQTTError(.stalled, at: connection.address, detail: "it takes nothing")
            }
        }
    }

    /// Holds a message for the next `answer()`.
    ///
    /// - Returns: what the PUBACK will name; nil where the library refuses it, or there is no connection.
    public func publish(_ message: MQTTMessage) -> Int32? {
        guard let connection, case .inFlight(let packet) = connection.publish(message) else { return nil }
        return packet
    }

    /// What the broker answered since the last call: the messages' packets, and the reason codes of their PUBACKs.
    public func takeAnswers() -> [(packet: Int32, code: UInt8)] {
        guard let connection else { return [] }
        defer { connection.acknowledgements.removeAll(keepingCapacity: true) }
        return connection.acknowledgements
    }

    /// Sends what was published, unless PUBACKs are held: then it leaves with them.
    public func answerIfIdle() throws(MQTTError) {
        if !holdsAnswers { try answer() }
    }

    /// Cuts the connection. What is held is never sent.
    public func abandon() {
        connection = nil
        holdsAnswers = false
    }

    /// Sends what is held and a DISCONNECT; the broker keeps the session.
    public func leave(within limit: Duration) {
        guard let connection else { return }
        defer { abandon() }
        let deadline = time.uptime() + limit
        do throws(MQTTError) {
            try answer()
            connection.disconnect()
            while connection.socket >= 0, connection.wantsWrite, time.uptime() < deadline {
                try connection.write()
                if connection.wantsWrite { _ = poll(connection, writing: true, reading: false, until: deadline) }
            }
        } catch {
            // The broker notices the end of the connection in any case.
        }
    }

    private func ending<Result>(_ body: () throws(MQTTError) -> Result) throws(MQTTError) -> Result {
        do throws(MQTTError) { return try body() } catch {
            abandon()
            throw error
        }
    }

    /// Connects, up to the CONNACK; nil where the wake-up came.
    private func open(_ address: MQTTAddress) throws(MQTTError) -> BrokerConnection? {
        let made = try begin(address)
        let deadline = time.uptime() + settings.connectTimeout
        var isReached = false
        while made.connack == nil {
            if time.uptime() >= deadline {
                let detail = isReached ? "no CONNACK" : "no TCP connection"
                throw MQTTError(.connectTimeout, at: address, detail: detail)
            }
            // During the TLS handshake the CONNECT waits in the library, and polling for writability would spin.
            let isHandshaking = address.tls && isReached
            let limit = isHandshaking ? min(deadline, time.uptime() + .milliseconds(100)) : deadline
            let found = poll(made, writing: !isHandshaking && (!isReached || made.wantsWrite), until: limit)
            if isWoken { return nil }
            if found == 0, !isHandshaking { continue }
            if !isReached {
                let code = made.socketError()
                if code != 0 { throw MQTTError(.unreachable, at: address, detail: systemWords(code)) }
                isReached = true
            }
            if made.wantsWrite { try made.write() }
            if made.connack == nil { try made.read() }
        }
        upkeep = time.uptime() + settings.keepalive / 5
        return made
    }

    /// Begins with the address family whose turn it is, then with the other.
    private func begin(_ address: MQTTAddress) throws(MQTTError) -> BrokerConnection {
        func begin(binding local: String?) throws(MQTTError) -> BrokerConnection {
            let made = try BrokerConnection(settings, address: address, will: nil, time: time)
            made.holdOutput()
            try made.connect(keepalive: settings.keepalive, binding: local)
            return made
        }
        if address.isNumeric { return try begin(binding: nil) }
        do throws(MQTTError) {
            return try begin(binding: preferSixth ? "::" : "0.0.0.0")
        } catch  where error.kind == .unreachable {
            return try begin(binding: preferSixth ? "0.0.0.0" : "::")
        }
    }

    private func subscribe(_ received: ([MQTTReceived]) -> Void) throws(MQTTError) -> Bool {
        guard let connection else { return false }
        // With 3.1.1 the option does not exist, and the broker sends what is retained each time.
        let retained: BrokerConnection.RetainedMessages = settings.version == .v5 ? .ifNew : .always
        for filter in settings.subscriptions { try connection.subscribe(filter, retained: retained) }
        // The broker may send what it kept right after its CONNACK. The library would queue the PUBACKs before the
        // SUBSCRIBEs, so these leave before anything more is read.
        try flush(connection)
        connection.gate.resume()
        let deadline = time.uptime() + settings.stallTimeout
        var isFirst = true
        while !connection.subscribed.isEmpty {
            if time.uptime() >= deadline {
                throw MQTTError(.stalled, at: connection.address, detail: "no SUBACK")
            }
            // What came together with the CONNACK is in memory, where no poll sees it.
            if !isFirst { _ = poll(connection, writing: false, until: deadline) }
            isFirst = false
            if isWoken { return false }
            try connection.read()
            if !connection.messages.isEmpty {
                holdsAnswers = true
                received(connection.messages)
                connection.messages.removeAll(keepingCapacity: true)
            }
        }
        return true
    }

    /// Whether another thread wants this one to look up.
    private var isWoken = false

    /// Forgets a wake-up that was seen.
    public func lowerWake() {
        isWoken = false
        wake.lower()
    }

    /// Sleeps until the socket has something, the wake-up comes, or the time is up.
    private func poll(
        _ connection: BrokerConnection,
        writing: Bool,
        reading: Bool = true,
        until deadline: Uptime
    ) -> Int16 {
        var waited = [
            pollfd(
                fd: connection.socket,
                events: (reading ? Int16(POLLIN) : 0) | (writing ? Int16(POLLOUT) : 0),
                revents: 0
            ),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let left = max(0, (deadline - time.uptime()).wholeMilliseconds)
        guard Glibc.poll(&waited, 2, Int32(clamping: left)) > 0 else { return 0 }
        if waited[1].revents != 0 { isWoken = true }
        return waited[0].revents
    }
}
