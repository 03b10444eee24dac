public import Domain
public import Profiles

/// Turns MQTT payloads into raw values and events, by the paths that the profile names; nothing else of a payload is kept.
public struct PayloadDecoder: Sendable {
    public struct Decoded: Sendable {
        /// One for each point of the profile; nil where the message does not carry it.
        public var values: [RawValue?]
        public var sourceTime: Instant?
        public var events: [DecodedEvent]

        /// Whether the message carried any point.
        public var hasPoints: Bool { values.contains { $0 != nil } }
    }

    public struct DecodedEvent: Sendable {
        public var name: String
        public var id: String
        public var data: [(key: String, value: JSONValue)]
    }

    private let points: [Point]
    private let events: [EventRule]
    private let messages: [MQTTAccess.Message]
    private let gatewayOffset: @Sendable (Instant) -> Int64

    /// - Parameter gatewayOffset: seconds that the configured time zone is east of UTC when its clocks show that time.
    public init(profile: Profile, gatewayOffset: @escaping @Sendable (Instant) -> Int64) {
        points = profile.points
        events = profile.events
        messages = profile.mqtt?.messages ?? []
        self.gatewayOffset = gatewayOffset
    }

    /// - Parameter message: index into the profile's messages: the one whose topic it came on.
    public func decode(_ payload: [UInt8], message: Int) -> Decoded {
        var decoded = Decoded(values: Array(repeating: nil, count: points.count), sourceTime: nil, events: [])
        var tree: JSONTree?
        let needsJSON =
            messages[message].time != nil || events.contains { $0.message == message }
            || points.contains { point in
                if case .message(message, .some, _) = point.origin { return true }
                return false
            }
        if needsJSON { tree = JSONTree.parse(payload) }
        for (index, point) in points.enumerated() {
            guard case .message(message, let path, let type) = point.origin else { continue }
            decoded.values[index] = value(point, path, type, tree: tree, payload: payload)
        }
        if let tree {
            if let time = messages[message].time { decoded.sourceTime = instant(tree[time.path], time) }
            decoded.events = events.compactMap { $0.message == message ? event($0, tree) : nil }
        }
        return decoded
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
            raw = node.value(type)
        } else {
            guard let text = String(validating: payload, as: UTF8.self) else { return .missing(.decode) }
            raw =
                switch type {
                case .number: JSONTree.number(text)
                case .bool: JSONTree.bool(text)
                case .string: .value(.string(text))
                }
        }
        if !point.invalid.isEmpty, let word = raw.value?.word, point.invalid.contains(word) {
            return .missing(.invalid)
        }
        return raw
    }

    /// The event that the message tells of; nil when a condition does not hold or there is no id to count it by.
    private func event(_ rule: EventRule, _ tree: JSONTree) -> DecodedEvent? {
        for (path, accepted) in rule.when {
            guard let text = tree[path]?.text, accepted.contains(text) else { return nil }
        }
        guard let id = tree[rule.id]?.text, !id.isEmpty else { return nil }
        let data = rule.data.compactMap { key, path in tree[path].map { (key: key, value: $0.json) } }
        return DecodedEvent(name: rule.name, id: id, data: data)
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
