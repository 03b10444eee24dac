/// How far a value can be trusted.
public enum Quality: String, Sendable {
    case good
    case uncertain
    case bad
}

/// Why a value is not good. The list is part of the contract and may grow.
public enum Reason: Hashable, Sendable {
    /// No reply came in time.
    case timeout
    /// The TCP connection or the serial port's peer could not be reached.
    case noConnection
    /// The serial port is missing, busy or forbidden.
    case port
    case crc
    /// A reply that is no Modbus frame, or whose length does not fit the request.
    case badFrame
    /// A reply by another unit or to another request.
    case foreignReply
    /// A reply that came while a late one was still possible.
    case distrusted
    /// The device answered with a Modbus exception, 1 to 11.
    case exception(UInt8)
    /// The line was lent to a probe.
    case borrowed
    /// An MQTT device has not reported for 2.5 times its interval.
    case notSeen
    /// Messages come, but they do not carry what the profile names: the path is not in them.
    case notInMessage
    /// An MQTT device's availability topic says that it is offline.
    case offline
    /// The MQTT message was retained: its age is unknown.
    case retained
    /// The bytes do not have the profile's shape.
    case decode
    case notANumber
    /// A text longer than the profile allows: nothing of it is published, because a part would look whole.
    case tooLong
    /// The profile lists this raw value as a marker for "no value".
    case invalid
    case outOfRange
    /// The point that confirms this one (`good_when`) does not confirm it.
    case condition
    case unstable
    /// The parts of a counter lie in registers apart, and it may have rolled over between the two reads.
    case torn
    /// The device's own time is an hour or more away from the arrival of its message: mostly another time zone.
    case zone
    /// A float below 1e-30 that is not 0, and that fits in no other word order either.
    case tiny
    /// A weir's head is below 60 mm, where its formula does not hold.
    case lowHead
    case counterReset
    case counterGap
    /// The device's own clock was set back, or cannot be right.
    case deviceClock

    /// Whether the device itself gave the reason. Exceptions 10 and 11 are a gateway's report that the device behind it
    /// did not answer (Modbus application protocol 1.1b3, section 7).
    public var isDevicesOwnException: Bool {
        guard case .exception(let code) = self else { return false }
        return code != 10 && code != 11
    }

    public var quality: Quality {
        switch self {
        case .retained, .unstable, .zone, .tiny, .lowHead, .counterReset, .counterGap, .deviceClock: .uncertain
        default: .bad
        }
    }

    /// The word that stands in payloads.
    public var word: String {
        switch self {
        case .timeout: "timeout"
        case .noConnection: "no_connection"
        case .port: "port"
        case .crc: "crc"
        case .badFrame: "bad_frame"
        case .foreignReply: "foreign_reply"
        case .distrusted: "distrusted"
        case .exception(let code): "exception_\(code)"
        case .borrowed: "borrowed"
        case .notSeen: "not_seen"
        case .notInMessage: "not_in_message"
        case .offline: "offline"
        case .retained: "retained"
        case .decode: "decode"
        case .notANumber: "not_a_number"
        case .tooLong: "too_long"
        case .invalid: "invalid"
        case .outOfRange: "out_of_range"
        case .condition: "condition"
        case .unstable: "unstable"
        case .torn: "torn"
        case .zone: "zone"
        case .tiny: "tiny"
        case .lowHead: "low_head"
        case .counterReset: "counter_reset"
        case .counterGap: "counter_gap"
        case .deviceClock: "device_clock"
        }
    }

    /// Nil for a word that is no reason, or that belongs to a later release.
    public init?(word: String) {
        if word.hasPrefix("exception_"), let code = UInt8(word.dropFirst("exception_".count)) {
            self = .exception(code)
        } else if let reason = Self.plain.first(where: { $0.word == word }) {
            self = reason
        } else {
            return nil
        }
    }

    /// All reasons except the exceptions.
    private static let plain: [Reason] = [
        .timeout, .noConnection, .port, .crc, .badFrame, .foreignReply, .distrusted, .borrowed, .notSeen,
        .notInMessage, .offline, .retained, .decode, .notANumber, .tooLong, .invalid, .outOfRange, .condition,
        .unstable, .torn, .zone, .tiny, .lowHead, .counterReset, .counterGap, .deviceClock,
    ]
}
