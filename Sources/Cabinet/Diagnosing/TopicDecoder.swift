import Decoding
package import Domain
import JSON
import Profiles

/// What a message says about one device that is probed.
package struct TopicMessage: Sendable {
    var topic: String
    var isRetained: Bool
    /// The beginning of the payload, as text.
    var text = ""
    /// What the availability topic says.
    var presence: (isOnline: Bool, isOffline: Bool)?
    /// The index of the profile's message, and its values; nil for any other message.
    var message: (index: Int, values: [RawValue?])?
    /// The device's own time, or what is wrong with it.
    var sourceTime: Instant?
    var timeFault: PayloadDecoder.TimeFault?
    /// Where the profile says that the time stands, and in which format.
    var timePath = ""
    var timeFormat = ""
    /// The structure of the message, when it has nothing at the profile's paths.
    var shape: String?
}

/// Reads what one device publishes, by its profile. It has no state: messages are decoded outside any lock.
package struct TopicDecoder: Sendable {
    let target: ProbeTarget
    /// The index of the profile's message, by its topic.
    let messages: [ExactText: Int]
    let availability: ExactText?
    private let decoder: PayloadDecoder

    package init(_ target: ProbeTarget, gatewayOffset: @escaping @Sendable (Instant) -> Int64) {
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

    package var topics: [String] { (messages.keys + (availability.map { [$0] } ?? [])).map(\.text) }

    /// Nil for a message of another device.
    package func decode(_ payload: [UInt8], on name: String, isRetained: Bool) -> TopicMessage? {
        let topic = ExactText(name)
        var said = TopicMessage(topic: name, isRetained: isRetained)
        if topic == availability, let words = target.profile.mqtt?.availability {
            said.presence = (words.isOnline(payload), words.isOffline(payload))
        }
        if let index = messages[topic] {
            let decoded = decoder.decode(payload, message: index)
            said.message = (index, decoded.values)
            (said.sourceTime, said.timeFault) = (decoded.sourceTime, decoded.timeFault)
            if let time = target.profile.mqtt?.messages[index].time {
                (said.timePath, said.timeFormat) = ("\(time.path)", time.format.rawValue)
            }
            let tells = target.profile.events.contains { $0.message == index } && decoded.isJSON == true
            let known = decoded.values.contains { raw in raw != nil && raw != .missing(.decode) }
            if !known, !tells { said.shape = PayloadShape.text(payload, listed: paths(of: index)) }
        }
        if said.presence == nil, said.message == nil { return nil }
        said.text = String(decoding: payload.prefix(ReceivedMessage.longest), as: UTF8.self)
        return said
    }

    /// The paths that the profile reads in a message.
    private func paths(of message: Int) -> [JSONPath] {
        target.profile.points.compactMap { point in
            guard case .message(message, let path?, _) = point.origin else { return nil }
            return path
        }
    }

    /// The paths that the profile reads in the message on a topic; none for a bare value.
    func wanted(on topic: String) -> [String] {
        messages[ExactText(topic)].map { paths(of: $0).map(\.description) } ?? []
    }
}
