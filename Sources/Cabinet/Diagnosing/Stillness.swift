import Domain
import Profiles

/// Finds a value that stands still while the device's others move: pure.
struct Stillness: Sendable {
    /// After this many readings without a change, a point may be frozen.
    static let enough = 10

    private var last: [Value?]
    private var reads: [Int]
    private var changes: [Int]
    private let points: [Point]

    init(_ profile: Profile) {
        points = profile.publicPoints.map { profile.points[$0] }
        last = Array(repeating: nil, count: points.count)
        reads = Array(repeating: 0, count: points.count)
        changes = Array(repeating: 0, count: points.count)
    }

    mutating func add(_ samples: [Sample?]) {
        for (index, sample) in samples.enumerated() {
            guard let value = sample?.value, sample?.quality != .bad else { continue }
            if let before = last[index], before != value { changes[index] += 1 }
            last[index] = value
            reads[index] += 1
        }
    }

    /// The point that stands still, and in how many readings; nil when none does, or when nothing else moves either.
    ///
    /// Counters and whole numbers rest for good reasons, and so does a zero: only measurements with a fraction never
    /// quite stand still.
    var frozen: (point: Point, reads: Int)? {
        let moves = changes.indices.contains { changes[$0] * 2 >= reads[$0] && reads[$0] >= Self.enough }
        guard moves else { return nil }
        for index in points.indices where reads[index] >= Self.enough && changes[index] == 0 {
            if Self.isMeasured(points[index]), last[index]?.double != 0 { return (points[index], reads[index]) }
        }
        return nil
    }

    private static func isMeasured(_ point: Point) -> Bool {
        guard point.unit != nil, point.counter == nil, case .registers(_, let type, _) = point.origin else {
            return false
        }
        return type == .float32 || type == .float64 || point.decimals > 0 || point.scale != nil
    }
}
