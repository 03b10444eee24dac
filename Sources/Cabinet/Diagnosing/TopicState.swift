import Domain
import Normalizing
import Profiles

/// What one MQTT device has said since the probe listens.
struct TopicState: Sendable {
    let decoder: TopicDecoder
    private var normalizer: Normalizer
    private(set) var samples: [Sample?]
    private var fresh: Set<Int> = []
    private var retained: Set<Int> = []
    /// A message in which nothing was where the profile looks for it: its topic and its shape.
    private var misshapen: (topic: String, shape: String)?
    private var isOffline = false
    private var isOnline = false

    init(_ decoder: TopicDecoder) {
        self.decoder = decoder
        normalizer = Normalizer(points: decoder.target.profile.points)
        samples = Array(repeating: nil, count: decoder.target.profile.publicPoints.count)
    }

    var target: ProbeTarget { decoder.target }

    /// Whether every message of the profile has come, fresh.
    var isComplete: Bool { fresh.count == decoder.messages.count }

    mutating func accept(_ said: TopicMessage, stamp: Stamp) {
        if let presence = said.presence { (isOnline, isOffline) = presence }
        guard let message = said.message else { return }
        if let shape = said.shape {
            misshapen = (said.topic, shape)
            return
        }
        if said.isRetained { retained.insert(message.index) } else { fresh.insert(message.index) }
        let new = normalizer.normalize(message.values, stamp: stamp, retained: said.isRetained)
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
                seen: Sentence(BrokerPhrase.offline, decoder.availability?.text ?? ""),
                next: Sentence(BrokerPhrase.checkOffline)
            )
        }
        if let misshapen, fresh.isEmpty {
            return Finding(
                .payloadShape,
                seen: Sentence(BrokerPhrase.shape, misshapen.topic, misshapen.shape),
                next: Sentence(BrokerPhrase.compareShape, decoder.wanted(on: misshapen.topic))
            )
        }
        // A device that only tells of events may have had none.
        if fresh.isEmpty, !(isOnline && samples.isEmpty) {
            return Finding(
                .topicSilent,
                seen: Sentence(
                    retained.isEmpty ? BrokerPhrase.silent : .onlyRetained,
                    decoder.messages.keys.map(\.text).sorted().joined(separator: ", "),
                    waited.spoken
                ),
                next: Sentence(BrokerPhrase.checkPublisher, target.node)
            )
        }
        return nil
    }
}
