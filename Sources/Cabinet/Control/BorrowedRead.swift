public import Domain
import Foundation

/// A read that a client requests from the daemon on one of its buses, between two polls: `borrow` and this as JSON.
public struct BorrowedRead: Codable, Hashable, Sendable {
    /// The bus' id and the endpoint that the client expects: a daemon that runs with another configuration refuses.
    public var bus: String
    public var endpoint: String
    public var unit: UInt8
    /// `coil`, `discrete`, `holding` or `input`: nothing else exists, and nothing is ever written.
    public var table: String
    public var start: Int
    public var count: Int
    /// Times in nanoseconds.
    public var replyTime: Int64
    public var worstReply: Int64
    public var listen: Int64
    public var patience: Int64

    public init(
        bus: String,
        endpoint: String,
        unit: UnitID,
        range: RegisterRange,
        replyTime: Duration,
        worstReply: Duration,
        listen: Duration,
        patience: Duration
    ) {
        self.bus = bus
        self.endpoint = endpoint
        self.unit = unit.number
        table = range.table.rawValue
        start = range.start
        count = range.count
        self.replyTime = replyTime.wholeNanoseconds
        self.worstReply = worstReply.wholeNanoseconds
        self.listen = listen.wholeNanoseconds
        self.patience = patience.wholeNanoseconds
    }

    /// What to read; nil when it fits no request.
    public var range: RegisterRange? {
        guard let table = RegisterTable(rawValue: table), (1...table.maximumPerRequest).contains(count),
            (0..<65_536).contains(start), start + count <= 65_536
        else { return nil }
        return RegisterRange(table, start: start, count: count)
    }
}

/// The outcome of a borrowed read, or why it was not made.
public struct BorrowedAnswer: Hashable, Sendable {
    /// The holder of the line, for people.
    public struct Holder: Codable, Hashable, Sendable {
        /// A name, a number when this machine has no name for it, or nil when the kernel does not say.
        public var user: String?
        public var process: Int32?
        /// The program, when it can be seen.
        public var command: String?
        /// Milliseconds since 1970.
        public var since: Int64

        public init(_ peer: ControlPeer, since: Instant) {
            user = peer.userName
            process = peer.process
            command = peer.command
            self.since = since.millisecondsSince1970
        }

        /// The process' number, and the program that it runs when that can be seen.
        public var processName: String {
            [process.map { "\($0)" } ?? "?", command].compactMap(\.self).joined(separator: " ")
        }
    }

    /// Why the daemon will not lend the bus for this, as a value that has a text in any language.
    public enum Refusal: String, Codable, Hashable, Sendable, CaseIterable {
        case onlyShows = "only_shows"
        case noRead = "no_read"
        case otherPlace = "other_place"
        case noRange = "no_range"
        case noUnit = "no_unit"
        case tooLong = "too_long"
        case restarting
        case noBus = "no_bus"
        case taken
    }

    /// Why the daemon does not lend the bus for this; then nothing was asked.
    public var refused: String?
    /// The same as a value, with what differs from case to case; nil when the answer says who has the line, and from a
    /// gateway of an earlier version.
    public var refusal: Refusal?
    public var about: [String]?
    /// The probe that has the line, when that is the reason; the client may ask again.
    public var holder: Holder?
    /// When the polls have had their half, when that is the reason; milliseconds since 1970.
    public var freeFrom: Int64?
    /// Empty when nothing was asked.
    public var exchange = BusExchange()

    public init(refused: String? = nil, as refusal: Refusal? = nil, about: [String]? = nil) {
        self.refused = refused
        self.refusal = refusal
        self.about = about
    }

    public init(_ exchange: BusExchange) { self.exchange = exchange }
}

/// Encoded as one object: the exchange's members stand beside the answer's own.
extension BorrowedAnswer: Codable {
    private enum CodingKeys: CodingKey {
        case refused
        case refusal
        case about
        case holder
        case freeFrom
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        refused = try members.decodeIfPresent(String.self, forKey: .refused)
        // A word of a later gateway is none here: its text remains.
        refusal = try members.decodeIfPresent(String.self, forKey: .refusal).flatMap(Refusal.init)
        about = try members.decodeIfPresent([String].self, forKey: .about)
        holder = try members.decodeIfPresent(Holder.self, forKey: .holder)
        freeFrom = try members.decodeIfPresent(Int64.self, forKey: .freeFrom)
        exchange = try BusExchange(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(refused, forKey: .refused)
        try members.encodeIfPresent(refusal?.rawValue, forKey: .refusal)
        try members.encodeIfPresent(about, forKey: .about)
        try members.encodeIfPresent(holder, forKey: .holder)
        try members.encodeIfPresent(freeFrom, forKey: .freeFrom)
        try exchange.encode(to: encoder)
    }
}

extension ControlRequest {
    /// What follows the word `borrow`, `take`, `release` or `recompute`.
    public static func arguments(of request: String, after word: String) -> String? {
        request.hasPrefix(word + " ") ? String(request.dropFirst(word.count + 1)) : nil
    }

    public static func borrow(_ read: BorrowedRead) -> String { Self.borrow + " " + text(read) }
}

extension BorrowedRead {
    public init?(json: String) {
        // Whatever is wrong with the text, the client gets the answer that it is no request.
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = read
    }
}

extension BorrowedAnswer {
    public var json: [UInt8] { Array(text(self).utf8) }

    public init(json: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(json)) }
}

private func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Encoding values of our own cannot fail; if it ever does, the other side says that this is no answer.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
}
