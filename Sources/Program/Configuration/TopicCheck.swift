import Documents
import Domain
import Installation
import Profiles

/// Topics with patterns that several devices of one broker would listen to.
enum TopicCheck {
    private struct Use {
        var device: Device
        var message: String
        var filter: TopicFilter
        /// Whether the payload says which of several devices it is of.
        var isNamed: Bool
    }

    /// Reports each device that a message of another one would reach too. Two that have the very same pattern may share
    /// it on purpose, so that is advice.
    static func check(devices: [Device], entries: [(name: String, node: DocumentNode)]) {
        let listening = devices.filter { $0.profile.mqtt?.messages.contains { $0.topic.contains("+") } ?? false }
        for bus in Set(listening.map(\.bus)).sorted() {
            let uses = devices.filter { $0.bus == bus }.flatMap { device in
                (device.profile.mqtt?.messages ?? []).map { message in
                    Use(
                        device: device,
                        message: message.name,
                        filter: TopicFilter(MQTTAccess.topic(message.topic, node: device.node)),
                        isNamed: message.nodeIn != nil && !device.node.isEmpty
                    )
                }
            }
            for (index, use) in uses.enumerated() {
                let other = uses[..<index].first { other in
                    (other.filter.isPattern || use.filter.isPattern) && other.filter.overlaps(use.filter)
                        && (other.filter != use.filter || other.device.id != use.device.id)
                        && !(other.isNamed && use.isNamed)
                }
                guard let other else { continue }
                let node = entries.first { $0.name == use.device.id }?.node
                if other.filter == use.filter {
                    node?.advise(
                        "\(use.filter) is of \"\(other.device.id)\" too: each message there is read as one of both "
                            + "devices"
                    )
                } else if other.device.id == use.device.id {
                    node?.failCheckName(
                        "a message may be both \"\(other.message)\" and \"\(use.message)\": \(other.filter) and "
                            + "\(use.filter) match the same topics"
                    )
                } else {
                    node?.failCheckName(
                        "\(use.filter) and \(other.filter) of \"\(other.device.id)\" match the same topics: a message "
                            + "there would be of both devices"
                    )
                }
            }
        }
    }
}
