import Domain
import Testing

@testable import Buses

@Suite struct `News about the quality of values` {
    private static let shape = ReadingShape(
        site: "s",
        device: "d",
        points: ["a", "b"].map { PointFace(name: $0, unit: nil) }
    )

    private static func reading(_ samples: [Sample?]) -> Reading {
        Reading(
            shape: shape,
            stamp: Stamp(time: Instant(millisecondsSince1970: 0), clock: .synchronised, boot: "b", uptime: at(0)),
            samples: samples
        )
    }

    private static let good = Sample(value: .integer(1))
    private static func unmet(_ why: String) -> Sample { Sample(value: .integer(0), reason: .condition, why: why) }

    @Test func `come once for each change, for all points together`() {
        var news = QualityNews()
        #expect(news.take(Self.reading([Self.good, Self.good])) == [])
        let bad = Self.reading([Self.unmet("x"), Self.unmet("x")])
        #expect(news.take(bad) == [.init(points: ["a", "b"], why: "x")])
        #expect(news.take(bad) == [])
        #expect(news.take(Self.reading([Self.unmet("y"), nil])) == [.init(points: ["a"], why: "y")])
        #expect(news.take(Self.reading([.bad(.timeout), .bad(.timeout)])) == [])
        #expect(news.take(Self.reading([Self.good, Self.good])) == [.init(points: ["a", "b"], why: nil)])
    }
}
