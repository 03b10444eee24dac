import CModbus
public import Domain
import Glibc

/// A read that brought no value: what happened, to which request, and (in `description`) what to do about it.
public struct ModbusError: Error, Hashable, Sendable {
    public enum Kind: Error, Hashable, Sendable {
        /// No such serial port.
        case portMissing
        /// Another program has the serial port locked.
        case portBusy
        /// This user may not open the serial port.
        case portForbidden
        /// The serial port went away while in use: an adapter was pulled or reset itself.
        case portLost
        /// The serial port failed in another way; the kernel's text.
        case portFailed(String)
        /// The process has no descriptor left, or none below 1024 for a serial port.
        case tooManyDescriptors
        /// The service or the machine has no room for the bus' thread; the kernel's text.
        case noThread(String)
        /// The host's name does not resolve; the resolver's text.
        case nameUnknown(String)
        case tcpRefused
        /// No route to the host; the kernel's text.
        case tcpUnreachable(String)
        /// No connection within the time limit.
        case tcpTimeout
        /// The connection failed in another way; the kernel's text.
        case tcpFailed(String)
        /// The connection is not secured as was asked; the reason in OpenSSL's words.
        case tlsFailed(String)
        case closedByPeer
        /// Not one byte came in time.
        case timeout
        case crc
        /// A reply of a wrong shape; the text names the flaw.
        case badFrame(String)
        /// A reply by this other unit.
        case foreignReply(UnitID)
        /// A reply to this other transaction (Modbus TCP).
        case foreignTransaction(UInt16)
        /// Not asked: the reply could have been mistaken for a late one to an earlier request.
        case distrusted
        /// The request itself came back.
        case echo
        /// The device refused: the exception code, 1...11.
        case exception(UInt8)
    }

    public var kind: Kind
    public var endpoint: ModbusEndpoint
    public var unit: UnitID
    public var range: RegisterRange

    public init(kind: Kind, endpoint: ModbusEndpoint, unit: UnitID, range: RegisterRange) {
        self.kind = kind
        self.endpoint = endpoint
        self.unit = unit
        self.range = range
    }

    /// The word that stands in payloads.
    public var reason: Reason {
        switch kind {
        case .portMissing, .portBusy, .portForbidden, .portLost, .portFailed: .port
        case .tooManyDescriptors, .noThread: endpoint.serialPath == nil ? .noConnection : .port
        case .nameUnknown, .tcpRefused, .tcpUnreachable, .tcpTimeout, .tcpFailed, .tlsFailed, .closedByPeer:
            .noConnection
        case .timeout: .timeout
        case .crc: .crc
        case .badFrame, .echo: .badFrame
        case .foreignReply, .foreignTransaction: .foreignReply
        case .distrusted: .distrusted
        case .exception(let code): .exception(code)
        }
    }
}

extension ModbusError.Kind {
    /// The flaw of a reply from a port that was taken for a serial server's.
    public static let modbusTCPFrame = "it is a frame of Modbus TCP: this port speaks Modbus TCP, so write no framing"

    /// The operation during which a call failed: the same errno means different things.
    enum Stage {
        case openingPort
        case connecting
        case talkingSerial
        case talkingTCP
    }

    /// The only place that turns errno, with libmodbus' own numbers, into a kind.
    init(code: Int32, during stage: Stage) {
        let words = String(cString: modbus_strerror(code))
        self =
            switch (stage, code) {
            case (_, EMFILE), (_, ENFILE): .tooManyDescriptors
            case (.openingPort, ENOENT), (.openingPort, ENOTDIR), (.openingPort, ENXIO), (.openingPort, ENODEV):
                .portMissing
            case (.openingPort, EACCES), (.openingPort, EPERM): .portForbidden
            case (.openingPort, EBUSY), (.openingPort, EWOULDBLOCK): .portBusy
            case (.connecting, ECONNREFUSED): .tcpRefused
            case (.connecting, ETIMEDOUT): .tcpTimeout
            case (.connecting, EHOSTUNREACH), (.connecting, ENETUNREACH), (.connecting, EHOSTDOWN),
                (.connecting, ENETDOWN), (.talkingTCP, EHOSTUNREACH), (.talkingTCP, ENETUNREACH):
                .tcpUnreachable(words)
            case (.talkingSerial, ETIMEDOUT), (.talkingTCP, ETIMEDOUT): .timeout
            // Bytes came, and another program that has the port open too was faster to read them.
            case (.talkingSerial, EAGAIN): .timeout
            case (.talkingSerial, cmodbus_bad_crc): .crc
            case (.talkingSerial, cmodbus_bad_data), (.talkingTCP, cmodbus_bad_data):
                .badFrame("its byte count is beyond any frame's")
            // A tty that was hung up reads as end of file, which libmodbus reports as a reset connection.
            case (.talkingSerial, EIO), (.talkingSerial, ENODEV), (.talkingSerial, ENXIO),
                (.talkingSerial, ECONNRESET):
                .portLost
            case (.talkingTCP, ECONNRESET), (.talkingTCP, EPIPE), (.talkingTCP, ENOTCONN): .closedByPeer
            case (.openingPort, _), (.talkingSerial, _): .portFailed(words)
            case (.connecting, _), (.talkingTCP, _): .tcpFailed(words)
            }
    }
}
