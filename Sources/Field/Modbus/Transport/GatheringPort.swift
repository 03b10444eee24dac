import Domain

/// A shared line whose frames are gathered here: RTU behind a serial server, and ASCII wherever the line is. (On a
/// serial port of this machine libmodbus gathers RTU: `SerialPort`.)
final class GatheringPort: LinePort {
    private let channel: any LineChannel
    private let framing: ModbusFraming
    private let time: any TimeSource

    init(_ channel: any LineChannel, framing: ModbusFraming, time: any TimeSource) {
        self.channel = channel
        self.framing = framing
        self.time = time
    }

    var isOpen: Bool { channel.isOpen }

    func flush() throws(ModbusError.Kind) { try channel.flush() }

    func send(_ frame: [UInt8], unit: UnitID) throws(ModbusError.Kind) { try channel.write(frame) }

    func listen(until deadline: Uptime, most: Int, time: any TimeSource) -> (bytes: [UInt8], began: Uptime?) {
        channel.listen(until: deadline, most: most, time: time)
    }

    /// Reads no byte beyond the frame, so that what follows it stays to be heard.
    func receive(into frame: inout [UInt8], within limit: Duration) -> LineReception {
        let deadline = time.uptime() + limit
        var count = 0
        do throws(ModbusError.Kind) {
            if framing == .ascii { try skipToColon(&frame, until: deadline) }
            if framing == .ascii, frame[0] != ASCIIFrame.colon { return .failed(.timeout) }
            count = framing == .ascii ? 1 : 0
            while true {
                let whole = framing.lineLength(of: frame, count: count)
                if let whole, whole > framing.longestLineFrame {
                    return .failed(.badFrame("its byte count is beyond any frame's"))
                }
                if whole == count { break }
                // Function code and byte count stand within the shortest head, and say how long the frame is.
                let wanted = whole ?? framing.lineHead
                let got = try channel.read(into: &frame, count..<wanted, until: deadline)
                if got == 0 { return .failed(.timeout) }
                count += got
            }
        } catch {
            return .failed(error)
        }
        if framing == .rtu, !RTUFrame.hasRightChecksum(frame, count: count) { return .failed(.crc) }
        return .frame(count)
    }

    /// Drops what comes before a colon; it stays in the frame's first byte.
    private func skipToColon(_ frame: inout [UInt8], until deadline: Uptime) throws(ModbusError.Kind) {
        while try channel.read(into: &frame, 0..<1, until: deadline) == 1 {
            if frame[0] == ASCIIFrame.colon { return }
        }
    }
}
