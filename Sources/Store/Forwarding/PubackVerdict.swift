/// What a PUBACK's reason code means for the entry (MQTT 5, section 3.4.2.1).
enum PubackVerdict: Hashable, Sendable {
    case delivered
    /// Delivered without a recipient: no subscription matches.
    case nobodySubscribes
    /// A condition of the broker or of our rights there, which may pass: try again later.
    case mayPass
    /// The broker reports that it will never accept this message. `RefusalJudge` decides whether the message is at
    /// fault.
    case neverTaken

    init(code: UInt8) {
        self =
            switch code {
            case 0x10: .nobodySubscribes
            case 0..<0x80: .delivered
            // Topic name invalid, packet too large, payload format invalid.
            case 0x90, 0x95, 0x99: .neverTaken
            default: .mayPass
            }
    }

    /// Whether the broker has the message.
    var isTaken: Bool { self == .delivered || self == .nobodySubscribes }

    /// The specification's name of a code.
    static func name(of code: UInt8) -> String {
        switch code {
        case 0x10: "no matching subscribers"
        case 0x80: "unspecified error"
        case 0x83: "implementation specific error"
        case 0x87: "not authorized"
        case 0x90: "topic name invalid"
        case 0x91: "packet identifier in use"
        case 0x95: "packet too large"
        case 0x97: "quota exceeded"
        case 0x99: "payload format invalid"
        default: "code 0x" + String(code, radix: 16)
        }
    }
}

extension RefusalJudge.Cause {
    /// The PUBACK's code; nil where there was none.
    var code: UInt8? {
        if case .answer(let code) = self { code } else { nil }
    }

    var words: String { code.map(PubackVerdict.name) ?? "the broker drops the connection" }
}
