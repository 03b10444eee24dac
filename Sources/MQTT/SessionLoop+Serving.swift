import Domain
import Glibc

extension SessionLoop {
    /// Serves a connection whose CONNACK has come: reads and answers, fills the window, watches the oldest, until the
    /// connection fails or the session is stopped. It ends only by throwing; `.stopped` is the good end.
    func serve(_ connection: BrokerConnection) throws(MQTTError) {
        let window = welcome(connection)
        for filter in settings.subscriptions { try connection.subscribe(filter) }
        defer { deliver(connection) }

        // The library counts in seconds; a fifth of the keepalive is near enough and wakes seldom.
        let interval = max(.seconds(1), settings.keepalive / 5)
        var housekeeping = time.uptime() + interval
        while true {
            let stop = shared.stopDeadline
            shared.lookingForWork()
            let idle = try refill(connection)
            snapshot.inFlight = inFlight.count
            tell()

            if let stop {
                let done = idle != nil && inFlight.count == 0
                if done || time.uptime() >= stop { throw end(connection, cleanly: done, by: stop) }
            }
            let now = time.uptime()
            var deadline = min(housekeeping, stop ?? housekeeping)
            if let oldest = inFlight.oldest {
                let limit = oldest.sent + settings.stallTimeout
                if limit <= now {
                    let detail = "\(inFlight.count) of \(window) in flight for \(settings.stallTimeout)"
                    throw MQTTError(.stalled, at: connection.address, detail: detail)
                }
                deadline = min(deadline, limit)
            }
            if let idle, let until = idle { deadline = min(deadline, until) }
            if idle != nil, !shared.fallAsleep() { deadline = now }
            let found = poll(connection, writing: connection.wantsWrite, until: deadline)
            shared.wakeUp()

            if found & Int16(POLLOUT) != 0 { try connection.write() }
            if found & ~Int16(POLLOUT) != 0 {
                defer { deliver(connection) }
                try connection.read()
            }
            if time.uptime() >= housekeeping {
                try connection.keepAlive()
                housekeeping = time.uptime() + interval
            }
        }
    }

    /// Takes the connection into service and tells the owner.
    private func welcome(_ connection: BrokerConnection) -> Int {
        let receiveMaximum = Int(connection.connack?.receiveMaximum ?? .max)
        let window = min(settings.maximumWindow, receiveMaximum)
        inFlight = InFlight(window: window)
        snapshot.connected = true
        snapshot.since = time.uptime()
        snapshot.connects += 1
        tell()
        owner.sessionConnected(
            MQTTConnection(
                address: connection.address,
                version: settings.version,
                receiveMaximum: receiveMaximum,
                window: window
            )
        )
        return window
    }

    /// Publishes as long as the window has room and the owner has messages.
    ///
    /// - Returns: nil if the window is full, else until when the owner has nothing.
    private func refill(_ connection: BrokerConnection) throws(MQTTError) -> Uptime?? {
        guard inFlight.hasRoom else { return nil }
        let now = time.uptime()
        while inFlight.hasRoom {
            switch owner.nextMessage() {
            case .idle(let until):
                return .some(until)
            case .message(let message):
                snapshot.published += 1
                switch connection.publish(message) {
                case .inFlight(let packet):
                    inFlight.append(.init(packet: packet, token: message.token, sent: now))
                case .refused(let code):
                    snapshot.refused += 1
                    owner.acknowledged(token: message.token, code: code)
                case .lost(let packet, let error):
                    // The library may hold it, even have sent it: it is in flight until the disconnection says otherwise.
                    inFlight.append(.init(packet: packet, token: message.token, sent: now))
                    throw error
                }
            }
        }
        return nil
    }

    /// Hands over what the callbacks have left.
    private func deliver(_ connection: BrokerConnection) {
        for (packet, code) in connection.acknowledgements {
            guard let token = inFlight.remove(packet: packet) else { continue }
            if code < 0x80 { snapshot.acknowledged += 1 } else { snapshot.refused += 1 }
            owner.acknowledged(token: token, code: code)
        }
        connection.acknowledgements.removeAll(keepingCapacity: true)
        for message in connection.messages {
            snapshot.received += 1
            owner.received(message)
        }
        connection.messages.removeAll(keepingCapacity: true)
    }

    /// Ends the connection, with a DISCONNECT if all is done.
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
