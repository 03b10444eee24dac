package import Domain
package import Profiles

/// What is wrong with a device, its line or its broker, with all that a message to a person needs.
///
/// It has no words: Speech says what was seen and what to check next, in either language.
package enum Finding: Hashable, Sendable {
    // The serial port, by its path.
    case portMissing(String)
    case portLost(String)
    case portBusy(String, holder: String? = nil)
    case portForbidden(String)
    /// Carries the kernel's words.
    case portFailed(String, words: String)
    /// No descriptor is left to open this port or host.
    case noDescriptor(String)
    case noThread(String, words: String)
    // A serial line.
    case silent(Silence)
    /// Some requests went unanswered.
    case silentSometimes(UnitID, unanswered: Int, of: Int)
    case silentLate(UnitID, after: Duration, allowed: Duration)
    /// Bytes that do not begin like a reply, in hexadecimal.
    case garbage(String, SerialSettings)
    /// Wrong checksums become more frequent with the length of a frame.
    case checksumsOfLong(wrong: Int, of: Int, shortWrong: Int, ofShort: Int)
    case checksums(UnitID, wrong: Int, of: Int)
    case foreignReply(asked: UnitID, answered: UnitID)
    /// A TCP device that gives its replies the unit id 0.
    case answersAsZero(String, asked: UnitID)
    /// A TCP device whose reply belongs to another request.
    case otherTransaction(String)
    case twoReplies(UnitID)
    case echo
    // Modbus TCP, by host and port.
    case refused(String)
    case unreachable(String, words: String)
    case unknownName(String)
    case noConnection(String)
    case mute(String, UnitID)
    case muteSometimes(UnitID, unanswered: Int, of: Int)
    case hungUp(String)
    /// Bytes that are not Modbus TCP, in hexadecimal.
    case notModbusTCP(String, bytes: String)
    /// The port answers in another framing than it was asked in: this one.
    case otherFraming(String, ModbusFraming)
    /// The connection is not secured as was asked.
    case notSecured(String, words: String)
    // What the device says; values with their units.
    case exception(UInt8, RegisterRange)
    /// Every request was refused with the same exception; the range is that of the first.
    case refusesAll(UInt8, RegisterRange, requests: Int)
    case outOfRange(point: String, value: String, least: String, greatest: String, order: FittingOrder?)
    case misordered(FittingOrder)
    /// A number that no meter shows, in a point without a range.
    case tooGreat(FittingOrder)
    case headOutside(point: String, level: String, zero: String)
    case frozen(point: String, reads: Int)
    case notValid(point: String, reason: Reason?)
    /// Another point says that this one is not valid: its name, its value, and the values that would do.
    case condition(point: String, vouching: String, value: String, wanted: [String])
    // An MQTT device.
    case broker(BrokerFault, address: String, detail: String)
    case topicSilent(topics: [String], waited: Duration, onlyRetained: Bool, node: String)
    /// The availability topic says that the device is offline.
    case offline(topic: String)
    /// Nothing stands at the profile's paths; `wanted` is empty when the profile takes a bare value.
    case payloadShape(topic: String, shape: String, wanted: [String])
    /// A device that sends text.
    case text(StreamFinding)

    /// A unit that answers nothing at all.
    package struct Silence: Hashable, Sendable {
        package var unit: UnitID
        package var asked: Int
        package var path: String
        package var settings: SerialSettings
        /// Nil while that is not known.
        package var othersAnswer: Bool?

        package init(unit: UnitID, asked: Int, path: String, settings: SerialSettings, othersAnswer: Bool?) {
            self.unit = unit
            self.asked = asked
            self.path = path
            self.settings = settings
            self.othersAnswer = othersAnswer
        }
    }

    /// A word order in which a point reads as something measured.
    package struct FittingOrder: Hashable, Sendable {
        package var point: String
        /// The value in the profile's order.
        package var own: String
        package var order: WordOrder
        /// The value in that order.
        package var value: String

        package init(point: String, own: String, order: WordOrder, value: String) {
            self.point = point
            self.own = own
            self.order = order
            self.value = value
        }
    }

    /// Why a broker does not serve.
    package enum BrokerFault: String, Hashable, Sendable, CaseIterable {
        case unreachable, mute, credentials, notAllowed, tls, refused, noRoom
    }

    /// Whether a right device read with another device's profile may look like this.
    package var mayBeWrongProfile: Bool {
        switch self {
        case .exception(let code, _), .refusesAll(let code, _, _): (1...3).contains(code)
        case .outOfRange, .misordered, .tooGreat, .notValid, .condition: true
        default: false
        }
    }

    /// Whether another word order makes what was read a measurement.
    package var namesWordOrder: Bool {
        switch self {
        case .misordered, .tooGreat: true
        case .outOfRange(_, _, _, _, let order): order != nil
        default: false
        }
    }

    /// Nil when the device itself says that a value is not valid.
    package var diagnosis: Diagnosis? {
        switch self {
        case .portMissing, .portLost, .portFailed: .portMissing
        case .portBusy, .noDescriptor, .noThread: .portBusy
        case .portForbidden: .portForbidden
        case .silent, .silentSometimes, .silentLate: .silence
        case .garbage, .notModbusTCP: .garbage
        case .otherFraming: .framing
        case .notSecured: .tls
        case .checksumsOfLong, .checksums: .crc
        case .foreignReply, .answersAsZero, .otherTransaction: .foreignReply
        case .twoReplies: .duplicateID
        case .echo: .echo
        case .refused: .tcpRefused
        case .unreachable, .unknownName: .tcpUnreachable
        case .noConnection: .tcpTimeout
        case .mute, .muteSometimes, .hungUp: .tcpMute
        case .exception(let code, _), .refusesAll(let code, _, _): Diagnosis(exception: code)
        case .outOfRange, .headOutside: .outOfRange
        case .misordered, .tooGreat: .wordOrder
        case .frozen: .frozen
        case .notValid, .condition: nil
        case .broker(let fault, _, _):
            fault == .credentials || fault == .notAllowed ? .brokerCredentials : .brokerRefused
        case .topicSilent, .offline: .topicSilent
        case .payloadShape: .payloadShape
        case .text(let finding): finding.diagnosis
        }
    }
}
