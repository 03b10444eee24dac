import Configuration
import Documents
import Domain
import Installation
import Profiles
import TestSupport
import Testing

/// `send` of a device: report by exception.
@Suite struct `What a device sends` {
    private static func device(_ send: String) -> String {
        Wrong.good.replacing("    unit: 1\n", with: "    unit: 1\n    send: \(send)\n")
    }

    private static func policy(_ send: String) throws -> SendPolicy {
        let log = ProblemLog()
        let read = ConfigurationReader.read(
            text: device(send),
            file: "g.yaml",
            catalogue: Shipped.catalogue,
            log: log
        )
        #expect(log.problems.map(\.description) == [])
        return try #require(read?.devices.first { $0.id == "flow-soyo" }).send
    }

    @Test func `is each reading, unless its configuration says otherwise`() throws {
        #expect(try !Self.policy("{ when: always }").isByException)
        let policy = try Self.policy(
            "{ when: changed, deadband: { discharge: 0.05, velocity: 1 %, errors: any }, at_least_every: 1h }"
        )
        #expect(policy.isByException)
        #expect(policy.deadbands["discharge"] == .absolute(DecimalNumber(5).shifted(by: -2)))
        #expect(policy.deadbands["velocity"] == .percent(DecimalNumber(1)))
        #expect(policy.deadbands["errors"] == .any)
        #expect(policy.longestPause == .seconds(3_600))
        #expect(try Self.policy("{ when: changed }").longestPause == .seconds(300))
    }

    @Test(
        arguments: [
            (
                "{ deadband: { discharge: 1 } }",
                "send: \"when\" is missing: write \"when: changed\", or each reading goes out"
            ),
            ("{ when: change }", "send.when: unknown word \"change\"; did you mean \"changed\"?"),
            (
                "{ when: changed, deadband: { flow: 1 } }",
                "send.deadband.flow: no point is named \"flow\"; "
            ),
            (
                "{ when: changed, deadband: { discharge: -1 } }",
                "send.deadband.discharge: a distance is not less than 0"
            ),
            (
                "{ when: changed, deadband: { discharge: 0,05 } }",
                "send.deadband.discharge: a comma begins a new entry here; for the number 0,05 write 0.05"
            ),
            (
                "{ when: changed, deadband: { discharge: 101 % } }",
                "send.deadband.discharge: beyond 100 % every value says the same; write a smaller one"
            ),
            (
                "{ when: changed, deadband: { discharge: 1 l/s } }",
                "send.deadband.discharge: expected a number such as 0.05, hundredths such as 1 %, or any, found "
            ),
            (
                "{ when: changed, at_least_every: 2s }",
                "send.at_least_every: at_least_every of 2s is shorter than the interval of 5s: each reading goes out"
            ),
            ("{ when: changed, deadbands: {} }", "send.deadbands: unknown key; did you mean \"deadband\"?"),
        ]
    )
    func `that cannot be is told`(send: String, problem: String) {
        let told = Wrong("send", text: Self.device(send)).told()
        #expect(told.contains { $0.contains("devices.flow-soyo." + problem) }, "\(told)")
    }

    @Test func `goes out at each poll of a device that is read seldom, without a word about a time nobody wrote`()
        throws
    {
        let log = ProblemLog()
        let read = ConfigurationReader.read(
            text: Self.device("{ when: changed }").replacing("    interval: 5s\n", with: "    interval: 10min\n"),
            file: "g.yaml",
            catalogue: Shipped.catalogue,
            log: log
        )
        #expect(log.problems.map(\.description) == [])
        #expect(read?.devices.first { $0.id == "flow-soyo" }?.send.longestPause == .seconds(600))
    }

    @Test func `is what its profile suggests where the device says nothing`() throws {
        let text = """
            profile: meter
            name: Meter
            measures: water
            source: test
            modbus: { numbering: from_0, word_order: ABCD }
            send: { when: changed, deadband: { level: 0.01, flow: 2 % }, at_least_every: 10min }
            points:
              level: { holding: 0, type: uint16, unit: m, decimals: 2 }
              flow: { holding: 1, type: uint16, unit: L/s }
              open: { coil: 0 }

            """
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "meter.yaml", log: log))
        let profile = try #require(ProfileReader.read(map, expectedID: nil, hash: "hash"))
        #expect(log.problems.map(\.description) == [])
        #expect(profile.send.deadbands.count == 2)
        let own = SendPolicy(deadbands: ["flow": .absolute(.zero)], atLeastEvery: .seconds(60))
        let whole = own.over(profile.send)
        #expect(whole.isByException)
        #expect(whole.deadbands["level"] == .absolute(DecimalNumber(1).shifted(by: -2)))
        #expect(whole.deadbands["flow"] == .absolute(.zero))
        #expect(whole.longestPause == .seconds(60))
        let rules = try #require(whole.rules(for: profile.publicPoints.map { profile.points[$0].face }))
        #expect(rules.deadbands == [.absolute(DecimalNumber(1).shifted(by: -2)), .absolute(.zero), nil])
    }
}
