public import Domain
import Glibc

/// A request over TCP whose reply has not come yet.
struct Asked {
    var request: ReadRequest
    var began: Uptime
    var deadline: Uptime
}

extension ModbusBus {
    /// The socket of a connection that stands, to wait on; nil without one, and on a serial line.
    public var socket: Int32? { link?.descriptor }

    /// Until when a request waits for its reply; nil when none does.
    public var deadline: Uptime? { asked?.deadline }

    /// Sends a request over the connection that stands, and does not wait for its reply: `collect` brings that.
    ///
    /// - Precondition: `socket` is not nil and nothing is asked already.
    /// - Returns: the reply's deadline; then it is for `giveUp`.
    public func ask(_ range: RegisterRange, unit: UnitID, timing: ReplyTiming) throws(ModbusError) -> Uptime {
        try naming(range, unit) { () throws(ModbusError.Kind) in try send(range, unit: unit, timing: timing) }
    }

    /// Closes a connection whose peer has hung up, or said something that nobody asked for. Call before each request: a device that
    /// closes after its reply has done so by then, and its next request must find a new connection.
    public func dropUnlessQuiet() {
        if asked == nil, link?.isQuiet == false { link = nil }
    }

    /// Takes what has come since, without waiting; what comes unasked costs the connection.
    ///
    /// - Returns: a word for each address, stamped now; nil while the reply is not whole.
    public func collect() throws(ModbusError) -> RegisterBlock? {
        guard let asked else {
            dropUnlessQuiet()
            return nil
        }
        return try naming(asked.request.range, asked.request.unit) { () throws(ModbusError.Kind) in
            try received(of: asked)
        }
    }

    /// The deadline has passed: throws what became of the request. Its late reply finds a closed connection.
    public func giveUp() throws(ModbusError) {
        guard let asked else { return }
        try naming(asked.request.range, asked.request.unit) { () throws(ModbusError.Kind) -> Void in
            throw expired(asked)
        }
    }

    /// Connects if need be, asks, and waits.
    func exchangeOverTCP(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError.Kind) -> RegisterBlock {
        foundClosed = false
        do throws(ModbusError.Kind) {
            return try askAndWait(range, unit: unit, timing: timing)
        } catch {
            guard foundClosed else { throw error }
            return try askAndWait(range, unit: unit, timing: timing)
        }
    }

    private func askAndWait(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError.Kind) -> RegisterBlock {
        try connect()
        _ = try send(range, unit: unit, timing: timing)
        while let asked {
            var waited = pollfd(fd: link?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
            let left = (asked.deadline - time.uptime()).wholeNanoseconds
            // Rounded up, so that the deadline has passed when the time is up.
            let ready = left <= 0 ? 0 : poll(&waited, 1, Int32(clamping: (left + 999_999) / 1_000_000))
            if ready == 0 { throw expired(asked) }
            if ready > 0, let block = try received(of: asked) { return block }
        }
        throw .closedByPeer
    }

    private func send(
        _ range: RegisterRange,
        unit: UnitID,
        timing: ReplyTiming
    ) throws(ModbusError.Kind) -> Uptime {
        transaction &+= 1
        let request = ReadRequest(range: range, unit: unit, framing: .tcp(transaction: transaction))
        request.write(into: &sent)
        let now = time.uptime()
        foundClosed = false
        requestsOnLink += 1
        do throws(ModbusError.Kind) {
            try link?.send(sent)
        } catch {
            link = nil
            foundClosed = error == .closedByPeer && requestsOnLink > 1
            throw error
        }
        noteSent(at: now)
        let deadline = now + timing.replyTime
        asked = Asked(request: request, began: now, deadline: deadline)
        return deadline
    }

    /// What has come of the reply; nil while it is not whole.
    private func received(of asked: Asked) throws(ModbusError.Kind) -> RegisterBlock? {
        do throws(ModbusError.Kind) {
            guard let length = try link?.receive(), let frame = link?.frame, let count = link?.count else { return nil }
            let arrived = ended(asked)
            if count > length { link = nil }
            if let flaw = asked.request.flaw(in: frame, count: length) { throw flaw }
            counters.replies += 1
            return RegisterBlock(range: asked.request.range, words: asked.request.words(in: frame), arrived: arrived)
        } catch {
            if error == .closedByPeer { foundClosed = requestsOnLink > 1 && link?.count == 0 }
            if self.asked != nil { _ = ended(asked) }
            if case .exception = error {} else { link = nil }
            throw error
        }
    }

    private func expired(_ asked: Asked) -> ModbusError.Kind {
        let count = link?.count ?? 0
        _ = ended(asked)
        link = nil
        return count == 0 ? .timeout : .brokeOff(after: count, of: asked.request)
    }

    /// The request is over, one way or another.
    private func ended(_ asked: Asked) -> Uptime {
        self.asked = nil
        let now = time.uptime()
        counters.busy += now - asked.began
        let count = link?.count ?? 0
        counters.bytesReceived += count
        if count > 0, let trace, let frame = link?.frame { trace(.received, Array(frame[..<count]), now) }
        return now
    }

    private func connect() throws(ModbusError.Kind) {
        dropUnlessQuiet()
        guard link == nil, case .tcp(let host, let port) = endpoint else { return }
        let deadline = time.uptime() + connectTimeout
        link = TCPLink(try TCPDial.connect(host: host, port: port, deadline: deadline, time: time))
        requestsOnLink = 0
        counters.connections += 1
    }

    func noteSent(at now: Uptime) {
        counters.requests += 1
        counters.bytesSent += sent.count
        trace?(.sent, sent, now)
    }
}

extension ModbusError.Kind {
    static func brokeOff(after count: Int, of request: ReadRequest) -> ModbusError.Kind {
        .badFrame("it broke off after \(count) of \(request.replyLength) bytes")
    }
}
