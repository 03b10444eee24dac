import Decoding
public import Domain
import Normalizing
import Profiles

/// What a probe learned of one device.
public struct DeviceReport: Sendable {
    public var target: ProbeTarget
    /// One for each public point of the profile; nil where nothing told of it. Empty when nothing came at all.
    public var samples: [Sample?]
    /// What the samples were made of, one for each point of the profile; empty when nothing came, and of MQTT devices.
    var raw: [RawValue?] = []
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

    /// What the first public point means that is bad although the device answers; nil when none is.
    var findingOfBadPoint: Finding? {
        for (index, sample) in samples.enumerated() {
            if let sample, sample.quality == .bad {
                return target.finding(ofBadPoint: target.profile.publicPoints[index], sample, raw)
            }
        }
        return nil
    }
}

extension ProbeTarget {
    /// What a bad value of a device that answers means.
    ///
    /// - Parameters:
    ///   - index: into the profile's points.
    ///   - raw: what the registers held; empty of an MQTT device.
    fileprivate func finding(ofBadPoint index: Int, _ sample: Sample, _ raw: [RawValue?]) -> Finding {
        let point = profile.points[index]
        let order = raw.isEmpty ? nil : wordOrder(for: index, raw)
        if sample.reason == .decode, let order {
            return Finding(.wordOrder, seen: Sentence(FaultPhrase.misordered, order.name, order.own), next: order.next)
        }
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
                next: order?.next ?? Sentence(FaultPhrase.compareWithDisplay)
            )
        }
        if sample.reason == .outOfRange, case .weir(let weir) = point.origin {
            return Finding(
                .outOfRange,
                seen: Sentence(FaultPhrase.headOutside, point.name, profile.points[weir.level].name),
                next: Sentence(FaultPhrase.surveyZero, "\(weir.zero) m")
            )
        }
        return Finding(
            nil,
            seen: Sentence(FaultPhrase.notValid, point.name, sample.reason?.word ?? ""),
            next: Sentence(FaultPhrase.seeOwnDisplay)
        )
    }
}

extension ProbeTarget {
    /// The word order that fits a bad point best, and what to say of it.
    private func wordOrder(for index: Int, _ raw: [RawValue?]) -> (name: String, own: String, next: Sentence)? {
        let fits = Normalizer(points: profile.points).fittingOrders(of: index, raw)
        // Of several, the one that looks most like something measured: without a range, any number fits.
        let plausible = fits.first { RegisterFaces.plausibleFloats.contains($0.value.double?.magnitude ?? 0) }
        guard let fit = plausible ?? fits.first else { return nil }
        let point = profile.points[fit.point]
        let digits = fit.value.decimal?.rounded(toSignificantDigits: 6).description ?? fit.value.description
        let value = digits + (point.publishedUnit.map { " \($0.code)" } ?? "")
        let own = raw[fit.point]?.value?.description ?? ""
        return (point.name, own, Sentence(FaultPhrase.tryWordOrder, fit.order.rawValue, value, point.name))
    }
}
