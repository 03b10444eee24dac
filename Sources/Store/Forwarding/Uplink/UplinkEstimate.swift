public import Domain

/// What a destination's uplink will carry in a day, from what the configuration says.
///
/// The costs beside the messages are those of a connection whose messages come one by one, as measured on loopback with
/// TLS 1.3; where several come at once TCP puts them into one segment, and less is carried. It leaves out connections,
/// events, and what was owed from an outage. Topic aliases, which not every broker takes, make it a little less.
public struct UplinkEstimate: Hashable, Sendable {
    /// Bytes that lie around the messages.
    public struct Wire: Hashable, Sendable {
        public var tls: Bool
        public var keepalive: Duration

        public init(tls: Bool, keepalive: Duration) {
            self.tls = tls
            self.keepalive = keepalive
        }

        /// IPv4, TCP and its timestamps.
        static let segment = 52.0
        /// A record of TLS 1.3: header, type of the content, tag (RFC 8446, section 5.2).
        var record: Double { tls ? 22 : 0 }
        /// Beside a message: its record and segment, and the segment that acknowledges its PUBACK.
        var sentBeside: Double { record + 2 * Self.segment }
        /// The same in a burst, where segments are full: 1,448 bytes over IPv4.
        func sentBesideInBursts(_ bytes: Double) -> Double {
            record + (bytes + record) / 1_448 * Self.segment
        }
        /// A PUBACK in a burst shares its segment with another one.
        var pubackInBursts: Double { 4 + record + Self.segment / 2 }
        /// A PUBACK, whose segment acknowledges the message (MQTT 5, section 3.4).
        var puback: Double { 4 + record + Self.segment }
        /// A PINGREQ, and the segment that acknowledges its answer.
        var pingSent: Double { 2 + record + 2 * Self.segment }
        var pingReceived: Double { 2 + record + Self.segment }
        public var besideMessage: Double { sentBeside + puback }
        /// A connection from SYN to CONNACK, both directions: measured, with certificates of RSA 2048 and one
        /// intermediate authority.
        public var handshake: Int64 { tls ? 5_000 : 700 }
    }

    /// One day.
    public struct Day: Hashable, Sendable {
        /// Messages and their bytes, by kind.
        public internal(set) var messages: [TrafficKind: Double] = [:]
        public internal(set) var bytes: [TrafficKind: Double] = [:]
        /// Sent beside them.
        public internal(set) var overhead = 0.0
        public internal(set) var received = 0.0

        public var messagesPerMinute: Double { messages.values.reduce(0, +) / 1_440 }
        /// Both directions.
        public var total: Double { bytes.values.reduce(0, +) + overhead + received }
    }

    /// As little and as much as it may be.
    public let least: Day
    public let most: Day

    public init(_ streams: [UplinkStream], over wire: Wire) {
        least = Self.day(streams.map { ($0, $0.perDay.lowerBound, $0.bytes.lowerBound) }, wire)
        most = Self.day(streams.map { ($0, $0.perDay.upperBound, $0.bytes.upperBound) }, wire)
    }

    private static func day(_ streams: [(stream: UplinkStream, perDay: Double, bytes: Double)], _ wire: Wire) -> Day {
        var day = Day()
        for (stream, perDay, bytes) in streams {
            day.messages[stream.kind, default: 0] += perDay
            day.bytes[stream.kind, default: 0] += perDay * bytes
            day.overhead += perDay * (stream.isInBursts ? wire.sentBesideInBursts(bytes) : wire.sentBeside)
            day.received += perDay * (stream.isInBursts ? wire.pubackInBursts : wire.puback)
        }
        let messages = day.messages.values.reduce(0, +)
        // A link that is busy more often than the keepalive pays for no ping.
        let pings = max(0, 86_400 / wire.keepalive.inSeconds - messages)
        day.overhead += pings * wire.pingSent
        day.received += pings * wire.pingReceived
        return day
    }

    /// Days of a month, on average.
    public static let daysPerMonth = 30.4

    /// The least and the most that it takes of a budget.
    public func shares(of budget: TrafficBudget) -> (least: Double, most: Double) {
        let days = budget.period == .day ? 1 : Self.daysPerMonth
        return (least.total * days / Double(budget.bytes), most.total * days / Double(budget.bytes))
    }
}
