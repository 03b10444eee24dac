import Domain
import Profiles

/// One device that publishes: its reports, one for each of its messages, and its events.
struct MQTTDevice: Sendable {
    struct Publication: Equatable, Sendable {
        var topic: String
        var payload: [UInt8]
        var retained = false
    }

    /// The present time: in the models, on the wall clock, and the offset of local time from UTC.
    struct Moment: Sendable {
        var seconds: Double
        var time: Instant
        var localOffset: Int64
    }

    /// The most events reported at once, even when more vehicles passed since the last report.
    private static let mostEvents = 20

    let id: String
    let interval: Duration
    let model: DeviceModel
    private let access: MQTTAccess
    private let node: String
    private let chance: Chance
    private let traffic: TrafficModel
    private let casting: EventCasting

    init(id: String, node: String, interval: Duration, model: DeviceModel, access: MQTTAccess, chance: Chance) {
        self.id = id
        self.node = node
        self.interval = interval
        self.model = model
        self.access = access
        self.chance = chance
        traffic = TrafficModel(chance: chance.child("passages"), peak: 0.25, day: model.day)
        casting = EventCasting(chance: chance.child("events"), measures: model.profile.measures)
    }

    /// The message that the device is there, or gone.
    func availability(online: Bool) -> Publication? {
        access.availability.map {
            Publication(
                topic: topic($0.topic),
                payload: Array((online ? $0.online : $0.offline).utf8),
                retained: true
            )
        }
    }

    /// The messages of one tick: a report for each message that no event makes, and the events since the tick before.
    func publications(since last: Moment, at now: Moment) -> [Publication] {
        let values = model.values(at: now.seconds)
        return access.messages.indices.flatMap { index -> [Publication] in
            let message = access.messages[index]
            let topic = topic(message.topic)
            let rules = model.profile.events.filter { $0.message == index }
            if rules.isEmpty {
                return report(index, values, at: now).map { [Publication(topic: topic, payload: $0)] } ?? []
            }
            let happened = events(from: last.seconds, to: now.seconds)
            return happened.flatMap { number -> [Publication] in
                let rule = rules[Int(number % Int64(rules.count))]
                let base = document(index, values, at: now).json ?? .null
                return casting.story(rule, number: number, base: base, message: message, at: now)
                    .map { Publication(topic: topic, payload: MessageWriter.text($0)) }
            }
        }
    }

    /// The device's topic; a level that does not matter is 1.
    private func topic(_ pattern: String) -> String {
        MQTTAccess.topic(pattern, node: node).split(separator: "/", omittingEmptySubsequences: false)
            .map { $0 == "+" ? "1" : $0 }.joined(separator: "/")
    }

    /// The numbers of the events between two times, at most `mostEvents`.
    private func events(from: Double, to: Double) -> Range<Int64> {
        func count(_ seconds: Double) -> Int64 {
            switch model.profile.measures {
            case .traffic: traffic.count(at: seconds)
            // A deposit is reported when it is taken off.
            case .waste: Int64(((seconds + ScaleModel.period - 80) / ScaleModel.period).rounded(.down))
            default: Int64((seconds / 3_600).rounded(.down))
            }
        }
        let (first, last) = (count(from), count(to))
        return max(first, last - Int64(Self.mostEvents))..<max(first, last)
    }

    private func report(_ message: Int, _ values: [HeldValue?], at now: Moment) -> [UInt8]? {
        for (point, value) in zip(model.profile.points, values) {
            if case .message(message, path: nil, _) = point.origin, let value {
                if case .text(let text) = value { return Array(text.utf8) }
                let json = MessageWriter.json(value, in: point.text)
                if case .string(let text) = json { return Array(text.utf8) }
                return MessageWriter.text(json)
            }
        }
        let (json, whole) = document(message, values, at: now)
        return whole ?? json.map(MessageWriter.text)
    }

    /// The message's JSON; or its payload, where a part is the whole of it.
    private func document(
        _ message: Int,
        _ values: [HeldValue?],
        at now: Moment
    ) -> (json: DataValue?, whole: [UInt8]?) {
        var document: DataValue = .null
        var parts = PartWriter(access.messages[message])
        if let time = access.messages[message].time {
            let json = MessageWriter.json(now.time, as: time, localOffset: now.localOffset)
            switch time.place {
            case .path(let path): MessageWriter.put(json, at: path, in: &document)
            case .part(let place, _): parts.put(json, at: place)
            }
        }
        if let path = access.messages[message].nodeIn, !node.isEmpty {
            MessageWriter.put(.string(node), at: path, in: &document)
        }
        for (point, value) in zip(model.profile.points, values) {
            guard let value else { continue }
            switch point.origin {
            case .message(message, let path?, _):
                MessageWriter.put(MessageWriter.json(value, in: point.text), at: path, in: &document)
            case .part(let place) where place.message == message: parts.put(value, of: point, at: place)
            default: continue
            }
        }
        let whole = parts.finish(into: &document)
        return (document == .null ? nil : document, whole)
    }
}
