import Configuration
import Documents
import Testing

@Suite struct `The id of the example` {
    private func slips() -> [Problem] {
        let text = """
            gateway: kdr-soyo-01
            sites: { s: { name: S } }
            buses: { a: { serial: /dev/null } }
            devices: { d: { bus: a, profile: tuf-2000m, unit: 1, site: s, interval: 5s } }
            destinations: { city: { mqtt: "mqtts://broker-1.example:8883" } }
            storage: { path: /tmp, limit: 64MB }
            """
        let log = ProblemLog()
        _ = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        return log.slips
    }

    /// Init is what runs, so that it must not advise to run it.
    @Test func `is refused, and init does not advise to run itself`() {
        let slip = slips().first { $0.keyPath == "gateway" }
        #expect(slip?.message.description.hasSuffix("or run: gateway init") == true)
        let said = slip.map(ExampleCheck.saidByInit)
        #expect(said?.message.description.hasSuffix("its own destinations") == true)
        #expect(said?.place == slip?.place)
    }
}
