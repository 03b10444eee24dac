public import Domain
import Profiles

/// What a probe learned of one device.
public struct DeviceReport: Sendable {
    public var target: ProbeTarget
    /// One for each public point of the profile; nil where nothing told of it. Empty when nothing came at all.
    public var samples: [Sample?]
    /// The median of the requests that were answered; nil without one, and of MQTT devices.
    public var latency: Duration?
    /// Everything that was asked and what came of it; empty of MQTT devices.
    public var exchanges: [ProbeExchange]
    /// What is wrong; nil when the device answers and its values are good.
    public var finding: Finding?
    /// The daemon did not lend its bus: nothing is known.
    public var failure: ProbeFailure?

    public init(target: ProbeTarget) {
        self.target = target
        samples = []
        exchanges = []
    }

    public var isWell: Bool { finding == nil && failure == nil }

    /// Whether anything came of the device.
    public var isAnswered: Bool { exchanges.contains(where: \.isAnswered) || samples.contains { $0 != nil } }

    /// The first public point that is bad although the device answers, and its sample.
    var badPoint: (index: Int, sample: Sample)? {
        for (index, sample) in samples.enumerated() {
            if let sample, sample.quality == .bad { return (index, sample) }
        }
        return nil
    }
}

extension ProbeTarget {
    /// What a bad value of a device that answers means.
    func finding(ofBadPoint index: Int, _ sample: Sample) -> Finding {
        let point = profile.points[profile.publicPoints[index]]
        if sample.reason == .outOfRange, let range = point.range, let value = sample.value {
            let unit = point.publishedUnit.map { " \($0.code)" } ?? ""
            let own = point.unit.map { " \($0.code)" } ?? ""
            return Finding(
                .outOfRange,
                seen: Sentence(
                    FaultPhrase.outOfRange,
                    point.name,
                    "\(value)\(unit)",
                    "\(range.lowerBound)\(own)",
                    "\(range.upperBound)\(own)"
                ),
                next: Sentence(FaultPhrase.compareWithDisplay)
            )
        }
        return Finding(
            nil,
            seen: Sentence(FaultPhrase.notValid, point.name, sample.reason?.word ?? ""),
            next: Sentence(FaultPhrase.seeOwnDisplay)
        )
    }
}
