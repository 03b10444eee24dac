import Decoding
import Domain
import JSON
import MQTT
import Profiles

/// What a message says of one device that is probed.
struct TopicMessage: Sendable {
    var topic: String
    var isRetained: Bool
    /// What the availability topic says.
    var presence: (isOnline: Bool, isOffline: Bool)?
    /// The index of the profile's message, and its values; nil of any other message.
    var message: (index: Int, values: [RawValue?])?
    /// What the message looks like, where nothing was where the profile looks for it.
    var shape: String?
}

/// Reads what one device publishes, by its profile. It holds no state: messages are decoded before anything is locked.
struct TopicDecoder: Sendable {
    let target: ProbeTarget
    /// The index of the profile's message, by its topic.
    let messages: [ExactText: Int]
    let availability: ExactText?
    private let decoder: PayloadDecoder

    init(_ target: ProbeTarget, gatewayOffset: @escaping @Sendable (Instant) -> Int64) {
        self.target = target
        let access = target.profile.mqtt
        var messages: [ExactText: Int] = [:]
        for (index, message) in (access?.messages ?? []).enumerated() {
            messages[ExactText(MQTTAccess.topic(message.topic, node: target.node))] = index
        }
        self.messages = messages
        availability = access?.availability.map { ExactText(MQTTAccess.topic($0.topic, node: target.node)) }
        decoder = PayloadDecoder(profile: target.profile, gatewayOffset: gatewayOffset)
    }

    var topics: [String] { (messages.keys + (availability.map { [$0] } ?? [])).map(\.text) }

    /// Nil for a message of another device.
    func decode(_ received: MQTTReceived) -> TopicMessage? {
        let topic = ExactText(received.topic)
        var said = TopicMessage(topic: received.topic, isRetained: received.retained)
        if topic == availability, let words = target.profile.mqtt?.availability {
            said.presence = (words.isOnline(received.payload), words.isOffline(received.payload))
        }
        if let index = messages[topic] {
            let decoded = decoder.decode(received.payload, message: index)
            said.message = (index, decoded.values)
            let tells = target.profile.events.contains { $0.message == index } && decoded.isJSON == true
            let known = decoded.values.contains { raw in raw != nil && raw != .missing(.decode) }
            if !known, !tells { said.shape = PayloadShape.text(received.payload, listed: paths(of: index)) }
        }
        return said.presence == nil && said.message == nil ? nil : said
    }

    /// The paths where the profile looks in a message.
    private func paths(of message: Int) -> [JSONPath] {
        target.profile.points.compactMap { point in
            guard case .message(message, let path?, _) = point.origin else { return nil }
            return path
        }
    }

    /// What the profile looks for in the message on a topic, in words.
    func wanted(on topic: String) -> String {
        let paths = messages[ExactText(topic)].map { self.paths(of: $0) } ?? []
        return paths.isEmpty ? "a bare value" : paths.map(\.description).joined(separator: ", ")
    }
}
