import Contract
import Domain
import Installation
import Profiles

extension DeviceMeta {
    /// Combines the configuration's and the profile's facts about a device.
    init(_ device: Device, gateway: String) {
        let points = device.profile.points
        self.init(
            gateway: gateway,
            site: Site(
                id: device.site.id,
                name: device.site.name,
                kelurahan: device.site.kelurahan,
                kecamatan: device.site.kecamatan,
                latitude: device.site.latitude,
                longitude: device.site.longitude
            ),
            device: device.id,
            profile: device.profile.id,
            name: device.profile.name,
            measures: device.profile.measures.rawValue,
            owner: device.owner,
            verified: device.verified.map { Verification(by: $0.by, on: $0.on) },
            serial: device.serial,
            labels: device.labels.map { .init($0.key, .string($0.value)) },
            set: device.profile.choices.map { .init($0.variant, .string($0.value)) },
            interval: device.interval,
            send: Self.members(of: device.send),
            points: device.profile.publicPoints.map { Point(points[$0], device.adjustments[points[$0].name]) }
        )
    }
}

extension DeviceMeta {
    private static func members(of policy: SendPolicy) -> [DataValue.Member] {
        guard policy.isByException else { return [] }
        let deadbands = policy.deadbands.sorted { $0.key < $1.key }.map { name, deadband -> DataValue.Member in
            switch deadband {
            case .absolute(let distance): .init(name, .number(.decimal(distance)))
            case .percent, .any: .init(name, .string("\(deadband)"))
            }
        }
        return [
            .init("when", .string(SendPolicy.When.changed.rawValue)),
            .init("at_least_every_ms", .integer(Int(policy.longestPause.wholeMilliseconds))),
            .init("deadband", .object(deadbands)),
        ]
    }
}

extension DeviceMeta.Point {
    init(_ point: Profiles.Point, _ adjustment: Adjustment?) {
        self.init(
            name: point.name,
            unit: point.publishedUnit?.code,
            isCounter: point.counter != nil,
            range: point.range.map { range in
                [range.lowerBound, range.upperBound].map { Self.published($0, of: point) }
            },
            label: point.words?.label,
            show: point.words?.show?.code,
            names: point.words?.names ?? [:],
            place: [
                ("factor", adjustment?.factor), ("offset", adjustment?.offset), ("zero", adjustment?.zero),
            ].compactMap { name, number in number.map { .init(name, .number(.decimal($0))) } }
        )
    }

    /// A bound in the published unit, as the values are.
    private static func published(_ bound: DecimalNumber, of point: Profiles.Point) -> DecimalNumber {
        guard let unit = point.unit, let publish = point.publish, unit != publish else { return bound }
        return DecimalNumber(unit.convert(bound.double, to: publish), significantDigits: 15) ?? bound
    }
}
