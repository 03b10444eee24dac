import Contract
public import Domain
public import Installation
import MQTT
import Profiles

/// A reading as a device will make it, with values as long as its profile's document prints them; for reckoning what
/// it costs.
public struct SampleReading: Sendable {
    public var reading: Reading
    public var perDay: ClosedRange<Double>

    /// Every kind of reading that a device makes: one of a device that is polled, one for each message of an MQTT
    /// device, which is taken to come as often as the device's interval says.
    ///
    /// - Parameter stamp: the time of the reading.
    public static func all(of device: Device, at stamp: Stamp) -> [SampleReading] {
        let profile = device.profile
        let shape = ReadingShape(
            site: device.site.id,
            device: device.id,
            points: profile.publicPoints.map { profile.points[$0].face },
            comesInParts: profile.modbus == nil || profile.points.contains { $0.every != nil }
        )
        let most = 86_400 / max(device.interval, device.atMostEvery ?? .zero).inSeconds
        // All may say the same, and then one goes out after the longest pause.
        let least = device.send.isByException ? min(most, 86_400 / device.send.longestPause.inSeconds) : most
        let rate = least...most
        guard let messages = profile.mqtt?.messages else {
            return polled(device, shape, stamp, rate)
        }
        return messages.indices.compactMap { message in
            let carried = profile.publicPoints.map { carrier(of: $0) == message }
            guard carried.contains(true) else { return nil }
            let reading = reading(device, shape, stamp, where: { carried[$0] })
            return SampleReading(reading: reading, perDay: rate)
        }

        func carrier(of index: Int) -> Int? {
            switch profile.points[index].origin {
            case .field(let reference): profile.points[reference.point].origin.message
            case .weir(let weir): profile.points[weir.level].origin.message
            default: profile.points[index].origin.message
            }
        }
    }

    /// A point with a rhythm of its own is in some of the readings only.
    private static func polled(
        _ device: Device,
        _ shape: ReadingShape,
        _ stamp: Stamp,
        _ rate: ClosedRange<Double>
    ) -> [SampleReading] {
        let points = device.profile.publicPoints.map { device.profile.points[$0] }
        let slow = points.compactMap(\.every).filter { $0 > device.interval }
        let whole = reading(device, shape, stamp) { _ in true }
        guard let longest = slow.max() else { return [SampleReading(reading: whole, perDay: rate)] }
        let often = reading(device, shape, stamp) { (points[$0].every ?? .zero) <= device.interval }
        let seldom = min(86_400 / longest.inSeconds, rate.upperBound)
        let (least, most) = (max(0, rate.lowerBound - seldom), rate.upperBound - seldom)
        return [
            SampleReading(reading: often, perDay: least...most),
            SampleReading(reading: whole, perDay: min(seldom, rate.lowerBound)...seldom),
        ]
    }

    private static func reading(
        _ device: Device,
        _ shape: ReadingShape,
        _ stamp: Stamp,
        where isCarried: (Int) -> Bool
    ) -> Reading {
        let samples = device.profile.publicPoints.enumerated().map { place, index -> Sample? in
            guard isCarried(place) else { return nil }
            let point = device.profile.points[index]
            let value = typical(point, in: device.profile)
            guard point.counter != nil else { return Sample(value: value) }
            return Sample(
                value: value,
                increase: increase(beside: value),
                since: stamp.time + (.zero - device.interval)
            )
        }
        let timed = device.profile.mqtt?.messages.contains { $0.time != nil } ?? false
        return Reading(shape: shape, stamp: stamp, samples: samples, sourceTime: timed ? stamp.time : nil)
    }

    /// The value of middle length among those that the profile's document prints; without any, a usual one.
    private static func typical(_ point: Point, in profile: Profile) -> Value {
        let printed = profile.vectors.flatMap(\.values).filter { $0.point == point.name }.compactMap(\.value.text)
            .sorted { $0.utf8.count < $1.utf8.count }
        if !printed.isEmpty { return value(printed[printed.count / 2]) }
        if !point.fields.isEmpty { return .unsigned(0) }
        switch point.origin {
        case .message(_, _, .string): return text
        case .message(_, _, .bool): return .bool(false)
        case .part(let place): if case .text(.string) = place.form { return text }
        default: break
        }
        return .decimal(usual)
    }

    private static let text = Value.string("abcdefghijkl")
    private static let usual = DecimalNumber(negative: false, magnitude: 123_456, exponent: -3)

    private static func value(_ text: String) -> Value {
        if let whole = Int64(text) { return .integer(whole) }
        if let number = DecimalNumber(text) { return .decimal(number) }
        if text == "true" || text == "false" { return .bool(text == "true") }
        return .string(text)
    }

    /// A small one with the decimals of the total.
    private static func increase(beside total: Value) -> Value {
        guard let exponent = total.decimal?.exponent, exponent < 0 else { return .integer(12) }
        return .decimal(DecimalNumber(negative: false, magnitude: 12, exponent: Int(exponent)))
    }

    /// The reading as the journal would hold it.
    func entry(_ gateway: String, _ epoch: String, seq: UInt64) -> JournalEntry {
        let (content, form) = EntryBody.encode(reading, ReadingForms())
        return JournalEntry(
            row: Int64(seq),
            gateway: gateway,
            epoch: epoch,
            seq: seq,
            kind: .reading,
            site: reading.shape.site,
            device: reading.shape.device,
            stamp: reading.stamp,
            content: content,
            form: form
        )
    }
}
