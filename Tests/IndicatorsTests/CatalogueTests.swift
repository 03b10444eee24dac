import Documents
import Indicators
import TestSupport
import Testing

@Suite struct `The shipped catalogue` {
    @Test func `has no problems and every id of the contract`() throws {
        let log = ProblemLog()
        let catalogue = try #require(
            IndicatorCatalogue.read(file: Repository.root + "/config/indicators.yaml", log: log),
            "\(log.problems)"
        )
        #expect(
            catalogue.indicators.map(\.id) == [
                "traffic-volume", "traffic-flow-pcu", "traffic-speed", "traffic-saturation",
                "traffic-level-of-service", "traffic-peak-hour", "waste-collected", "waste-deposits",
                "waste-units-active", "water-discharge", "water-volume", "water-level", "water-availability",
                "water-quality-compliance", "water-drinking-compliance", "water-anomaly",
            ]
        )
    }
}
