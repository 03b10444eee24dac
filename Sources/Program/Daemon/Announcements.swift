import Domain
import Forwarding
import Installation
import JSON
import Journal
import Profiles

/// The retained messages that say who the gateway and its devices are.
enum Announcements {
    /// The contract's meta message of a device.
    static func meta(_ device: Device, gateway: String) -> [UInt8] {
        var members: [(String, DataValue)] = [
            ("v", .integer(1)), ("gateway", .string(gateway)), ("site", site(device.site)),
            ("device", .string(device.id)),
            ("profile", .string(device.profile.id)), ("name", .string(device.profile.name)),
            ("measures", .string(device.profile.measures.rawValue)),
        ]
        if let owner = device.owner { members.append(("owner", .string(owner))) }
        if let verified = device.verified {
            members.append(("verified", object([("by", .string(verified.by)), ("on", .string(verified.on))])))
        } else {
            members.append(("verified", .bool(false)))
        }
        if let serial = device.serial { members.append(("serial", .string(serial))) }
        if !device.labels.isEmpty {
            members.append(("labels", object(device.labels.map { ($0.key, .string($0.value)) })))
        }
        members.append(("interval_ms", .integer(device.interval.wholeMilliseconds)))
        members.append(("points", object(device.profile.publicPoints.map { point(device.profile.points[$0]) })))
        return text(members)
    }

    private static func point(_ point: Point) -> (String, DataValue) {
        var members: [(String, DataValue)] = []
        if let unit = point.publishedUnit { members.append(("unit", .string(unit.code))) }
        if point.counter != nil { members.append(("counter", .bool(true))) }
        if let range = point.range { members.append(("range", self.range(range, of: point))) }
        return (point.name, object(members))
    }

    /// In the published unit, as the values are.
    private static func range(_ range: ClosedRange<DecimalNumber>, of point: Point) -> DataValue {
        let bounds = [range.lowerBound, range.upperBound].map { bound -> DecimalNumber in
            guard let unit = point.unit, let publish = point.publish, unit != publish else { return bound }
            return DecimalNumber(unit.convert(bound.double, to: publish), significantDigits: 15) ?? bound
        }
        return .array(bounds.map { .number(.decimal($0)) })
    }

    private static func site(_ site: Site) -> DataValue {
        var members: [(String, DataValue)] = [("id", .string(site.id)), ("name", .string(site.name))]
        if let kelurahan = site.kelurahan { members.append(("kelurahan", .string(kelurahan))) }
        if let kecamatan = site.kecamatan { members.append(("kecamatan", .string(kecamatan))) }
        if let latitude = site.latitude { members.append(("latitude", .number(.decimal(latitude)))) }
        if let longitude = site.longitude { members.append(("longitude", .number(.decimal(longitude)))) }
        return object(members)
    }

    static func object(_ members: [(String, DataValue)]) -> DataValue {
        .object(members.map { DataValue.Member($0.0, $0.1) })
    }

    static func text(_ members: [(String, DataValue)]) -> [UInt8] {
        var json = JSONText(reserving: 1_024)
        json.object(members)
        return json.bytes
    }
}
