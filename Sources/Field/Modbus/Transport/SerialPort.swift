import CModbus
import Domain
import Glibc
import Platform

/// An open serial port: libmodbus' context, closed and freed when it goes.
/// libmodbus opens the port, writes, and gathers a reply until it is whole; `RTUReply` judges what is not its reply.
/// For another framing it is the path of the bytes.
final class SerialPort: LinePort, LineChannel {
    private let context: OpaquePointer
    private let time: any TimeSource
    /// Held for as long as the port is open.
    private let lock: PortLock

    private init(context: OpaquePointer, lock: consuming PortLock, time: any TimeSource) {
        self.context = context
        self.time = time
        self.lock = lock
        // Its recovery modes reconnect and flush on their own, and were seen to give wrong values for ever.
        modbus_set_error_recovery(context, MODBUS_ERROR_RECOVERY_NONE)
        // Without a byte timeout the response timeout is the deadline of the whole reply, however slowly it trickles.
        modbus_set_byte_timeout(context, 0, 0)
    }

    deinit {
        modbus_close(context)
        modbus_free(context)
    }

    static func open(
        path: String,
        settings: SerialSettings,
        time: any TimeSource
    ) throws(ModbusError.Kind) -> SerialPort {
        let lock = try PortLock(path: path)
        let parity = settings.parity.rawValue.utf8.first.map { CChar($0 & 0x5F) } ?? 0  // N, E or O
        guard
            let context = modbus_new_rtu(
                path,
                Int32(settings.baud),
                parity,
                Int32(settings.dataBits),
                Int32(settings.stopBits)
            )
        else { throw .init(code: errno, during: .openingPort) }
        if modbus_connect(context) != 0 {
            let code = errno
            modbus_free(context)
            throw .init(code: code, during: .openingPort)
        }
        lock.exclude()
        let number = modbus_get_socket(context)
        let port = SerialPort(context: context, lock: lock, time: time)
        // This comes before the first `select`, whose FD_SET would end the process.
        if number >= DescriptorRoom.selectLimit { throw .tooManyDescriptors }
        return port
    }

    /// A port that went away shows it at the next request.
    var isOpen: Bool { true }

    private var bytes: LineBytes { LineBytes(number: modbus_get_socket(context), isSerial: true) }

    func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Uptime) throws(ModbusError.Kind) -> Int {
        try bytes.read(into: buffer, until: deadline, time: time)
    }

    func write(_ bytes: [UInt8]) throws(ModbusError.Kind) { try self.bytes.write(bytes) }

    func flush() throws(ModbusError.Kind) {
        if modbus_flush(context) < 0 { throw .init(code: errno, during: .talkingSerial) }
    }

    func send(_ frame: [UInt8], unit: UnitID) throws(ModbusError.Kind) {
        // libmodbus drops replies by other units than the one set here before it looks at their CRC. It knows no units
        // above 247: `RTUReply` checks their replies.
        modbus_set_slave(context, Int32(unit.number))
        let sent = modbus_send_raw_request(context, frame, Int32(frame.count - 2))  // it adds the CRC
        if sent < 0 { throw .init(code: errno, during: .talkingSerial) }
        if sent != frame.count { throw .portFailed("it takes no bytes") }
    }

    /// A frame is whole when libmodbus sees one; it checks every checksum except those of other units' replies.
    func receive(into frame: inout [UInt8], within limit: Duration) -> LineReception {
        let microseconds = max(1, limit.wholeNanoseconds / 1_000)
        modbus_set_response_timeout(context, UInt32(microseconds / 1_000_000), UInt32(microseconds % 1_000_000))
        let count = modbus_receive_confirmation(context, &frame)
        if count > 0 { return .frame(Int(count)) }
        return count == 0 ? .unchecked : .failed(.init(code: errno, during: .talkingSerial))
    }
}
