package import Decoding
package import Domain
import Modbus
import Normalizing
import Profiles

/// What a probe found out about one device.
package struct DeviceReport: Sendable {
    package var target: ProbeTarget
    /// One for each public point of the profile; nil where no message or register gave it. Empty when nothing came at
    /// all.
    package var samples: [Sample?]
    /// What the samples were made from, one for each point of the profile; empty when nothing came.
    package var raw: [RawValue?] = []
    /// The median latency of the answered requests; nil without one, and for MQTT devices.
    package var latency: Duration?
    /// Everything that was asked and its outcome; empty for MQTT devices.
    package var exchanges: [ProbeExchange]
    /// The newest message on each topic of an MQTT device.
    package var messages: [ReceivedMessage] = []
    /// Whether the broker took the subscriptions of an MQTT device, so that silence says something.
    package var hasListened = false
    /// What is wrong; nil when the device answers and its values are good.
    package var finding: Finding?
    /// What the device says of itself; nil where it says nothing, or was not asked.
    package var identity: DeviceIdentity?
    /// The other profile that the device answers like, when its own does not fit.
    package var likeness: ProfileMatch?
    /// Another program that has the serial port open too; nil where all is well.
    package var sharedWith: String?
    /// What is wrong with the time of an MQTT device's last message.
    package var timeNote: TimeNote?
    /// Why the daemon did not lend its bus: then nothing is known.
    package var failure: ProbeFailure?

    package init(target: ProbeTarget) {
        self.target = target
        samples = []
        exchanges = []
    }

    /// How many stray bytes came before the device's replies on a serial line; they were dropped.
    package var strayBytes: Int { exchanges.reduce(0) { $0 + $1.bytesBeforeReply } }

    package var isWell: Bool { finding == nil && failure == nil }

    /// Whether the device was asked: a request went out, or the probe listened to its topics.
    package var isAsked: Bool {
        hasListened || exchanges.contains { $0.frames.contains { $0.direction == .sent } }
    }

    /// Whether the device sent anything.
    package var isAnswered: Bool { exchanges.contains(where: \.isAnswered) || samples.contains { $0 != nil } }

    /// Fills in what is wrong, as soon as it is known whether others on the bus answer.
    package mutating func diagnose(at endpoint: ModbusEndpoint, othersAnswer: Bool?) {
        let judged = exchanges.filter { !target.profile.expects($0) }
        finding = Diagnoser(othersAnswer: othersAnswer).finding(of: judged, at: endpoint)
        if finding == nil { finding = findingOfBadPoint }
    }

    /// What it means that the first bad public point is bad although the device answers; nil when none is bad.
    var findingOfBadPoint: Finding? {
        for (index, sample) in samples.enumerated() {
            if let sample, sample.quality == .bad {
                return target.finding(ofBadPoint: target.profile.publicPoints[index], sample, raw)
            }
        }
        return raw.isEmpty ? nil : target.findingOfHugeValue(raw)
    }
}

extension ProbeTarget {
    /// A good value is not sure where it is greater than any measurement, and another word order makes it a likely one.
    fileprivate func findingOfHugeValue(_ raw: [RawValue?]) -> Finding? {
        for index in profile.publicPoints where raw.indices.contains(index) && raw[index]?.value?.isHuge == true {
            let fits = Normalizer(points: profile.points).fittingOrders(of: index, raw)
            let isLikely = fits.contains { RegisterFaces.plausibleFloats.contains($0.value.double?.magnitude ?? 0) }
            if isLikely, let order = wordOrder(for: index, raw) { return .tooGreat(order) }
        }
        return nil
    }
}

extension Profile {
    /// Whether the device only said that it has no such register, and the profile knows that some models lack it.
    fileprivate func expects(_ exchange: ProbeExchange) -> Bool {
        guard let code = exchange.error?.devicesOwnException, code == 2 || code == 3 else { return false }
        let asked = points.filter { point in
            guard case .registers(let range, _, _) = point.origin else { return false }
            return range.table == exchange.request.range.table
                && range.start < exchange.request.range.start + exchange.request.range.count
                && exchange.request.range.start < range.start + range.count
        }
        return !asked.isEmpty && asked.allSatisfy(\.isOptional)
    }
}

extension ProbeTarget {
    /// What it means that a device answers with a bad value.
    ///
    /// - Parameters:
    ///   - index: into the profile's points.
    ///   - raw: what the registers held, or the messages.
    fileprivate func finding(ofBadPoint index: Int, _ sample: Sample, _ raw: [RawValue?]) -> Finding {
        let point = profile.points[index]
        let order = raw.isEmpty ? nil : wordOrder(for: index, raw)
        if sample.reason == .decode, let order { return .misordered(order) }
        if sample.reason == .outOfRange, let range = point.range, let value = sample.value {
            let unit = point.publishedUnit.map { " \($0.code)" } ?? ""
            let own = point.unit.map { " \($0.code)" } ?? ""
            return .outOfRange(
                point: point.name,
                value: "\(value)\(unit)",
                least: "\(range.lowerBound)\(own)",
                greatest: "\(range.upperBound)\(own)",
                order: order
            )
        }
        if sample.reason == .outOfRange, case .weir(let weir) = point.origin {
            return .headOutside(point: point.name, level: profile.points[weir.level].name, zero: "\(weir.zero) m")
        }
        if sample.reason == .condition, !raw.isEmpty,
            let unmet = Normalizer(points: profile.points).unmet(by: raw, index), let found = unmet.found
        {
            return .condition(point: point.name, vouching: unmet.vouching, value: found, wanted: unmet.wanted)
        }
        return .notValid(point: point.name, reason: sample.reason)
    }

    /// The word order that fits a bad point best.
    private func wordOrder(for index: Int, _ raw: [RawValue?]) -> Finding.FittingOrder? {
        let fits = Normalizer(points: profile.points).fittingOrders(of: index, raw)
        // Takes the order whose value looks most like a measurement: without a range, any number fits.
        let plausible = fits.first { RegisterFaces.plausibleFloats.contains($0.value.double?.magnitude ?? 0) }
        guard let fit = plausible ?? fits.first else { return nil }
        let point = profile.points[fit.point]
        let digits = fit.value.decimal?.rounded(toSignificantDigits: 6).description ?? fit.value.description
        return Finding.FittingOrder(
            point: point.name,
            own: raw[fit.point]?.value?.description ?? "",
            order: fit.order,
            value: digits + (point.publishedUnit.map { " \($0.code)" } ?? "")
        )
    }
}
