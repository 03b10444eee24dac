import Domain

@testable import Indicators

/// The points of the readings that the two days are made of.
enum CityPoint {
    static func bad(_ name: String) -> PointObservation {
        PointObservation(name: name, value: nil, quality: .bad, increase: nil, since: nil)
    }

    static func value(_ name: String, _ value: DecimalNumber) -> PointObservation {
        PointObservation(name: name, value: Fixed(value), quality: .good, increase: nil, since: nil)
    }

    /// A total that grew since a time, in milliseconds since 1970; a first one has no increase.
    static func increase(_ name: String, _ increase: DecimalNumber?, since: Int64?) -> PointObservation {
        PointObservation(
            name: name,
            value: .zero,
            quality: .good,
            increase: increase.flatMap { Fixed($0) },
            since: since.map { Instant(millisecondsSince1970: $0) }
        )
    }
}
