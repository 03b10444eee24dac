public import Domain
import JSON
public import Profiles

/// Turns MQTT payloads into raw values and events, by the paths that the profile names; nothing else of a payload is
/// kept.
public struct PayloadDecoder: Sendable {
    public struct Decoded: Sendable {
        /// One for each point of the profile; nil where the message does not carry it.
        public var values: [RawValue?]
        public var sourceTime: Instant?
        /// Why there is no `sourceTime`, although the profile names one; nil also where the message has null there.
        public var timeFault: TimeFault?
        public var events: [DecodedEvent]
        /// Whether the message is JSON; nil where the profile needs no JSON from it.
        public var isJSON: Bool?
        /// The parts of the message that are not what the profile says.
        public var faults: [PartFault] = []
        /// Why points have no value, by their index, where a part is not what the profile says.
        public var whys: [Int: String] = [:]

        /// Whether the payload names another device, or none: nothing of it is read.
        public var isOfAnother = false

        /// Whether the message carried any point.
        public var hasPoints: Bool { values.contains { $0 != nil } }
    }

    public struct DecodedEvent: Sendable {
        public var name: String
        public var id: String
        public var data: [(key: String, value: DataValue)]
        /// The keys of the data that are null because the message holds more than the profile's `max_length`.
        public var tooLong: [String]
    }

    /// What is wrong with the time that a message states.
    public enum TimeFault: Error, Hashable, Sendable {
        /// The path is not in the message.
        case absent
        /// It is no time of the profile's format.
        case unreadable
        /// Its year is outside 2020 to 2100: mostly another format, such as milliseconds for seconds.
        case implausible(Instant)
    }

    private let points: [Point]
    private let events: [EventRule]
    private let messages: [MQTTAccess.Message]
    /// The part of each message's JSON that is read; nil where none is.
    private let wanted: [JSONSelection?]
    /// The decoders of each message's parts; nil for a message without parts.
    private let parts: [PartDecoder?]
    /// What payloads call the device; nil where each message of its topics is its own.
    private let node: ExactText?
    private let gatewayOffset: @Sendable (Instant) -> Int64

    /// - Parameters:
    ///   - node: the device's node, for messages that name it; empty where every message is its own.
    ///   - gatewayOffset: returns the seconds by which the configured time zone is ahead of UTC when its clocks show
    ///     that time.
    public init(profile: Profile, node: String = "", gatewayOffset: @escaping @Sendable (Instant) -> Int64) {
        self.node = node.isEmpty ? nil : ExactText(node)
        points = profile.points
        events = profile.events
        messages = profile.mqtt?.messages ?? []
        let parts = messages.indices.map { message in
            profile.mqtt?.messages[message].parts.isEmpty == false ? PartDecoder(message: message, in: profile) : nil
        }
        wanted = messages.indices.map { Self.wanted(of: $0, in: profile, parts[$0]) }
        self.parts = parts
        self.gatewayOffset = gatewayOffset
    }

    /// - Parameter message: the index, in the profile's messages, of the one whose topic the payload came on.
    public func decode(_ payload: [UInt8], message: Int) -> Decoded {
        var decoded = Decoded(values: Array(repeating: nil, count: points.count), sourceTime: nil, events: [])
        let tree = wanted[message].flatMap { JSONTree.parse(payload, keeping: $0) }
        if wanted[message] != nil { decoded.isJSON = tree != nil }
        if let tree, let node, let path = messages[message].nodeIn, tree[path]?.text.map(ExactText.init) != node {
            decoded.isOfAnother = true
            return decoded
        }
        let parts = self.parts[message]
        let contents = parts?.contents(payload, tree) ?? []
        if let parts { decoded.faults = parts.faults(contents) }
        for (index, point) in points.enumerated() {
            switch point.origin {
            case .message(message, let path, let type):
                decoded.values[index] = value(point, path, type, tree: tree, payload: payload)
            case .part(let place) where place.message == message:
                guard let found = parts?.value(place, of: point, in: contents) else { continue }
                decoded.values[index] = checked(found.raw, point)
                if let why = found.why { decoded.whys[index] = why }
            default: break
            }
        }
        if !decoded.whys.isEmpty { passOn(&decoded.whys) }
        if let time = messages[message].time {
            switch time.place {
            case .path(let path): if let tree { note(tree[path], time, in: &decoded) }
            case .part(let place, _): note(parts?.time(place, in: contents), time, in: &decoded)
            }
        }
        if let tree {
            decoded.events = events.compactMap { $0.message == message ? event($0, tree) : nil }
        }
        return decoded
    }

    /// Returns all paths that the profile reads in a message; nil where it takes the payload as it is.
    private static func wanted(of message: Int, in profile: Profile, _ parts: PartDecoder?) -> JSONSelection? {
        var paths: [JSONPath] = profile.points.compactMap { point in
            guard case .message(message, let path?, _) = point.origin else { return nil }
            return path
        }
        paths += parts?.paths ?? []
        if let path = profile.mqtt?.messages[message].nodeIn { paths.append(path) }
        if case .path(let path)? = profile.mqtt?.messages[message].time?.place { paths.append(path) }
        for event in profile.events where event.message == message {
            paths += event.when.map(\.path) + [event.id] + event.data.map(\.path)
        }
        return paths.isEmpty ? nil : JSONSelection(paths)
    }

    private func value(
        _ point: Point,
        _ path: JSONPath?,
        _ type: Point.MessageValue,
        tree: JSONTree?,
        payload: [UInt8]
    ) -> RawValue? {
        let raw: RawValue
        if let path {
            guard let tree else { return .missing(.decode) }
            guard let node = tree[path] else { return nil }
            raw = point.text.map { node.number(in: $0) } ?? node.value(type)
        } else {
            raw = JSONTree.value(payload, type, point.text)
        }
        return checked(raw, point)
    }

    /// Judges a value by its length and by the numbers that mean "no value".
    private func checked(_ raw: RawValue, _ point: Point) -> RawValue {
        if case .value(.string(let text)) = raw, text.utf8.count > point.maxLength { return .missing(.tooLong) }
        if !point.invalidNumbers.isEmpty, let number = raw.value?.decimal, point.invalidNumbers.contains(number) {
            return .missing(.invalid)
        }
        return raw
    }

    /// Returns the event in the message; nil when a condition does not hold or there is no id to count it by. An id
    /// that is too long to keep counts as none.
    private func event(_ rule: EventRule, _ tree: JSONTree) -> DecodedEvent? {
        for (path, accepted) in rule.when {
            guard let text = tree[path]?.text.map(ExactText.init), accepted.contains(where: { ExactText($0) == text })
            else { return nil }
        }
        guard let id = tree[rule.id]?.text, !id.isEmpty, id.utf8.count <= rule.maxLength else { return nil }
        var event = DecodedEvent(name: rule.name, id: id, data: [], tooLong: [])
        for (key, path) in rule.data {
            guard let node = tree[path] else { continue }
            let isTooLong = node.isLonger(than: rule.maxLength)
            event.data.append((key: key, value: isTooLong ? .null : node.dataValue))
            if isTooLong { event.tooLong.append(key) }
        }
        return event
    }

    /// 2020-01-01 to 2100-12-31: no device of the field sends readings of other years.
    private static let plausibleTimes =
        Instant(millisecondsSince1970: 1_577_836_800_000)..<Instant(millisecondsSince1970: 4_133_980_800_000)

    /// What keeps a point from having a value keeps those from it that are computed from it.
    private func passOn(_ whys: inout [Int: String]) {
        for (index, point) in points.enumerated() where whys[index] == nil {
            var source: Int?
            if case .field(let reference) = point.origin { source = reference.point }
            if case .weir(let weir) = point.origin { source = weir.level }
            if let why = (source ?? point.plus).flatMap({ whys[$0] }) { whys[index] = why }
        }
    }

    private func note(_ node: JSONTree?, _ time: MessageTime, in decoded: inout Decoded) {
        // The device says that it has no time yet, as Frigate does while an event goes on.
        if case .null? = node { return }
        switch sourceTime(node, time) {
        case .success(let instant): decoded.sourceTime = instant
        case .failure(let fault): decoded.timeFault = fault
        }
    }

    private func sourceTime(_ node: JSONTree?, _ time: MessageTime) -> Result<Instant, TimeFault> {
        guard let node else { return .failure(.absent) }
        guard let instant = instant(node, time) else { return .failure(.unreadable) }
        return Self.plausibleTimes.contains(instant) ? .success(instant) : .failure(.implausible(instant))
    }

    private func instant(_ node: JSONTree?, _ time: MessageTime) -> Instant? {
        switch time.format {
        case .iso8601:
            guard let text = node?.text else { return nil }
            switch time.zone {
            case .utc: return Instant(iso8601: text) { _ in 0 }
            case .gateway: return Instant(iso8601: text, localOffset: gatewayOffset)
            case .offset(let seconds): return Instant(iso8601: text) { _ in seconds }
            }
        case .epochSeconds, .epochMilliseconds:
            guard case .value(let value) = node?.value(.number), let number = value.decimal,
                number.double.magnitude < 1e15
            else {
                return nil
            }
            return time.format == .epochSeconds ? Instant(epochSeconds: number) : Instant(epochMilliseconds: number)
        }
    }
}
