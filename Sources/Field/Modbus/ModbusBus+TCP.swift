public import Domain
import Glibc

/// A request over TCP whose reply has not come yet.
struct Asked {
    var request: ReadRequest
    /// When it was sent, or when the reply before its own came: since then the device has worked only on this request.
    var began: Uptime
    var replyTime: Duration
    var deadline: Uptime { began + replyTime }
}

extension ModbusBus {
    /// The socket of an established connection, to wait on; nil without one, and on a serial line.
    public var socket: Int32? { link?.socket.number }

    /// The moment until which a request waits for its reply; nil when none does.
    public var deadline: Uptime? { asked.first?.deadline }

    /// Sends requests over the established connection, in one segment, and does not wait for their replies: `collect`
    /// returns those, in the same order.
    ///
    /// - Parameter ranges: more than one only for a device that accepts several requests before it has answered the
    ///   first.
    /// - Precondition: `socket` is not nil and nothing is asked already.
    /// - Returns: the first reply's deadline; call `giveUp` then.
    public func ask(_ ranges: [RegisterRange], unit: UnitID, timing: ReplyTiming) throws(ModbusError) -> Uptime? {
        guard let first = ranges.first else { return nil }
        ranges.forEach(check)
        return try naming(first, unit) { () throws(ModbusError.Kind) in
            try send(ranges, unit: unit, timing: timing)
            return deadline
        }
    }

    /// Closes a connection whose peer has hung up, or sent something unasked, or that may not carry the request. Call
    /// before `ask`: a device that closes after its reply has done so by then, and its next request must find a new
    /// connection.
    public func dropUnlessReady(for range: RegisterRange, unit: UnitID) {
        if asked.isEmpty, !connection.mayCarry(range, unit) { link = nil }
        dropUnlessQuiet()
    }

    /// The moment before which `ask` must not be called; nil where it may be called now.
    public func pausesUntil(_ timing: ReplyTiming) -> Uptime? {
        guard link != nil else { return nil }
        return connection.freeFrom(timing).flatMap { $0 > time.uptime() ? $0 : nil }
    }

    /// Whether the request that has just failed may be made again over the same connection.
    public var keepsConnection: Bool { isKept && link != nil }

    private func dropUnlessQuiet() {
        if asked.isEmpty, link?.socket.isQuiet == false { link = nil }
    }

    /// Takes what has arrived, without waiting; unasked bytes cost the connection.
    ///
    /// - Returns: a word for each address, stamped now; nil while the reply is not whole. While there is still a
    ///   `deadline` afterwards, more may have come.
    public func collect() throws(ModbusError) -> RegisterBlock? {
        guard let asked = asked.first else {
            dropUnlessQuiet()
            return nil
        }
        return try naming(asked.request.range, asked.request.unit) { () throws(ModbusError.Kind) in
            try received(of: asked)
        }
    }

    /// The deadline has passed: throws the failure of the request. Its late reply finds a closed connection, and so do
    /// the replies to requests that were sent with it.
    public func giveUp() throws(ModbusError) {
        guard let asked = asked.first else { return }
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
        try connect(for: range, unit: unit)
        if let pause = pausesUntil(timing) { Self.sleep(pause - time.uptime()) }
        try send([range], unit: unit, timing: timing)
        while let asked = asked.first {
            var waited = pollfd(fd: link?.socket.number ?? -1, events: Int16(POLLIN), revents: 0)
            let left = (asked.deadline - time.uptime()).wholeNanoseconds
            // Rounded up, so that the deadline has passed when the wait ends.
            let ready = left <= 0 ? 0 : poll(&waited, 1, Int32(clamping: (left + 999_999) / 1_000_000))
            if ready == 0 { throw expired(asked) }
            if ready > 0, let block = try received(of: asked) { return block }
        }
        throw .closedByPeer
    }

    private func send(_ ranges: [RegisterRange], unit: UnitID, timing: ReplyTiming) throws(ModbusError.Kind) {
        let now = time.uptime()
        var requests: [Asked] = []
        sent.removeAll(keepingCapacity: true)
        for range in ranges {
            transaction &+= 1
            let request = ReadRequest(
                range: range,
                unit: unit,
                framing: endpoint.framing,
                transaction: transaction
            )
            request.append(to: &sent)
            requests.append(Asked(request: request, began: now, replyTime: timing.replyTime))
        }
        foundClosed = false
        isKept = false
        timesAsked += 1
        do throws(ModbusError.Kind) {
            try link?.send(sent)
        } catch {
            link = nil
            foundClosed = error == .closedByPeer && timesAsked > 1
            throw error
        }
        asked = requests
        noteSent(requests.count, at: now)
    }

    /// Returns what has arrived of the reply; nil while it is not whole.
    private func received(of asked: Asked) throws(ModbusError.Kind) -> RegisterBlock? {
        do throws(ModbusError.Kind) {
            guard var length = try link?.receive(), var frame = link?.replies.bytes else { return nil }
            var flaw = asked.request.flaw(in: frame, count: length)
            while case .foreignTransaction(let id) = flaw, let reply = connection.late(transaction: id, at: now) {
                late.append(reply)
                link?.drop(length)
                guard let next = try link?.receive(), let bytes = link?.replies.bytes else { return nil }
                (length, frame) = (next, bytes)
                flaw = asked.request.flaw(in: frame, count: length)
            }
            let words = flaw == nil ? asked.request.words(in: frame) : []
            let arrived = ended(asked, length)
            if flaw?.isAnswer ?? true { counters.latency.add(from: asked.began, to: arrived) }
            if let flaw { throw flaw }
            counters.replies += 1
            return RegisterBlock(range: asked.request.range, words: words, arrived: arrived)
        } catch {
            if case .exception = error { throw error }
            if error == .closedByPeer { foundClosed = timesAsked > 1 && link?.replies.count == 0 }
            if let open = self.asked.first { fail(open) }
            link = nil
            throw error
        }
    }

    private func expired(_ asked: Asked) -> ModbusError.Kind {
        let count = link?.replies.count ?? 0
        let isOnly = self.asked.count == 1
        fail(asked)
        isKept = count == 0 && isOnly && connection.silent(asked.request, since: asked.began, at: now)
        if !isKept { link = nil }
        return count == 0 ? .timeout : asked.request.brokeOff(after: count)
    }

    /// The first request is over, and its reply, of that many bytes, leaves the link; the next request's time begins.
    private func ended(_ asked: Asked, _ length: Int) -> Uptime {
        // Bytes behind the last reply are noted with it, and cost the connection.
        let isLast = self.asked.count == 1
        let now = noteReceived(asked, isLast ? link?.replies.count ?? length : length)
        self.asked.removeFirst()
        connection.answered(at: now)
        if !isLast {
            self.asked[0].began = now
            link?.drop(length)
        } else if link?.replies.count != length {
            link = nil
        }
        return now
    }

    /// The request is over without its whole reply, and so are those that were sent with it.
    private func fail(_ asked: Asked) {
        _ = noteReceived(asked, link?.replies.count ?? 0)
        self.asked.removeAll()
    }

    private func noteReceived(_ asked: Asked, _ count: Int) -> Uptime {
        let now = time.uptime()
        counters.busy += now - asked.began
        counters.bytesReceived += count
        if count > 0, let trace, let frame = link?.replies.bytes {
            trace(BusExchange.Frame(.received, Array(frame[..<count]), at: now))
        }
        return now
    }

    private func connect(for range: RegisterRange, unit: UnitID) throws(ModbusError.Kind) {
        dropUnlessReady(for: range, unit: unit)
        guard link == nil else { return }
        link = try endpoint.connect(until: time.uptime() + connectTimeout, time: time)
        timesAsked = 0
        counters.connections += 1
        connection.connected(at: time.uptime())
    }

    func noteSent(_ requests: Int = 1, at now: Uptime) {
        counters.requests += requests
        counters.bytesSent += sent.count
        trace?(BusExchange.Frame(.sent, sent, at: now))
    }
}
