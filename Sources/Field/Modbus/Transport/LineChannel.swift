import Domain
import Glibc

/// An open path for bytes to and from a shared line; closed when it goes.
protocol LineChannel: AnyObject {
    /// Whether bytes can still pass, as far as that is known without sending any.
    var isOpen: Bool { get }
    /// Discards what has come.
    func flush() throws(ModbusError.Kind)
    /// Sends all of the bytes, or throws.
    func write(_ bytes: [UInt8]) throws(ModbusError.Kind)
    /// Waits for bytes until then, and takes those that are there, as many as fit; none where the time has passed.
    func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Uptime) throws(ModbusError.Kind) -> Int
}

extension LineChannel {
    /// Reads as the other `read` does, into that part of an array.
    func read(
        into bytes: inout [UInt8],
        _ part: Range<Int>,
        until deadline: Uptime
    ) throws(ModbusError.Kind) -> Int {
        try bytes.withUnsafeMutableBytes { all in
            Result { () throws(ModbusError.Kind) in
                try read(into: UnsafeMutableRawBufferPointer(rebasing: all[part]), until: deadline)
            }
        }.get()
    }

    /// Returns what comes until then, `most` bytes at most, and when the first of it was there.
    func listen(until deadline: Uptime, most: Int, time: any TimeSource) -> (bytes: [UInt8], began: Uptime?) {
        var heard: [UInt8] = []
        var began: Uptime?
        var buffer = [UInt8](repeating: 0, count: most)
        while heard.count < most {
            // The next request meets the same failure, and reports it.
            let count = (try? read(into: &buffer, 0..<most - heard.count, until: deadline)) ?? 0
            if count == 0 { break }
            began = began ?? time.uptime()
            heard += buffer[..<count]
        }
        return (heard, began)
    }
}

/// The connection to a serial server, as a path to the line behind it.
final class TCPChannel: LineChannel {
    private let descriptor: Descriptor
    private let time: any TimeSource

    init(_ descriptor: consuming Descriptor, time: any TimeSource) {
        self.descriptor = descriptor
        self.time = time
    }

    var isOpen: Bool {
        var byte: UInt8 = 0
        let result = recv(descriptor.number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return result > 0 || result < 0 && (errno == EAGAIN || errno == EINTR)
    }

    func flush() throws(ModbusError.Kind) {
        var buffer = [UInt8](repeating: 0, count: 1_024)
        while true {
            let result = recv(descriptor.number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if result > 0 { continue }
            if result == 0 { throw .closedByPeer }
            if errno == EINTR { continue }
            if errno == EAGAIN { return }
            throw .init(code: errno, during: .talkingTCP)
        }
    }

    private var bytes: LineBytes { LineBytes(number: descriptor.number, isSerial: false) }

    func write(_ bytes: [UInt8]) throws(ModbusError.Kind) { try self.bytes.write(bytes) }

    func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Uptime) throws(ModbusError.Kind) -> Int {
        try bytes.read(into: buffer, until: deadline, time: time)
    }
}
