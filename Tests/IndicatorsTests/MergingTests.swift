import Domain
import TestSupport
import Testing

@testable import Indicators

@Suite struct `Merged parts` {
    /// A day of three meters at two sites, with everything that figures use.
    private static func bench() throws -> EngineBench {
        var bench = try EngineBench()
        var generator = SplitMix(seed: 6)
        for index in 0..<400 {
            let device = ["flow-soyo", "flow-bulus", "flow-new"][index % 3]
            let time = at("21 00:00") + .seconds(Int64.random(in: 0..<86_400, using: &generator))
            bench.append(
                device,
                time,
                .increase(
                    "volume",
                    "\(Int.random(in: 0...9, using: &generator)).\(Int.random(in: 0...9999, using: &generator))"
                ),
                index % 17 == 0
                    ? .bad("discharge") : .good("discharge", "\(Int.random(in: 1...40, using: &generator)).25")
            )
        }
        for (device, point) in [("scale-1", "net"), ("scale-2", "weight")] {
            for minute in 0..<20 {
                let time = at("21 10:00") + .seconds(60 * minute)
                bench.append(device, time, .good(point, minute % 2 == 0 ? "\(minute).5" : "0"))
            }
        }
        return bench
    }

    @Test(arguments: [
        ("water-volume", ["site-sumber-soyo", "site-sumber-bulus"], "kecamatan-pesantren"),
        ("water-volume", ["site-sumber-soyo"], "kelurahan-bawang"),
        ("water-volume", ["kelurahan-bawang", "kelurahan-tosaren"], "kecamatan-pesantren"),
        ("water-volume", ["device-flow-soyo", "device-flow-bulus", "device-flow-new"], "gateway"),
        ("water-discharge", ["site-sumber-soyo", "site-sumber-bulus"], "gateway"),
        ("waste-collected", ["kelurahan-tosaren"], "gateway"), ("waste-units", ["kelurahan-tosaren"], "gateway"),
    ]) func `are what the whole is computed from`(indicator: String, scopes: [String], whole: String) throws {
        var bench = try Self.bench()
        let kind: WindowKind = .day
        var parts: Figure.Parts?
        var (expected, received, excluded) = (0, 0, 0)
        var sum = Ratio.zero
        for scope in scopes {
            let figure = try bench.figure(indicator, scope, kind, at("21 10:00"))
            parts = parts?.merged(with: figure.parts) ?? figure.parts
            if case .number(let number) = figure.value, let value = Fixed(number) { sum += Ratio(value) }
            expected += figure.expected
            received += figure.received
            excluded += figure.excluded
        }
        let figure = try bench.figure(indicator, whole, kind, at("21 10:00"))
        #expect(figure.parts == parts)
        #expect((figure.expected, figure.received, figure.excluded) == (expected, received, excluded))
        // And the value follows from the parts as docs say.
        let merged = try #require(parts)
        switch figure.indicator.measure {
        case .sum: #expect(figure.value == .number(merged.sum.decimal))
        case .distinct: #expect(figure.value == .number(DecimalNumber(merged.devices)))
        default:
            // A sum of means is the sum of the values, to the seven digits of each.
            guard case .number(let value) = figure.value else { throw NoNumber() }
            #expect(abs(value.double - sum.rounded().double) < 2e-5)
        }
    }

    @Test func `stand whole in scopes that other gateways share`() throws {
        var bench = try Self.bench()
        let json = try bench.payload("water-volume", "kecamatan-pesantren", .day, at("21 10:00"))
        #expect(json["partial"] == true)
        #expect(json["parts"].keys == ["merging", "count", "sum", "integral", "seconds", "within", "devices"])
        #expect(json["parts"]["sum"] == json["value"])
        #expect(json["parts"]["devices"] == 2)
    }

    @Test(arguments: [
        ("water-volume", "site-sumber-soyo", ["merging", "count", "sum"]),
        ("water-volume", "device-flow-soyo", ["merging", "count", "sum"]),
        ("water-volume", "gateway", ["merging", "count", "sum"]),
        ("water-discharge", "site-sumber-soyo", ["merging"]), ("waste-units", "gateway", ["merging", "devices"]),
    ]) func `are those that the measure needs in scopes of one gateway`(
        indicator: String,
        scope: String,
        members: [String]
    ) throws {
        var bench = try Self.bench()
        let json = try bench.payload(indicator, scope, .day, at("21 10:00"))
        #expect(json["partial"] == .absent)
        #expect(json["parts"].keys == Set(members))
    }

    @Test func `of a share are those of each of its words too`() throws {
        var bench = try EngineBench()
        for minute in 0..<61 {
            bench.append("ph-soyo", at("21 10:00") + .seconds(60 * minute), .good("ph", minute < 30 ? "9.5" : "7.25"))
        }
        let parts = try bench.payload("water-quality", "site-sumber-soyo", .hour, at("21 10:00"))["parts"]
        #expect(parts.keys == ["merging", "seconds", "within", "by"])
        #expect(parts["merging"] == "share")
        #expect(parts["by"]["parameter"]["ph"].keys == ["seconds", "within"])
        #expect(parts["by"]["parameter"]["ph"]["seconds"] == 3_600)
        #expect(parts["by"]["parameter"]["ph"]["within"] == 1_800)
    }

    @Test(arguments: [
        ("traffic-level", "site-simpang-4", WindowKind.hour), ("traffic-peak", "site-simpang-4", .day),
    ]) func `are absent from what belongs to one place`(indicator: String, scope: String, window: WindowKind) throws {
        var bench = try Self.bench()
        let json = try bench.payload(indicator, scope, window, at("21 10:00"))
        #expect(json["parts"] == .absent)
    }

    private struct NoNumber: Error {}
}
