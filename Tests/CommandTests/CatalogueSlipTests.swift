import TestSupport
import Testing

extension Commands {
    /// The catalogue has a word that nothing has: `check` refuses it, but no box stops because of it.
    @Suite struct `A slip in the catalogue` {
        private let desk: Desk

        init() throws {
            desk = try Desk()
            try desk.configure()
            try desk.write(
                """
                indicators:
                  water-level:
                    name: { id: Muka air, en: Water level }
                    theme: environment
                    dimension: environment
                    unit: m
                    method: { name: mean, source: the tests }
                    measure: mean
                    from: [{ measures: water, values: [levle] }, { measures: water, values: [salinity] }]
                    windows: [day]
                    scopes: [device]

                """,
                to: "indicators.yaml"
            )
        }

        private static let words =
            "indicators.yaml:9:40: indicators.water-level.from.0.values.0: no profile that measures water has a point "
            + "\"levle\"; did you mean \"level\"?"

        @Test func `check refuses it with the file's own name, its place and the nearest word`() throws {
            let (status, text) = try desk.gateway("check")
            #expect(status == 2)
            #expect(text == "\(desk.folder)/\(Self.words)\n1 problem")
        }

        @Test func `run starts, and says that it is left out`() throws {
            let child = try desk.run()
            defer { child.stop() }
            let line = try #require(child.line(with: "left out of the indicators"))
            #expect(line.contains("levle"))
            #expect(child.line(with: "gateway runs") != nil)
        }

        /// An upgrade and a reload ask this: what ran before continues to run.
        @Test func `what is startable passes, with the slip and unknown words as notes`() throws {
            let (status, text) = try desk.gateway("check", "--startable")
            #expect(status == 0)
            #expect(text.contains("  \(desk.folder)/\(Self.words)\n"))
            #expect(text.contains("  the catalogue names points that no profile has: salinity\n"))
        }

        @Test func `what run refuses is not startable`() throws {
            try desk.configure(devices: "  flow: { profile: metre, bus: line, unit: 1, site: pond, interval: 1s }")
            #expect(try desk.gateway("check", "--startable").status == 2)
        }
    }
}
