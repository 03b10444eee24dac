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
    /// Why points have no value, by their index, where a part of the message is damaged.
    var whys: [Int: String] = [:]
    /// The structure of the message, when it has nothing at the profile's paths.
    var shape: String?
}

/// Reads what one device publishes, by its profile. It has no state: messages are decoded outside any lock.
package struct TopicDecoder: Sendable {
    let target: ProbeTarget
    /// What the profile's messages come on, in their order.
    let messages: [TopicFilter]
    let availability: TopicFilter?
    private let table: TopicTable<Int>
    private let decoder: PayloadDecoder

    package init(_ target: ProbeTarget, gatewayOffset: @escaping @Sendable (Instant) -> Int64) {
        self.target = target
        let access = target.profile.mqtt
        messages = (access?.messages ?? []).map { TopicFilter(MQTTAccess.topic($0.topic, node: target.node)) }
        var table = TopicTable<Int>()
        for (index, filter) in messages.enumerated() { table.add(index, at: filter) }
        self.table = table
        availability = access?.availability.map { TopicFilter(MQTTAccess.topic($0.topic, node: target.node)) }
        decoder = PayloadDecoder(profile: target.profile, node: target.node, gatewayOffset: gatewayOffset)
    }

    package var topics: [TopicFilter] { messages + (availability.map { [$0] } ?? []) }

    /// Nil for a message of another device.
    package func decode(_ payload: [UInt8], on name: String, isRetained: Bool) -> TopicMessage? {
        var said = TopicMessage(topic: name, isRetained: isRetained)
        if let availability, availability.matches(name), let words = target.profile.mqtt?.availability {
            said.presence = (words.isOnline(payload), words.isOffline(payload))
        }
        if let index = table[name].first {
            let decoded = decoder.decode(payload, message: index)
            if decoded.isOfAnother { return nil }
            said.message = (index, decoded.values)
            (said.sourceTime, said.timeFault) = (decoded.sourceTime, decoded.timeFault)
            if let time = target.profile.mqtt?.messages[index].time {
                (said.timePath, said.timeFormat) = ("\(time.place)", time.format.rawValue)
            }
            let tells = target.profile.events.contains { $0.message == index } && decoded.isJSON == true
            let known = decoded.values.contains { raw in raw != nil && raw != .missing(.decode) }
            if !known, !tells {
                said.shape = PayloadShape.text(payload, listed: target.profile.paths(in: index))
                for fault in decoded.faults { said.shape? += "; " + fault.words }
            }
            said.whys = decoded.whys
        }
        if said.presence == nil, said.message == nil { return nil }
        said.text = Self.text(payload)
        return said
    }

    /// The beginning of a payload; bytes that are no text in hexadecimal.
    private static func text(_ payload: [UInt8]) -> String {
        let beginning = payload.prefix(ReceivedMessage.longest)
        guard String(validating: payload, as: UTF8.self) == nil else {
            return String(decoding: beginning, as: UTF8.self)
        }
        let digits = beginning.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        return "bytes \(digits.prefix(ReceivedMessage.longest))"
    }

    /// The paths that the profile reads in the message on a topic; none for a bare value.
    func wanted(on topic: String) -> [String] {
        table[topic].first.map { target.profile.paths(in: $0).map(\.description) } ?? []
    }
}
