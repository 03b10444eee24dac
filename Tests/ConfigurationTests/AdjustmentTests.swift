import Configuration
import Documents
import Domain
import Installation
import Profiles
import TestSupport
import Testing

/// `points` of a device: what its place adds to numbers of its profile.
@Suite struct `Adjustments of a device` {
    @Test func `are those of its points, and give the profile a hash of its own`() throws {
        let log = ProblemLog()
        let text = Wrong.good.replacing(
            "    unit: 1\n",
            with: "    unit: 1\n    points: { velocity: { offset: -0.5 }, volume: { factor: 20 } }\n"
        )
        let read = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        #expect(log.problems.map(\.description) == [])
        let device = try #require(read?.devices.first { $0.id == "flow-soyo" })
        #expect(device.adjustments["volume"] == Adjustment(factor: DecimalNumber(20)))
        let profile = try #require(Shipped.catalogue["tuf-2000m"])
        #expect(device.profile.hash == profile.hash + "+velocity:offset=-0.5;volume:factor=20")
        #expect(!device.profile.isEdition(profile.hash))
        let volume = try #require(device.profile.points.first { $0.name == "volume" })
        #expect(volume.adjustment?.factor == DecimalNumber(20) && volume.counter?.maxRate != nil)
    }

    @Test(
        arguments: [
            ("{ volum: { factor: 2 } }", "volum: \"volum\" is no point of profile tuf-2000m; did you mean \"volume\"?"),
            ("{ volume: { factor: 0 } }", "volume.factor: a factor of 0 makes every value 0"),
            ("{ volume: { factor: -1 } }", "volume.factor: a counter cannot count backwards"),
            ("{ volume: { offset: 5 } }", "volume.offset: a counter's total has no offset; take it away"),
            (
                "{ velocity: { zero: 5 } }",
                "velocity.zero: a height is a length, and velocity is in m/s; write \"offset\""
            ),
            ("{ velocity: {} }", "velocity: says nothing; write factor, offset or zero"),
            ("{ velocity: { scale: 5 } }", "velocity.scale: unknown key; known: factor, offset, zero"),
        ]
    )
    func `that cannot be are told`(points: String, problem: String) {
        let text = Wrong.good.replacing("    unit: 1\n", with: "    unit: 1\n    points: \(points)\n")
        let told = Wrong("adjustment", text: text).told()
        #expect(told.contains { $0.hasSuffix("devices.flow-soyo.points." + problem) }, "\(told)")
    }
}
