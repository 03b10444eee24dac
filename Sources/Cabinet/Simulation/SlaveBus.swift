import Domain

/// Makes the answer to a request's frame.
protocol RequestAnswering {
    /// - Parameters:
    ///   - frame: a whole request, as it came.
    ///   - seconds: the models' time.
    mutating func answer(_ frame: [UInt8], at seconds: Double) -> SlaveBus.Answer
}

/// The slaves of one bus: makes a reply's frame for a request's, faults included. Pure except for the request count.
struct SlaveBus: RequestAnswering {
    struct Reply: Equatable {
        var bytes: [UInt8]
        /// Time added to the time on the wire.
        var delay: Duration
    }

    enum Answer {
        case reply(Reply, faulted: Bool)
        /// No device has that unit id.
        case nobody
        /// A fault swallowed the reply, or a cable is out.
        case swallowed
    }

    private let framing: ModbusFraming
    private let devices: [UInt8: ModbusDevice]
    private let faults: [Fault]
    private let bus: String
    private let cables: Cables
    private let chance: Chance
    private var requests: Int64 = 0

    /// - Parameter bus: the bus' id, by which its cable is known.
    init(
        framing: ModbusFraming,
        devices: [ModbusDevice],
        faults: [Fault],
        chance: Chance,
        bus: String = "",
        cables: Cables = Cables()
    ) {
        self.framing = framing
        self.devices = Dictionary(devices.map { ($0.unit, $0) }) { first, _ in first }
        self.faults = faults
        self.bus = bus
        self.cables = cables
        self.chance = chance
    }

    mutating func answer(_ frame: [UInt8], at seconds: Double) -> Answer {
        requests += 1
        if !bus.isEmpty, cables.isOut(bus) { return .swallowed }
        let body: ArraySlice<UInt8> =
            switch framing {
            case .rtu: frame.dropLast(2)
            case .ascii: CharacterFrame.body(frame)?[...] ?? []
            case .mbap: frame.dropFirst(6)
            }
        guard let unit = body.first else { return .nobody }
        let pdu = body.dropFirst()
        guard let device = devices[unit] else {
            // A gateway in front of a serial line reports that the target did not answer; on a serial line nobody
            // replies.
            guard framing == .mbap, let function = pdu.first else { return .nobody }
            let exception = ModbusDevice.exception(function, code: 0x0b)
            return .reply(Reply(bytes: framed(exception, unit: unit, request: frame), delay: .zero), faulted: false)
        }
        let befallen = faults.enumerated().filter { index, fault in
            fault.befalls(device.id) && chance.fraction(requests, Int64(index)) < fault.probability
        }.map(\.element.kind)
        if befallen.contains(.silence) || cables.isOut(device.id) { return .swallowed }
        var answer = device.reply(to: pdu, at: seconds)
        var answering = unit
        var delay = Duration.zero
        for kind in befallen {
            switch kind {
            case .exception(let code): answer = ModbusDevice.exception(pdu.first ?? 0, code: code)
            case .wrongUnit: answering = unit == 247 ? 1 : unit &+ 1
            case .late(let time): delay += time
            default: break
            }
        }
        var bytes = framed(answer, unit: answering, request: frame)
        for kind in befallen { damage(&bytes, kind, request: frame) }
        return .reply(Reply(bytes: bytes, delay: delay), faulted: !befallen.isEmpty)
    }

    private func framed(_ pdu: [UInt8], unit: UInt8, request: [UInt8]) -> [UInt8] {
        switch framing {
        case .rtu: SerialFrame.frame(unit: unit, pdu: pdu)
        case .ascii: CharacterFrame.frame(unit: unit, pdu: pdu)
        case .mbap: TCPFrame.frame(transaction: Array(request[..<2]), unit: unit, pdu: pdu)
        }
    }

    private func damage(_ bytes: inout [UInt8], _ kind: Fault.Kind, request: [UInt8]) {
        switch kind {
        case .corrupt:
            switch framing {
            case .rtu: bytes[bytes.count - 1] ^= 0x5a
            case .ascii: bytes[bytes.count - 4] ^= 1  // a digit of the checksum
            case .mbap: bytes[2] ^= 0x5a
            }
        case .truncate: bytes.removeLast((bytes.count + 1) / 2)
        case .noise:
            let count = 1 + Int64(chance.word(requests, 101) % 8)
            bytes = (0..<count).map { UInt8(truncatingIfNeeded: chance.word(requests, 200 + $0)) } + bytes
        case .echo: bytes = request + bytes
        case .silence, .exception, .late, .wrongUnit: break
        }
    }
}
