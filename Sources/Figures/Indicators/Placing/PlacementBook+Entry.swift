import Domain
import Installation
import Profiles

extension PlacementBook.Entry {
    init(_ placement: Placement) {
        self.init(
            device: placement.device,
            key: placement.key,
            site: placement.spot.site,
            kelurahan: placement.spot.kelurahan,
            kecamatan: placement.spot.kecamatan,
            road: placement.spot.road.map(SavedRoad.init),
            gauge: placement.spot.gauge,
            profile: placement.profile.hash,
            intervalMilliseconds: placement.interval.wholeMilliseconds,
            isVerified: placement.isVerified,
            expectedFrom: placement.expectedFrom.map(\.description),
            labels: placement.labels.flatMap { [$0.key, $0.value] },
            weighing: placement.weighing.map(SavedWeighing.init),
            address: placement.address,
            added: placement.added?.millisecondsSince1970,
            since: placement.since?.millisecondsSince1970,
            until: placement.until?.millisecondsSince1970
        )
    }
}

extension Placement {
    init(_ entry: PlacementBook.Entry, _ profile: Profile) {
        device = entry.device
        key = entry.key
        spot = Spot(
            site: entry.site,
            kelurahan: entry.kelurahan,
            kecamatan: entry.kecamatan,
            road: entry.road?.road,
            gauge: entry.gauge
        )
        self.profile = profile
        interval = .milliseconds(entry.intervalMilliseconds)
        isVerified = entry.isVerified
        expectedFrom = entry.expectedFrom.flatMap { Day($0) }
        labels = stride(from: 0, to: entry.labels.count - 1, by: 2).map { (entry.labels[$0], entry.labels[$0 + 1]) }
        weighing = entry.weighing?.weighing
        address = entry.address
        added = entry.added.map { Instant(millisecondsSince1970: $0) }
        since = entry.since.map { Instant(millisecondsSince1970: $0) }
        until = entry.until.map { Instant(millisecondsSince1970: $0) }
    }

    /// Continues that entry, because it is the same placement.
    mutating func goOn(as entry: PlacementBook.Entry) {
        key = entry.key
        added = entry.added.map { Instant(millisecondsSince1970: $0) }
        since = entry.since.map { Instant(millisecondsSince1970: $0) }
    }
}

/// A site's road as it is saved; numbers as text.
struct SavedRoad: Codable, Equatable, Sendable {
    struct Direction: Codable, Equatable, Sendable {
        var word: String
        var capacity: String?
        var lanes: Int
    }

    var capacity: String?
    var capacityMethod: String?
    var carUnits: String?
    var levels: String?
    var targetLevel: String?
    var lanes: Int
    var directions: [Direction]
    var classMix: [String: String]

    init(_ road: Road) {
        capacity = road.capacity?.description
        capacityMethod = road.capacityMethod
        carUnits = road.carUnits
        levels = road.levels
        targetLevel = road.targetLevel
        lanes = road.lanes
        directions = road.directions.map {
            Direction(word: $0.word, capacity: $0.capacity?.description, lanes: $0.lanes)
        }
        classMix = road.classMix.mapValues(\.description)
    }

    var road: Road {
        Road(
            capacity: capacity.flatMap { DecimalNumber($0) },
            capacityMethod: capacityMethod,
            carUnits: carUnits,
            levels: levels,
            targetLevel: targetLevel,
            lanes: lanes,
            directions: directions.map {
                Road.Direction(word: $0.word, capacity: $0.capacity.flatMap { DecimalNumber($0) }, lanes: $0.lanes)
            },
            classMix: classMix.compactMapValues { DecimalNumber($0) }
        )
    }
}

/// A scale's own settings as they are saved.
struct SavedWeighing: Codable, Equatable, Sendable {
    var minimum: String?
    var tare: String?
    var stableMilliseconds: Int64?

    init(_ weighing: Weighing) {
        minimum = weighing.minimum?.description
        tare = weighing.tare?.description
        stableMilliseconds = weighing.stable?.wholeMilliseconds
    }

    var weighing: Weighing {
        Weighing(
            minimum: minimum.flatMap { DecimalNumber($0) },
            tare: tare.flatMap { DecimalNumber($0) },
            stable: stableMilliseconds.map { .milliseconds($0) }
        )
    }
}
