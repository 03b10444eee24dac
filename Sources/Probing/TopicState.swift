import Decoding
import Domain
import MQTT
import Normalizing
import Profiles

/// What one MQTT device has said since the probe listens.
struct TopicState: Sendable {
    let target: ProbeTarget
    /// By topic: the index of the profile's message.
    let messages: [String: Int]
    let availability: String?
    private let decoder: PayloadDecoder
    private var normalizer: Normalizer
    private(set) var samples: [Sample?]
    private var fresh: Set<Int> = []
    private var retained: Set<Int> = []
    /// A message in which nothing was where the profile looks for it: its topic and its shape.
    private var misshapen: (topic: String, shape: String)?
    private var isOffline = false
    private var isOnline = false

    init(_ target: ProbeTarget, gatewayOffset: @escaping @Sendable (Instant) -> Int64) {
        self.target = target
        let access = target.profile.mqtt
        var messages: [String: Int] = [:]
        for (index, message) in (access?.messages ?? []).enumerated() {
            messages[MQTTAccess.topic(message.topic, node: target.node)] = index
        }
        self.messages = messages
        availability = access?.availability.map { MQTTAccess.topic($0.topic, node: target.node) }
        decoder = PayloadDecoder(profile: target.profile, gatewayOffset: gatewayOffset)
        normalizer = Normalizer(points: target.profile.points)
        samples = Array(repeating: nil, count: target.profile.publicPoints.count)
    }

    var topics: [String] { messages.keys + (availability.map { [$0] } ?? []) }

    /// Whether every message of the profile has come, fresh.
    var isComplete: Bool { fresh.count == messages.count }

    mutating func accept(_ message: MQTTReceived, stamp: Stamp) {
        if message.topic == availability {
            let text = String(decoding: message.payload, as: UTF8.self)
            isOffline = text == target.profile.mqtt?.availability?.offline
            isOnline = text == target.profile.mqtt?.availability?.online
        }
        guard let index = messages[message.topic] else { return }
        let decoded = decoder.decode(message.payload, message: index)
        let tells = target.profile.events.contains { $0.message == index } && JSONTree.parse(message.payload) != nil
        let known = decoded.values.contains { raw in raw != nil && raw != .missing(.decode) }
        guard known || tells else {
            misshapen = (message.topic, PayloadShape.text(message.payload, listed: paths(of: index)))
            return
        }
        if message.retained { retained.insert(index) } else { fresh.insert(index) }
        let new = normalizer.normalize(decoded.values, stamp: stamp, retained: message.retained)
        for (place, sample) in new.enumerated() where sample != nil { samples[place] = sample }
    }

    /// - Parameter waited: how long was listened.
    func report(waited: Duration) -> DeviceReport {
        var report = DeviceReport(target: target)
        if samples.contains(where: { $0 != nil }) { report.samples = samples }
        report.finding = finding(waited: waited)
        if report.finding == nil { report.finding = report.findingOfBadPoint }
        return report
    }

    private func finding(waited: Duration) -> Finding? {
        if isOffline, fresh.isEmpty {
            return Finding(
                .topicSilent,
                seen: Sentence(BrokerPhrase.offline, availability ?? ""),
                next: Sentence(BrokerPhrase.checkOffline)
            )
        }
        if let misshapen, fresh.isEmpty {
            return Finding(
                .payloadShape,
                seen: Sentence(BrokerPhrase.shape, misshapen.topic, misshapen.shape),
                next: Sentence(BrokerPhrase.compareShape, wanted(on: misshapen.topic))
            )
        }
        // A device that only tells of events may have had none.
        if fresh.isEmpty, !(isOnline && samples.isEmpty) {
            return Finding(
                .topicSilent,
                seen: Sentence(
                    retained.isEmpty ? BrokerPhrase.silent : .onlyRetained,
                    messages.keys.sorted().joined(separator: ", "),
                    waited.spoken
                ),
                next: Sentence(BrokerPhrase.checkPublisher, target.node)
            )
        }
        return nil
    }

    private func paths(of message: Int) -> [JSONPath] {
        target.profile.points.compactMap { point in
            guard case .message(message, let path?, _) = point.origin else { return nil }
            return path
        }
    }

    private func wanted(on topic: String) -> String {
        let paths = messages[topic].map { self.paths(of: $0) } ?? []
        return paths.isEmpty ? "a bare value" : paths.map(\.description).joined(separator: ", ")
    }
}
