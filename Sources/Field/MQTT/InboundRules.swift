/// The rules by which a broker's packets pass to libmosquitto, which trusts its input.
///
/// They reject what ends, exhausts or leaks the library, and what this client never asks for: it subscribes with QoS 1,
/// publishes with QoS 0 or 1, and neither unsubscribes nor authenticates in steps. The library itself refuses
/// everything else that the specification forbids.
struct InboundRules {
    /// The decision about a packet.
    enum Verdict: Equatable {
        case pass
        /// The packet carries nothing that matters, and the library would leak its properties.
        case leaveOut
        /// The packet breaks the connection: the text says why.
        case violation(String)
    }

    /// More would be an attack: MQTT has 27, and only user properties may repeat often.
    private static let mostProperties = 256

    private let version: MQTTVersion
    private var isWelcome = false
    private var published: Set<UInt16> = []
    private var subscribing: Set<UInt16> = []

    init(version: MQTTVersion) { self.version = version }

    /// Notes that the library got a message: its PUBACK may come.
    mutating func didPublish(packet: UInt16) { published.insert(packet) }

    mutating func didSubscribe(packet: UInt16) { subscribing.insert(packet) }

    /// - Parameter body: the whole packet after its fixed header.
    mutating func verdict(_ packet: InboundPacket, body: UnsafeRawBufferPointer) -> Verdict {
        if isWelcome == (packet.type == 2) {
            return .violation(isWelcome ? "a second CONNACK" : "type \(packet.type) before the CONNACK")
        }
        var scan = ByteScan(body)
        switch packet.type {
        case 2: return connack(&scan)
        case 3: return publish(packet, &scan)
        case 4: return acknowledgement(&scan, "PUBACK", of: \.published)
        case 9: return acknowledgement(&scan, "SUBACK", of: \.subscribing)
        case 13: return .pass
        case 14 where version == .v5: return disconnect(&scan)
        default: return .violation("a packet of type \(packet.type), which this client does not ask for")
        }
    }

    private mutating func connack(_ scan: inout ByteScan) -> Verdict {
        guard scan.skip(2) else { return .violation("a short CONNACK") }
        isWelcome = true
        // A broker of 3.1.1 refuses MQTT 5 with a CONNACK of its own version, which has no properties.
        return version == .v5 && scan.left > 0 ? properties(&scan, "CONNACK") : .pass
    }

    private func publish(_ packet: InboundPacket, _ scan: inout ByteScan) -> Verdict {
        let qos = packet.flags >> 1 & 3
        guard qos < 2 else { return .violation("a PUBLISH with QoS \(qos)") }
        guard scan.string() != nil, qos == 0 || scan.twoBytes() != nil else { return .violation("a short PUBLISH") }
        return version == .v5 ? properties(&scan, "PUBLISH") : .pass
    }

    private mutating func acknowledgement(
        _ scan: inout ByteScan,
        _ name: String,
        of asked: WritableKeyPath<Self, Set<UInt16>>
    ) -> Verdict {
        guard let packet = scan.twoBytes() else { return .violation("a short \(name)") }
        if version == .v5 {
            // A PUBACK may end after the identifier or the code; in a SUBACK the properties come before the codes.
            let hasProperties = name == "SUBACK" || (scan.left > 1 && scan.skip(1))
            if hasProperties, case .violation(let words) = properties(&scan, name) { return .violation(words) }
        }
        return self[keyPath: asked].remove(packet) == nil ? .leaveOut : .pass
    }

    private func disconnect(_ scan: inout ByteScan) -> Verdict {
        scan.left > 1 && scan.skip(1) ? properties(&scan, "DISCONNECT") : .pass
    }

    /// Checks that the properties exist in MQTT 5 (section 2.2.2.2), and end where their length says.
    private func properties(_ scan: inout ByteScan, _ name: String) -> Verdict {
        guard let size = scan.variableInteger(), var properties = scan.part(size) else {
            return .violation("a \(name) whose properties do not end")
        }
        var count = 0
        while properties.left > 0 {
            count += 1
            if count > Self.mostProperties {
                return .violation("a \(name) with over \(Self.mostProperties) properties")
            }
            guard let identifier = properties.byte(), let kind = PropertyKind(identifier: identifier) else {
                return .violation("a \(name) with a property that MQTT does not have")
            }
            guard kind.skip(&properties) else { return .violation("a \(name) whose properties do not end") }
        }
        return .pass
    }
}

/// How a property's value is encoded (MQTT 5, table 2-4).
private enum PropertyKind {
    case byte, twoBytes, fourBytes, variableInteger, string, stringPair

    init?(identifier: UInt8) {
        switch identifier {
        case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A: self = .byte
        case 0x13, 0x21, 0x22, 0x23: self = .twoBytes
        case 0x02, 0x11, 0x18, 0x27: self = .fourBytes
        case 0x0B: self = .variableInteger
        case 0x03, 0x08, 0x09, 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F: self = .string
        case 0x26: self = .stringPair
        default: return nil
        }
    }

    func skip(_ scan: inout ByteScan) -> Bool {
        switch self {
        case .byte: scan.skip(1)
        case .twoBytes: scan.skip(2)
        case .fourBytes: scan.skip(4)
        case .variableInteger: scan.variableInteger() != nil
        case .string: scan.string() != nil
        case .stringPair: scan.string() != nil && scan.string() != nil
        }
    }
}
