public import Domain
import Glibc

extension ModbusBus {
    /// Asks a unit who it is, by function codes 43 with type 14 and 17: once each, and no reading depends on it. Ask
    /// only a unit that has just answered a read. Blocks for two reply times at most.
    ///
    /// - Returns: nil where the device does not say it, as most do not.
    public func identity(of unit: UnitID, timing: ReplyTiming) -> DeviceIdentity? {
        for request in IdentityRequest.allCases {
            guard let reply = exchange(request, with: unit, timing: timing) else { continue }
            if let identity = request.identity(in: reply) { return identity }
        }
        return nil
    }

    private func exchange(_ request: IdentityRequest, with unit: UnitID, timing: ReplyTiming) -> [UInt8]? {
        transaction &+= 1
        let frame = request.frame(for: unit, framing: endpoint.framing, transaction: transaction)
        let bytes = line == nil ? ask(frame, timing) : askOnLine(frame, unit, timing)
        let reply = request.reply(of: unit, in: bytes, framing: endpoint.framing, transaction: transaction)
        // What may still come disturbs no later request: its function code is no read's, and the line rests.
        if reply == nil, line == nil { link = nil }
        let now = time.uptime()
        if reply == nil { line?.rest(until: now + timing.rest) } else { line?.frameEnded(at: now) }
        return reply
    }

    /// Returns what comes on the line until the frame ends with a silence, an exception included.
    private func askOnLine(_ frame: [UInt8], _ unit: UnitID, _ timing: ReplyTiming) -> [UInt8] {
        guard let port, port.isOpen else { return [] }
        if let free = line?.freeFrom(gap: timing.requestGap) { Self.sleep(free - time.uptime()) }
        // A port that fails shows it at the next read.
        guard (try? port.flush()) != nil, (try? port.send(frame, unit: unit)) != nil else { return [] }
        sent = frame
        noteSent(at: time.uptime())
        let wire = endpoint.lineSettings?.time(characters: Double(frame.count + Self.usualIdentity)) ?? .zero
        var heard: [UInt8] = []
        var deadline = time.uptime() + timing.replyTime + wire
        while heard.count < endpoint.framing.longestLineFrame {
            let more = port.listen(until: deadline, most: 1, time: time).bytes
            if more.isEmpty { break }
            heard += more
            deadline = time.uptime() + Self.silenceAfterFrame
        }
        if !heard.isEmpty { trace?(BusExchange.Frame(.received, heard, at: time.uptime())) }
        return heard
    }

    /// How many characters a device's identification has as a rule.
    private static let usualIdentity = 80
    /// No frame has a longer break within it.
    private static let silenceAfterFrame = Duration.milliseconds(60)

    private func ask(_ frame: [UInt8], _ timing: ReplyTiming) -> [UInt8] {
        guard link?.socket.isQuiet == true else { return [] }
        do throws(ModbusError.Kind) {
            try link?.send(frame)
            sent = frame
            noteSent(at: time.uptime())
            let deadline = time.uptime() + timing.replyTime
            while let number = link?.socket.number {
                let bytes = try link?.gather() ?? []
                if bytes.count >= 6, bytes.count >= 6 + Int(bytes[4]) << 8 + Int(bytes[5]) {
                    trace?(BusExchange.Frame(.received, bytes, at: time.uptime()))
                    return bytes
                }
                var waited = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
                let left = (deadline - time.uptime()).wholeMilliseconds
                if left <= 0 || poll(&waited, 1, Int32(clamping: left)) == 0 { return bytes }
            }
        } catch {
            link = nil
        }
        return []
    }
}
