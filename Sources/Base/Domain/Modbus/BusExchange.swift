/// What one read brought, with every frame on the wire. The same value goes to a probe and to a recording.
///
/// It does not hold the request: the caller knows it. Its coding is the control socket's answer to a borrowed read, and
/// older and newer programs read it too: times are nanoseconds, and no key may be removed.
public struct BusExchange: Hashable, Sendable {
    /// A frame as it was on the wire, CRC or MBAP header included.
    public struct Frame: Hashable, Sendable {
        public enum Direction: Sendable {
            case sent
            case received
        }

        public var direction: Direction
        public var bytes: [UInt8]
        /// When it was sent, or when it was complete.
        public var at: Uptime

        public init(_ direction: Direction, _ bytes: [UInt8], at: Uptime) {
            self.direction = direction
            self.bytes = bytes
            self.at = at
        }
    }

    /// A failed read: the word for its kind, and the number or text that belongs to it. A newer program may know other
    /// words.
    public struct Failure: Codable, Hashable, Sendable {
        public var word: String
        public var number: Int?
        public var text: String?

        public init(word: String, number: Int? = nil, text: String? = nil) {
            self.word = word
            self.number = number
            self.text = text
        }
    }

    /// A word for each requested address; nil for a failed read.
    public var words: [UInt16]?
    /// Nil for a read that brought words.
    public var failure: Failure?
    /// When the reply was complete; zero for a failed read.
    public var arrived = Uptime(nanoseconds: 0)
    /// From the last request frame to its reply's end or its deadline; zero when nothing could be sent.
    public var latency = Duration.zero
    /// In order; more than two where a request was repeated.
    public var frames: [Frame] = []
    /// What a shared line brought after the reply or its deadline.
    public var strays: [UInt8] = []
    /// From the last request frame until `strays` began; zero without strays.
    public var strayLatency = Duration.zero

    /// Nothing was asked.
    public init() {}
}

extension BusExchange.Frame: Codable {
    private enum CodingKeys: CodingKey {
        case sent
        case bytes
        case at
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        direction = try members.decode(Bool.self, forKey: .sent) ? .sent : .received
        bytes = try members.decode([UInt8].self, forKey: .bytes)
        at = Uptime(nanoseconds: try members.decode(Int64.self, forKey: .at))
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(direction == .sent, forKey: .sent)
        try members.encode(bytes, forKey: .bytes)
        try members.encode(at.nanoseconds, forKey: .at)
    }
}

extension BusExchange: Codable {
    private enum CodingKeys: CodingKey {
        case words
        case failure
        case arrived
        case latency
        case frames
        case strays
        case strayLatency
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        words = try members.decodeIfPresent([UInt16].self, forKey: .words)
        failure = try members.decodeIfPresent(Failure.self, forKey: .failure)
        arrived = Uptime(nanoseconds: try members.decode(Int64.self, forKey: .arrived))
        latency = .nanoseconds(try members.decode(Int64.self, forKey: .latency))
        frames = try members.decode([Frame].self, forKey: .frames)
        strays = try members.decode([UInt8].self, forKey: .strays)
        strayLatency = .nanoseconds(try members.decode(Int64.self, forKey: .strayLatency))
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(words, forKey: .words)
        try members.encodeIfPresent(failure, forKey: .failure)
        try members.encode(arrived.nanoseconds, forKey: .arrived)
        try members.encode(latency.wholeNanoseconds, forKey: .latency)
        try members.encode(frames, forKey: .frames)
        try members.encode(strays, forKey: .strays)
        try members.encode(strayLatency.wholeNanoseconds, forKey: .strayLatency)
    }
}

extension BusExchange {
    /// Makes an exchange from a recorded question and its answer.
    ///
    /// - Parameters:
    ///   - request: the whole frame.
    ///   - reply: what came, right or wrong; nil for silence.
    public init(request: [UInt8], reply: [UInt8]?, latency: Duration) {
        let sent = Uptime(nanoseconds: 0)
        frames = [Frame(.sent, request, at: sent)]
        if let reply { frames.append(Frame(.received, reply, at: sent + latency)) }
        self.latency = latency
    }

    /// The request as it was last sent; nil when nothing could be sent.
    public var request: [UInt8]? { frames.last { $0.direction == .sent }?.bytes }

    /// Everything that came in reply to the last request, without strays; nil for silence.
    public var reply: [UInt8]? {
        let frames = frames.reversed().prefix { $0.direction == .received }.reversed()
        return frames.isEmpty ? nil : frames.flatMap(\.bytes)
    }
}
