public import Domain
import Glibc
import Platform

/// A serial port or a TCP connection as bytes, for devices that send text. Closed when it goes.
///
/// A serial port is locked as a Modbus line is: the gateway, a probe and other programs exclude each other.
public final class StreamPort {
    private let file: Descriptor
    /// Held for as long as a serial port is open.
    private let lock: Lock
    private let isSerial: Bool

    /// A lock cannot be optional: it is owned once.
    private enum Lock: ~Copyable {
        case none
        case port(PortLock)
    }

    private init(file: consuming Descriptor, lock: consuming Lock, isSerial: Bool) {
        self.file = file
        self.lock = lock
        self.isSerial = isSerial
    }

    /// Opens the port or connects; it may block for five seconds, and for as long as a name's resolution takes.
    public static func open(
        _ endpoint: StreamEndpoint,
        time: any TimeSource
    ) throws(ModbusError.Kind) -> StreamPort {
        switch endpoint {
        case .serial(let path, let settings):
            let lock = try PortLock(path: path)
            let file = try serial(path, settings)
            lock.exclude()
            return StreamPort(file: file, lock: .port(lock), isSerial: true)
        case .tcp(let host, let port):
            let deadline = time.uptime() + .seconds(5)
            let file = try TCPDial.connect(host: host, port: port, deadline: deadline, time: time)
            return StreamPort(file: file, lock: .none, isSerial: false)
        }
    }

    /// For a poll set.
    public var descriptor: Int32 { file.number }

    private var bytes: LineBytes { LineBytes(number: file.number, isSerial: isSerial) }

    /// Takes what has come, without waiting; empty where nothing has.
    public func read() throws(ModbusError.Kind) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let bytes = bytes
        let count = try buffer.withUnsafeMutableBytes { all in
            Result { () throws(ModbusError.Kind) in try bytes.take(into: all) }
        }.get()
        return Array(buffer[..<(count ?? 0)])
    }

    /// Sends a word to the device.
    public func write(_ bytes: [UInt8]) throws(ModbusError.Kind) { try self.bytes.write(bytes) }

    // MARK: Serial ports

    private static func serial(_ path: String, _ settings: SerialSettings) throws(ModbusError.Kind) -> Descriptor {
        let number = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        if number < 0 { throw .init(code: errno, during: .openingPort) }
        let file = Descriptor(number)
        var terminal = termios()
        if tcgetattr(number, &terminal) != 0 { throw .init(code: errno, during: .openingPort) }
        cfmakeraw(&terminal)
        terminal.c_cflag &= ~(tcflag_t(CSIZE | PARENB | PARODD | CSTOPB) | tcflag_t(CRTSCTS))
        terminal.c_cflag |= tcflag_t(CLOCAL | CREAD) | tcflag_t(settings.dataBits == 7 ? CS7 : CS8)
        if settings.stopBits == 2 { terminal.c_cflag |= tcflag_t(CSTOPB) }
        if settings.parity != .none {
            terminal.c_cflag |= tcflag_t(PARENB) | tcflag_t(settings.parity == .odd ? PARODD : 0)
            // A character with a wrong parity reads as 0, which is no character of any frame.
            terminal.c_iflag |= tcflag_t(INPCK)
        }
        guard let speed = speeds[settings.baud] else { throw .portFailed("\(settings.baud) baud") }
        cfsetispeed(&terminal, speed)
        cfsetospeed(&terminal, speed)
        if tcsetattr(number, TCSANOW, &terminal) != 0 {
            // A pseudo terminal has no parity and always eight bits, and says so.
            guard errno == EINVAL, isPseudo(number) else { throw .init(code: errno, during: .openingPort) }
        }
        // What came before the settings were right is no frame.
        tcflush(number, TCIOFLUSH)
        return file
    }

    /// Whether it is a pseudo terminal, by the major numbers that Linux gives them.
    private static func isPseudo(_ number: Int32) -> Bool {
        var status = stat()
        return fstat(number, &status) == 0 && (136...143).contains(status.st_rdev >> 8 & 0xFFF)
    }

    private static let speeds: [Int: speed_t] = [
        300: speed_t(B300), 600: speed_t(B600), 1_200: speed_t(B1200), 2_400: speed_t(B2400), 4_800: speed_t(B4800),
        9_600: speed_t(B9600), 19_200: speed_t(B19200), 38_400: speed_t(B38400), 57_600: speed_t(B57600),
        115_200: speed_t(B115200), 230_400: speed_t(B230400), 460_800: speed_t(B460800), 921_600: speed_t(B921600),
    ]
}

extension StreamEndpoint {
    /// What happened and what to do next, in English, for the log, the status and `device_down`.
    public func words(_ kind: ModbusError.Kind) -> String {
        switch kind {
        case .tcpRefused:
            "\(place) refuses connections: the host is there; check the port, and that it is a TCP server"
        case .closedByPeer: "\(place) closed the connection: it may serve one client only; look for another"
        case .timeout: "\(place) sends nothing: the connection is made anew"
        default: failure(kind).description
        }
    }

    /// A failure of this port as that of a line.
    public func failure(_ kind: ModbusError.Kind) -> ModbusError {
        let endpoint: ModbusEndpoint =
            switch self {
            case .serial(let path, let settings): .serialLine(path: path, settings: settings)
            case .tcp(let host, let port): .modbusTCP(host: host, port: port)
            }
        return ModbusError(
            kind: kind,
            endpoint: endpoint,
            unit: UnitID(0),
            range: RegisterRange(.holding, start: 0, count: 1)
        )
    }
}
