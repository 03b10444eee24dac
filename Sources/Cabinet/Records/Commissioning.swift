import Control
package import Diagnosing
package import Domain
package import Installation
import Modbus
import Profiles

/// The subject of a commissioning record, before anything has been read.
package struct Commissioning: Sendable {
    /// What the device's display showed, and for which point.
    package struct Expectation: Sendable, Hashable {
        package var point: String
        package var display: DisplayValue

        package init(point: String, display: DisplayValue) {
            self.point = point
            self.display = display
        }
    }

    package var target: ProbeTarget
    package var endpoint: String
    /// `rtu`, `tcp`, `text` or `mqtt`.
    package var framing: String
    package var by: String
    package var program: String
    package var expectations: [Expectation]
    /// In the display's unit; nil means one step of the display's last digit.
    package var tolerance: Double?
    /// The gateway's id, for a device that is in a configuration.
    package var gateway: String?
    package var configurationHash: String?
    package var serial: String?
    package var site: String?

    package init(
        _ target: ProbeTarget,
        at kind: Configuration.Bus.Kind,
        by: String,
        program: String,
        expectations: [Expectation],
        tolerance: Double? = nil
    ) {
        self.target = target
        self.by = by
        self.program = program
        self.expectations = expectations
        self.tolerance = tolerance
        switch kind {
        case .modbus(let bus):
            endpoint = bus.description
            framing = bus.framing.rawValue
        case .stream(let line):
            endpoint = line.description
            framing = "text"
        case .mqtt(let broker):
            endpoint = broker.addresses.map(\.description).joined(separator: ", ")
            framing = "mqtt"
        }
    }

    /// Adds the device's identity in a configuration.
    package mutating func identify(_ device: Device, in configuration: Configuration) {
        gateway = configuration.gateway
        configurationHash = configuration.hash
        serial = device.serial
        site = [device.site.name, device.site.kelurahan, device.site.kecamatan].compactMap { $0 }
            .joined(separator: ", ")
    }

    /// Makes the record from what was read.
    ///
    /// - Parameters:
    ///   - reports: in order; the displays are compared with the first.
    ///   - isWhole: whether everything was read.
    ///   - told: what was seen and what to check next, in the words of the record's language.
    package func record(
        _ reports: [DeviceReport],
        isWhole: Bool,
        began: Stamp,
        ended: Stamp,
        told: (seen: String?, next: String?)
    ) -> CommissioningRecord {
        let comparisons = expectations.map { compare($0, reports.first) }
        let finding = reports.lazy.compactMap(\.finding).first
        let exchanges = reports.flatMap(\.exchanges)
        let isWell = isWhole && !reports.isEmpty && reports.allSatisfy(\.isWell)
        return CommissioningRecord(
            program: program,
            gateway: gateway,
            configurationHash: configurationHash,
            device: target.device,
            serial: serial,
            site: site,
            profile: target.profile.id,
            profileName: target.profile.name,
            profileHash: target.profile.hash,
            bus: target.bus,
            endpoint: endpoint,
            framing: framing,
            unit: target.profile.modbus == nil ? nil : Int(target.unit.number),
            by: by,
            began: began.time.description,
            ended: ended.time.description,
            clock: ended.clock.rawValue,
            rounds: reports.count,
            ok: isWell && comparisons.allSatisfy(\.ok),
            diagnosis: finding?.diagnosis?.rawValue,
            seen: told.seen,
            next: told.next,
            comparisons: comparisons,
            points: points(reports.last),
            requests: CommissioningRecord.Requests(exchanges),
            latency: CommissioningRecord.Latency(exchanges.filter(\.isAnswered).map(\.latency)),
            frames: CommissioningRecord.frames(of: exchanges),
            messages: target.profile.modbus == nil ? reports.last?.messages.map(CommissioningRecord.Message.init) : nil
        )
    }

    /// Whether anything was asked: a record of a line that nobody could open would prove nothing.
    package static func isProved(by reports: [DeviceReport]) -> Bool { reports.contains(where: \.isAsked) }

    private func points(_ report: DeviceReport?) -> [CommissioningRecord.PointReading] {
        guard let report else { return [] }
        return zip(target.faces, report.samples).compactMap { face, sample in
            sample.map {
                CommissioningRecord.PointReading(
                    name: face.name,
                    value: $0.value.map { StatusValue($0) },
                    unit: face.unit?.code,
                    quality: $0.quality.rawValue,
                    reason: $0.reason?.word,
                    shown: ShownValue(face, $0)
                )
            }
        }
    }

    private func compare(_ expectation: Expectation, _ report: DeviceReport?) -> CommissioningRecord.Comparison {
        let display = expectation.display
        let index = target.faces.firstIndex { $0.name == expectation.point }
        let sample = index.flatMap { index in
            report.flatMap { $0.samples.indices.contains(index) ? $0.samples[index] : nil }
        }
        let published = index.flatMap { target.faces[$0].unit }
        var reading = sample?.value?.double
        if let unit = display.unit, let published, published.isConvertible(to: unit) {
            reading = reading.map { published.convert($0, to: unit) }
        }
        let tolerance = tolerance ?? display.step
        let difference = reading.map { $0 - display.number.double }
        // A difference that comes only from decimal digits in binary does not count.
        let grain = abs(display.number.double) * 1e-7
        let shown = sample?.value
        let isConverted = display.unit != nil && display.unit != published
        return CommissioningRecord.Comparison(
            point: expectation.point,
            display: display.text,
            reading: isConverted
                ? reading.flatMap { DecimalNumber($0, significantDigits: 7) }.map { StatusValue(.decimal($0)) }
                : shown.map { StatusValue($0) },
            unit: (display.unit ?? published)?.code,
            difference: difference.flatMap { DecimalNumber($0, significantDigits: 6)?.double },
            tolerance: tolerance,
            ok: difference.map { abs($0) <= tolerance + grain } ?? false
        )
    }
}
