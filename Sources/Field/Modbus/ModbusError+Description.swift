import Domain

extension ModbusError: CustomStringConvertible {
    /// What happened and what to do next, in English.
    ///
    /// It appears in the event `device_down` as `detail`, in the status and in the log: these words are part of the
    /// contract with subscribers and stay as they are. Commands give people the same facts in the words of Speech.
    public var description: String {
        switch kind {
        case .portMissing: "no such serial port \(place): check the adapter and `ls /dev/serial/by-id`"
        case .portBusy:
            "serial port \(place) is in use by another program: find it with `fuser -v \(place)` and stop it"
        case .portForbidden: "serial port \(place) may not be opened: add this user to the group `dialout`"
        case .portLost:
            "serial port \(place) went away while in use: check the adapter's plug and supply, and `dmesg | tail`"
        case .portFailed(let words): "serial port \(place) failed (\(words)): is it a serial port? See `dmesg | tail`"
        case .tooManyDescriptors:
            "no descriptor left to open \(place): raise LimitNOFILE of the service; `gateway check` says how many are "
                + "needed"
        case .noThread(let words):
            "no thread left to serve \(place) (\(words)): raise TasksMax of the service; `gateway check` says how many "
                + "are needed"
        case .nameUnknown(let words): "the name in \(place) does not resolve (\(words)): check it, or give an address"
        case .tcpRefused: "\(place) refuses connections: the host is there; check the port and that Modbus TCP is on"
        case .tcpUnreachable(let words): "\(place) is unreachable (\(words)): check cable, address, netmask and route"
        case .tcpTimeout: "\(place) does not answer: check that the device is on, its address, and `ping`"
        case .tcpFailed(let words): "connection to \(place) failed (\(words))"
        case .tlsFailed(let words):
            "connection to \(place) is not secure as asked (\(words)): check the files of tls, the name in the "
                + "device's certificate, and the clock"
        case .closedByPeer:
            "\(place) closed the connection on \(request): it may serve one client only; look for another"
        default: "\(request): \(answer)"
        }
    }

    /// What came, or did not come, in answer to a request that was sent.
    private var answer: String {
        switch kind {
        case .timeout where isSerial:
            "no reply: check power, unit id, the A and B wires (try them swapped), and \(settings)"
        case .timeout:
            "no reply in time: check the unit id, the wires behind the gateway if there is one, and whether reply_time "
                + "is long enough"
        case .crc:
            "a reply with a wrong checksum: check \(settings), termination, shield, and for two devices of one id"
        case .badFrame(let detail): "no valid reply: \(detail); check \(isSerial ? settings : "the device's protocol")"
        case .foreignReply(let other) where !endpoint.isShared:
            "unit \(other) replied to this very request, so the device calls itself \(other): write unit: \(other)"
        case .foreignReply(let other): "unit \(other) replied instead: look for a second master or a slow device"
        case .foreignTransaction(let id): "the reply is for transaction \(id): the device confuses its clients"
        case .distrusted:
            "not asked: an earlier request's late reply could be taken for this one's; soon it is asked again"
        case .echo: "the adapter returns what is sent: switch its echo off, or check that A and B are connected"
        case .exception(let code): Self.meaning(ofException: code)
        default: reason.word
        }
    }

    /// The Modbus application protocol 1.1b3, section 7, in a technician's words.
    private static func meaning(ofException code: UInt8) -> String {
        switch code {
        case 1: "exception 1, illegal function: the device has no such table; try another"
        case 2: "exception 2, illegal data address: check the numbering (from 0 or from 1) and the model"
        case 3: "exception 3, illegal data value: ask for fewer registers at once"
        case 4: "exception 4, device failure: see the device's own display"
        case 5: "exception 5, acknowledge: the device needs longer; ask again later"
        case 6: "exception 6, device busy: ask less often"
        case 8: "exception 8, memory parity error: the device is faulty"
        case 10: "exception 10, gateway path unavailable: check the gateway's configuration"
        case 11: "exception 11, no answer behind the gateway: check the unit id and its wires"
        default: "exception \(code): see the device's manual"
        }
    }

    private var request: String { "unit \(unit) at \(place), \(range)" }

    private var isSerial: Bool { endpoint.serialPath != nil }

    private var place: String { endpoint.place }

    private var settings: String {
        endpoint.serialSettings.map { "baud and parity (now \($0))" } ?? "the line behind it"
    }
}
