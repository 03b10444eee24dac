public import Documents
public import Domain

/// What a kind of device reports and how to ask it: one file of `devices/`, validated.
public struct Profile: Sendable {
    public enum Measures: String, Sendable, CaseIterable {
        case water
        case waste
        case traffic
        case energy
        case air
        case weather
        case level
        case parking
        case lighting
        case other
    }

    public enum Access: Sendable {
        case modbus(ModbusAccess)
        case mqtt(MQTTAccess)
        case stream(StreamAccess)
    }

    public var id: String
    public var name: String
    public var measures: Measures
    /// The document that the profile is based on.
    public var source: String
    public var caveats: [String]
    public var access: Access
    /// In the file's order; points refer to each other by index.
    public var points: [Point]
    /// The points without what a device's place adds to them; nil where it adds nothing.
    var ownPoints: [Point]?
    public var events: [EventRule]
    public var vectors: [ProfileVector]
    /// What the profile suggests for `send` of its devices.
    public var send = SendPolicy()
    /// What differs between installed devices.
    public var variants: [Variant] = []
    /// What is installed of each variant: the profile is read for that.
    public var choices: [VariantChoice] = []
    /// The points that a device with another choice has.
    public var elsewhere: [String] = []
    /// What the file's vectors say is installed, each once.
    public var vectorChoices: [[VariantChoice]] = []
    /// The hash of the file's text, with what is installed where that is not the standard. A verification holds for
    /// this hash only.
    public var hash: String
    /// The hashes of earlier editions of the file from which no value differs: what was verified with one of them is
    /// still verified, and counters go on.
    public var supersedes: [String] = []
    public var file: String
    /// The file's text.
    public var text: String

    /// Whether a hash is that of this edition, or of an earlier one that it supersedes.
    public func isEdition(_ hash: String) -> Bool { editions.contains(hash) }

    /// The hash of this edition, then those of the earlier ones with the same installed.
    public var editions: [String] { [hash] + supersedes.map { $0 + ProfileIdentity(hash).suffix } }

    /// Indices of the points that appear in readings, in order.
    public var publicPoints: [Int] { points.indices.filter { !points[$0].isPrivate } }

    public var modbus: ModbusAccess? {
        guard case .modbus(let access) = access else { return nil }
        return access
    }

    public var mqtt: MQTTAccess? {
        guard case .mqtt(let access) = access else { return nil }
        return access
    }

    public var stream: StreamAccess? {
        guard case .stream(let access) = access else { return nil }
        return access
    }
}

/// How to ask a Modbus device.
public struct ModbusAccess: Sendable {
    /// How the manual prints register numbers; addresses of points are always 0-based PDU addresses.
    public enum Numbering: String, Sendable, CaseIterable {
        case from0 = "from_0"
        case from1 = "from_1"

        public var first: Int { self == .from1 ? 1 : 0 }
    }

    public var numbering: Numbering
    public var wordOrder: WordOrder
    /// The factory settings of the device.
    public var line: SerialSettings?
    /// Registers per request, 1 to 125.
    public var maxRegisters: Int
    /// The most unused addresses that one request may read along.
    public var maxGap: Int
    /// 0-based addresses of registers (holding and input) that are never read along or by a scan.
    public var avoid: [ClosedRange<Int>]
    /// 0-based address of the holding register in which the device keeps its own unit id; a scan recognises the device
    /// by it.
    public var unitRegister: Int?
    /// A part of what the device says of itself (function code 43 with type 14, or 17); nil where nobody knows it.
    public var identity: String?
    /// The time until the reply begins.
    public var replyTime: Duration
    /// After a timeout a late reply is possible for this long: the line rests.
    public var worstReply: Duration
    /// The silence that the device needs before each request; nil where the gateway chooses.
    public var requestGap: Duration?
    /// For how long the device is mute after a TCP connection was made.
    public var connectPause: Duration
    /// How often a request is made again within a poll when its reply is missing or damaged.
    public var retries: Int
}

/// A register frame or message with the values that it must decode to, from a document that is not this project's.
public struct ProfileVector: Sendable {
    public enum Input: Sendable {
        /// 0-based start addresses and words.
        case registers([(range: RegisterRange, words: [UInt16])])
        case message(topic: String, payload: String)
        /// A whole frame of a stream.
        case frame([UInt8])
    }

    public var source: String
    public var input: Input
    /// A whole RTU request, where the document prints one.
    public var request: [UInt8]?
    /// Published values by point name; nil means null.
    public var values: [(point: String, value: VectorValue)]
    /// The data of the event that the message must produce.
    public var event: [(key: String, value: VectorValue)]
    /// Its place among the file's vectors, from 1.
    public var number: Int
    public var place: Place
    public var line: Int { place.line }

    /// A value in the file, compared by its JSON text.
    public struct VectorValue: Sendable, Hashable {
        public var text: String?
        public var place: Place
    }
}
