import Decoding
import Domain
import Installation
import Normalizing
import Profiles

/// Turns one device's raw values into readings: its shape, its normalizer and its remembered state.
struct ReadingMaker: Sendable {
    let device: Device
    let shape: ReadingShape
    private(set) var normalizer: Normalizer
    /// What its readings say about conditions.
    var news = QualityNews()

    /// - Parameter recall: returns what was stored with an earlier reading, by its key.
    init(device: Device, recalling recall: (_ key: String) -> [UInt8]?) {
        self.device = device
        let points = device.profile.points
        let faces = device.profile.publicPoints.map { points[$0].face }
        shape = ReadingShape(
            site: device.site.id,
            device: device.id,
            points: faces,
            comesInParts: device.profile.modbus == nil || points.contains { $0.every != nil },
            sends: device.send.rules(for: faces)
        )
        let remembered = recall(Self.key(device.id)).flatMap { bytes in
            // An earlier edition of the profile read the same counters.
            device.profile.editions.lazy
                .map { CounterBaselines.decode(bytes, meter: Self.meter(device, profile: $0)) }
                .first { !$0.isEmpty }
        }
        normalizer = Normalizer(points: points, interval: device.interval, baselines: remembered ?? [:])
    }

    private static func key(_ device: String) -> String { "counters/" + device }

    /// What a counter's baseline applies to: this device, at this place on its bus, read by this version of its
    /// profile.
    private static func meter(_ device: Device, profile hash: String) -> String {
        "\(device.serial ?? "-") \(device.bus) \(device.unit) \(device.node) \(hash)"
            .replacing("\n", with: " ")
    }

    /// Makes a reading from measured values.
    ///
    /// - Parameter doubt: why the age of all values is not certain.
    mutating func reading(
        _ raw: [RawValue?],
        stamp: Stamp,
        missed: Int = 0,
        thinned: Int = 0,
        spread: Duration? = nil,
        sourceTime: Instant? = nil,
        doubt: Reason? = nil
    ) -> Reading {
        Reading(
            shape: shape,
            stamp: stamp,
            samples: normalizer.normalize(raw, stamp: stamp, sourceTime: sourceTime, doubt: doubt),
            missed: missed,
            thinned: thinned,
            spread: spread,
            sourceTime: sourceTime
        )
    }

    /// Makes a reading of unknown values, with the reason.
    ///
    /// - Parameter why: what was found, for people on site.
    func reading(unknown reason: Reason, why: String? = nil, stamp: Stamp, missed: Int = 0) -> Reading {
        Reading(
            shape: shape,
            stamp: stamp,
            samples: Array(repeating: Sample(value: nil, reason: reason, why: why), count: shape.points.count),
            missed: missed
        )
    }

    /// The device was silent: equal samples before and after that are not in a row.
    mutating func interrupted() { normalizer.interrupted() }

    /// The counters' baselines, to be stored with the reading that set them; nil for a device without counters.
    var remembering: (key: String, value: [UInt8])? {
        guard normalizer.hasCounters, !normalizer.baselines.isEmpty else { return nil }
        let meter = Self.meter(device, profile: device.profile.hash)
        return (Self.key(device.id), CounterBaselines.encode(normalizer.baselines, meter: meter))
    }
}
