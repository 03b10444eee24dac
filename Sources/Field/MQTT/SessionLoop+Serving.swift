import Domain
import Glibc
import Platform

/// A connection whose CONNACK has come.
struct Served {
    let connection: BrokerConnection
    let since: Uptime
    /// When the library's own upkeep is due.
    var upkeep: Uptime
    /// When the owner is told next what the connection carried, and whether there is anything to tell.
    var accounting: Uptime
    var hasCarried = true
}

extension SessionLoop {
    /// Starts to serve the connection and calls the owner.
    func welcome(_ connection: BrokerConnection) throws(MQTTError) {
        let receiveMaximum = Int(connection.connack?.receiveMaximum ?? .max)
        let window = min(settings.maximumWindow, receiveMaximum)
        let now = time.uptime()
        let upkeep = now + upkeepInterval(of: connection)
        served = Served(connection: connection, since: now, upkeep: upkeep, accounting: now)
        inFlight = InFlight(window: window)
        snapshot.connected = true
        snapshot.since = now
        snapshot.connects += 1
        tell()
        owner.sessionConnected(
            MQTTConnection(
                address: connection.address,
                version: settings.version,
                receiveMaximum: receiveMaximum,
                window: window,
                largestPacket: connection.connack?.largestPacket.map { Int($0) }
            )
        )
        for filter in subscriptions(at: now) { try connection.subscribe(filter) }
    }

    /// The library counts in seconds; a fifth of the keepalive is precise enough and wakes seldom. With a long one the
    /// wake-ups still say what the connection carried.
    private func upkeepInterval(of connection: BrokerConnection) -> Duration {
        max(.seconds(1), min(.seconds(30), (connection.connack?.keepalive ?? settings.keepalive) / 5))
    }

    /// How old what the owner knows of the traffic may become while the session has work.
    private static let accountingInterval = Duration.seconds(5)

    /// Serves the connection on the session's own thread, until it fails or the session is stopped. It ends only by
    /// throwing; `.stopped` is the normal end.
    func serve() throws(MQTTError) {
        guard let connection = served?.connection else { return }
        var found: Int16 = 0
        while true {
            let next = try step(
                readable: found & ~Int16(POLLOUT) != 0,
                writable: found & Int16(POLLOUT) != 0,
                stop: shared.stopDeadline
            )
            var deadline = next.until
            if !next.isFull, !shared.fallAsleep() { deadline = time.uptime() }
            found = poll(connection, writing: connection.wantsWrite, until: deadline)
            shared.wakeUp()
        }
    }

    /// The result of a step: until when nothing is to be done unless the socket or the owner has something.
    struct Next {
        var until: Uptime
        /// The window is full: the owner is not asked until there is an answer.
        var isFull: Bool
    }

    /// Reads and answers, fills the window, watches the oldest message in flight. It waits for nothing.
    ///
    /// - Parameter stop: until when the session may still work; nil while no stop is requested.
    func step(readable: Bool, writable: Bool, stop: Uptime?) throws(MQTTError) -> Next {
        guard let served else { throw MQTTError(.stopped, at: settings.addresses[0]) }
        let connection = served.connection
        defer { deliver(connection) }
        if writable { try connection.write() }
        if readable || connection.hasMore {
            try connection.read()
            deliver(connection)
        }
        if time.uptime() >= served.upkeep {
            try connection.keepAlive()
            self.served?.upkeep = time.uptime() + upkeepInterval(of: connection)
        }
        if time.uptime() >= served.accounting {
            account(connection)
            self.served?.accounting = time.uptime() + Self.accountingInterval
            self.served?.hasCarried = false
        }
        let publishedBefore = snapshot.published
        shared.lookingForWork()
        let idle = try refill(connection)
        snapshot.inFlight = inFlight.count
        if readable || writable || snapshot.published > publishedBefore { self.served?.hasCarried = true }
        tell()

        if let stop {
            let done = idle != nil && inFlight.count == 0
            if done || time.uptime() >= stop { throw end(connection, cleanly: done, by: stop) }
        }
        if connection.hasMore { return Next(until: EventLoopWait.soon, isFull: idle == nil) }
        var deadline = min(self.served?.upkeep ?? served.upkeep, stop ?? served.upkeep)
        if let next = self.served, next.hasCarried { deadline = min(deadline, next.accounting) }
        if let oldest = inFlight.oldest {
            let limit = oldest.sent + settings.stallTimeout
            if limit <= time.uptime() {
                let detail = "\(inFlight.count) of \(inFlight.window) in flight for \(settings.stallTimeout)"
                throw MQTTError(.stalled, at: connection.address, detail: detail)
            }
            deadline = min(deadline, limit)
        }
        if let idle, let until = idle { deadline = min(deadline, until) }
        return Next(until: deadline, isFull: idle == nil)
    }

    /// Publishes as long as the window has room and the owner has messages.
    ///
    /// - Returns: nil if the window is full, otherwise until when the owner has nothing.
    private func refill(_ connection: BrokerConnection) throws(MQTTError) -> Uptime?? {
        guard inFlight.hasRoom else { return nil }
        let now = time.uptime()
        while inFlight.hasRoom {
            switch owner.nextMessage() {
            case .idle(let until):
                return .some(until)
            case .fence(let token):
                guard let filter = settings.subscriptions.first else {
                    owner.acknowledged(token: token, code: 0x80)
                    continue
                }
                inFlight.append(.init(packet: try connection.fence(filter), token: token, sent: now))
            case .message(let message):
                snapshot.published += 1
                switch connection.publish(message) {
                case .inFlight(let packet):
                    inFlight.append(.init(packet: packet, token: message.token, sent: now))
                case .sent:
                    // No window limits these: what the socket does not accept would fill the library's memory.
                    if connection.wantsWrite { return nil }
                case .refused(let code):
                    snapshot.refused += 1
                    owner.acknowledged(token: message.token, code: code)
                case .lost(let packet, let error):
                    // The library may hold it or may even have sent it: it is in flight until the disconnection reports
                    // otherwise.
                    inFlight.append(.init(packet: packet, token: message.token, sent: now))
                    throw error
                }
            }
        }
        return nil
    }

    /// Passes on what the callbacks have stored.
    private func deliver(_ connection: BrokerConnection) {
        for (packet, code) in connection.acknowledgements {
            guard let token = inFlight.remove(packet: packet) else { continue }
            if code < 0x80 { snapshot.acknowledged += 1 } else { snapshot.refused += 1 }
            owner.acknowledged(token: token, code: code)
        }
        connection.acknowledgements.removeAll(keepingCapacity: true)
        for (filter, code) in connection.missedSubscriptions { owner.subscriptionRefused(filter, code: code) }
        connection.missedSubscriptions.removeAll()
        for message in connection.messages {
            snapshot.received += 1
            owner.received(message)
        }
        connection.messages.removeAll(keepingCapacity: true)
    }

    /// Ends the connection, with a DISCONNECT if everything is done.
    private func end(_ connection: BrokerConnection, cleanly: Bool, by deadline: Uptime) -> MQTTError {
        if cleanly {
            connection.disconnect()
            // The library closes the socket when the DISCONNECT has left.
            while connection.socket >= 0, time.uptime() < deadline {
                let found = poll(connection, writing: true, until: deadline)
                do throws(MQTTError) {
                    if found & Int16(POLLOUT) != 0 { try connection.write() }
                    if found & ~Int16(POLLOUT) != 0 { try connection.read() }
                } catch { break }
            }
        }
        return MQTTError(.stopped, at: connection.address)
    }
}

extension SessionLoop: EventLoopMember {
    var isWanted: Bool { shared.isWoken }

    func turn(readable: Bool, writable: Bool) -> EventLoopWait? {
        if hasThread {
            shared.joinThread()
            hasThread = false
        }
        Hang.here(shared.heartbeat.name)
        var until: Uptime?
        do throws(MQTTError) {
            if shared.stopDeadline == nil { until = try step(readable: readable, writable: writable, stop: nil).until }
        } catch {
            lost(error)
        }
        guard let served, shared.stopDeadline == nil else {
            return leave()
        }
        return EventLoopWait(
            descriptor: served.connection.socket,
            writing: served.connection.wantsWrite,
            until: until
        )
    }

    /// Continues on the session's own thread: connecting takes time, and ending does too.
    ///
    /// - Returns: what it waits for in the event loop where there is no thread.
    private func leave() -> EventLoopWait? {
        let isStopping = shared.stopDeadline != nil
        if !isStopping, let until = threadlessUntil {
            shared.lookingForWork()
            return EventLoopWait(descriptor: nil, until: until)
        }
        do {
            try start()
            return nil
        } catch {
            guard isStopping else { return EventLoopWait(descriptor: nil, until: lacksThread(error)) }
            // The connection is cut at once, so the broker publishes the will.
            if let served { lost(MQTTError(.stopped, at: served.connection.address)) }
            shared.heartbeat.rest()
            shared.finish()
            return nil
        }
    }
}
