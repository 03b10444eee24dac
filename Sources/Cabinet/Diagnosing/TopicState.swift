import Decoding
package import Domain
import Normalizing
import Profiles

/// What one MQTT device has said since the probe started to listen.
package struct TopicState: Sendable {
    let decoder: TopicDecoder
    private var normalizer: Normalizer
    private(set) var samples: [Sample?]
    /// The last values, one for each point of the profile.
    private var raw: [RawValue?]
    private var fresh: Set<Int> = []
    private var retained: Set<Int> = []
    /// A message that has nothing at the profile's paths: its topic and its structure.
    private var misshapen: (topic: String, shape: String)?
    /// The newest message on each topic.
    private var said: [String: ReceivedMessage] = [:]
    private var timeNote: TimeNote?
    private var isOffline = false
    private var isOnline = false

    package init(_ decoder: TopicDecoder) {
        self.decoder = decoder
        normalizer = Normalizer(points: decoder.target.profile.points)
        samples = Array(repeating: nil, count: decoder.target.profile.publicPoints.count)
        raw = Array(repeating: nil, count: decoder.target.profile.points.count)
    }

    package var target: ProbeTarget { decoder.target }

    /// Whether every message of the profile has come live, not only retained.
    package var isComplete: Bool { fresh.count == decoder.messages.count }

    package mutating func accept(_ said: TopicMessage, stamp: Stamp) {
        self.said[said.topic] = ReceivedMessage(
            at: stamp.time,
            topic: said.topic,
            isRetained: said.isRetained,
            payload: said.text
        )
        if let presence = said.presence { (isOnline, isOffline) = presence }
        guard let message = said.message else { return }
        if let shape = said.shape {
            misshapen = (said.topic, shape)
            return
        }
        timeNote = TimeNote.of(said, at: stamp)
        if said.isRetained { retained.insert(message.index) } else { fresh.insert(message.index) }
        var new = normalizer.normalize(message.values, stamp: stamp, doubt: said.isRetained ? .retained : nil)
        new.explain(said.whys, points: target.profile.publicPoints)
        for (place, sample) in new.enumerated() where sample != nil { samples[place] = sample }
        for (place, value) in message.values.enumerated() where value != nil { raw[place] = value }
    }

    /// - Parameter waited: how long the probe listened.
    package func report(waited: Duration) -> DeviceReport {
        var report = DeviceReport(target: target)
        if samples.contains(where: { $0 != nil }) {
            report.samples = samples
            report.raw = raw
        }
        report.messages = said.values.sorted { ($0.at, $0.topic) < ($1.at, $1.topic) }
        report.hasListened = true
        report.timeNote = timeNote
        report.finding = finding(waited: waited)
        if report.finding == nil { report.finding = report.findingOfBadPoint }
        return report
    }

    private func finding(waited: Duration) -> Finding? {
        if isOffline, fresh.isEmpty { return .offline(topic: decoder.availability?.description ?? "") }
        if let misshapen, fresh.isEmpty {
            return .payloadShape(
                topic: misshapen.topic,
                shape: misshapen.shape,
                wanted: decoder.wanted(on: misshapen.topic)
            )
        }
        // A device that only reports events may have had none.
        if fresh.isEmpty, !(isOnline && samples.isEmpty) {
            return .topicSilent(
                topics: decoder.messages.map(\.description).sorted(),
                waited: waited,
                onlyRetained: !retained.isEmpty,
                node: target.node
            )
        }
        return nil
    }
}
