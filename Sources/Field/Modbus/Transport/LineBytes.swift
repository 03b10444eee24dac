import Domain
import Glibc

/// Bytes out and in on an open descriptor that does not block: a serial port, or a connection. The descriptor stays its
/// owner's.
struct LineBytes {
    let number: Int32
    let isSerial: Bool

    private var stage: ModbusError.Kind.Stage { isSerial ? .talkingSerial : .talkingTCP }

    /// Sends all of the bytes, or throws.
    func write(_ bytes: [UInt8]) throws(ModbusError.Kind) {
        let sent =
            isSerial
            ? Glibc.write(number, bytes, bytes.count)
            : send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        if sent < 0 { throw .init(code: errno, during: stage) }
        if sent != bytes.count { throw isSerial ? .portFailed("it takes no bytes") : .tcpFailed("it takes no bytes") }
    }

    /// Takes what has come, as much as fits, without waiting.
    ///
    /// - Returns: how many bytes; nil where nothing has come.
    func take(into buffer: UnsafeMutableRawBufferPointer) throws(ModbusError.Kind) -> Int? {
        let got =
            isSerial
            ? Glibc.read(number, buffer.baseAddress, buffer.count)
            : recv(number, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        if got > 0 { return got }
        // A tty that was hung up, and a connection that was closed, read as end of file.
        if got == 0 { throw isSerial ? .portLost : .closedByPeer }
        if errno == EAGAIN || errno == EINTR { return nil }
        throw .init(code: errno, during: stage)
    }

    /// Waits for bytes until then, and takes those that are there; none where the time has passed.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        until deadline: Uptime,
        time: any TimeSource
    ) throws(ModbusError.Kind) -> Int {
        while true {
            var waited = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            // Rounded up, so that the deadline has passed when the wait ends.
            let left = max(0, ((deadline - time.uptime()).wholeNanoseconds + 999_999) / 1_000_000)
            let ready = poll(&waited, 1, Int32(clamping: left))
            if ready == 0 { return 0 }
            if ready < 0 {
                if errno == EINTR { continue }
                throw .init(code: errno, during: stage)
            }
            if let got = try take(into: buffer) { return got }
        }
    }
}
