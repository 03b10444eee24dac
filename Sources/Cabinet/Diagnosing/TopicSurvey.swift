import Decoding
package import Domain
package import Profiles

/// Finds out which devices speak at a broker: compares topics and payloads with the profiles that listen. Pure.
package struct TopicSurvey: Sendable {
    /// A device that a profile fits.
    package struct Find: Hashable, Sendable {
        package var profile: String
        /// Nil where the profile's topics have no place for one.
        package var node: String?
        /// The topics on which it was heard.
        package var topics: [String]
        /// How many of the profile's messages came, and how many there are.
        package var heard: Int
        package var of: Int
        /// The longest time between two live messages of a topic; nil where none came twice.
        package var interval: Duration?
        /// What its `interval` is to be, in whole seconds: how often it reports. A minute where it was not heard twice,
        /// and where its messages come when something happens, or are rows of an interval of their own.
        package var usualInterval: Duration
        /// How many of the profile's points had a value, in thousandths.
        var share: Int
    }

    private struct Key: Hashable {
        var profile: String
        var node: String
    }

    private struct Heard {
        var decoder: TopicDecoder
        var profile: Profile
        var topics: Set<String> = []
        var messages: Set<Int> = []
        var points: Set<Int> = []
        var last: [String: Uptime] = [:]
        var interval: Duration?

        /// Messages that come at once are one: a device may send the same again, or in parts.
        mutating func note(_ topic: String, at now: Uptime) {
            if let first = last[topic] {
                let gap = now - first
                if gap < .milliseconds(500) { return }
                interval = max(interval ?? .zero, gap)
            }
            last[topic] = now
        }
    }

    /// A broker of a whole city has more; a person reads no more.
    private static let mostTopics = 5_000

    private let profiles: [Profile]
    private var heard: [Key: Heard] = [:]
    private var unknown: Set<String> = []
    private var known: Set<String> = []
    /// The structure of a message on topics that belong to no profile; of the first ones, as a person reads no more.
    private var shapes: [String: String] = [:]
    private static let mostShapes = 50
    /// How many messages came.
    package private(set) var messages = 0

    package init(profiles: [Profile]) { self.profiles = profiles.filter { $0.mqtt != nil } }

    /// How many topics spoke.
    package var topics: Int { known.count + unknown.count }

    /// The topics that belong to no profile, in order.
    package var unknownTopics: [String] { unknown.subtracting(known).sorted() }

    /// The structure of a message on a topic that belongs to no profile, without its contents.
    package func shape(on topic: String) -> String? { shapes[topic] }

    /// The devices that were recognised; of two profiles that fit the same topics, the one of which more came is first.
    package var finds: [Find] {
        heard.filter { !$0.value.messages.isEmpty }.map { key, heard in
            let messages = heard.profile.mqtt?.messages ?? []
            let hasNode = messages.contains { $0.topic.contains("{node}") }
            return Find(
                profile: key.profile,
                node: hasNode ? key.node : nil,
                topics: heard.topics.sorted(),
                heard: heard.messages.count,
                of: messages.count,
                interval: heard.interval,
                usualInterval: Self.usualInterval(of: heard.profile, heard: heard.interval),
                share: heard.points.count * 1_000 / max(1, heard.profile.points.count)
            )
        }
        .sorted {
            // Sensors of one maker send the same channels: the profile of which most came is the likeliest.
            ($0.topics[0], $1.heard * $0.of, $1.share, $0.profile) < (
                $1.topics[0], $0.heard * $1.of, $0.share, $1.profile
            )
        }
    }

    private static func usualInterval(of profile: Profile, heard gap: Duration?) -> Duration {
        guard let gap, let access = profile.mqtt, !access.reportsChangesOnly, profile.events.isEmpty,
            access.messages.allSatisfy({ $0.row == nil })
        else { return .seconds(60) }
        return .seconds(max(1, Int(gap.inSeconds.rounded())))
    }

    /// - Parameter payload: what a gateway publishes by its contract belongs to no device, and is left out.
    package mutating func add(_ payload: [UInt8], on topic: String, isRetained: Bool, at now: Uptime) {
        if Self.isOfGateway(topic, payload) { return }
        messages += 1
        if topics >= Self.mostTopics, !known.contains(topic), !unknown.contains(topic) { return }
        var isKnown = false
        for profile in profiles {
            for node in Self.nodes(of: profile, on: topic) {
                let key = Key(profile: profile.id, node: node)
                var device =
                    heard[key]
                    ?? Heard(
                        decoder: TopicDecoder(
                            ProbeTarget(profile: profile, bus: "", unit: UnitID(1), node: node),
                            gatewayOffset: { _ in 0 }
                        ),
                        profile: profile
                    )
                guard let said = device.decoder.decode(payload, on: topic, isRetained: isRetained) else { continue }
                // A payload of another shape is another device's topic that only looks alike.
                guard said.shape == nil else { continue }
                device.topics.insert(topic)
                if let message = said.message {
                    device.messages.insert(message.index)
                    device.points.formUnion(message.values.indices.filter { message.values[$0]?.value != nil })
                }
                if !isRetained, said.message != nil { device.note(topic, at: now) }
                heard[key] = device
                isKnown = true
            }
        }
        if isKnown {
            known.insert(topic)
            return
        }
        unknown.insert(topic)
        if shapes.count < Self.mostShapes || shapes[topic] != nil {
            shapes[topic] = PayloadShape.text(payload, listed: [])
        }
    }

    /// Whether it is a message of the contract, such as `<prefix>/readings/<gateway>/...`: these name their gateway.
    private static func isOfGateway(_ topic: String, _ payload: [UInt8]) -> Bool {
        let kinds: Set<Substring> = ["readings", "backfill", "events", "indicators", "meta", "gateways"]
        let parts = topic.split(separator: "/")
        return parts.dropFirst().contains { kinds.contains($0) }
            && String(decoding: payload.prefix(300), as: UTF8.self).contains("\"gateway\":\"")
    }

    /// The nodes for which one of the profile's topics is this one.
    private static func nodes(of profile: Profile, on topic: String) -> Set<String> {
        guard let access = profile.mqtt else { return [] }
        let patterns = access.messages.map(\.topic) + [access.availability?.topic].compactMap(\.self)
        return Set(patterns.compactMap { MQTTAccess.node(in: topic, of: $0) })
    }
}
