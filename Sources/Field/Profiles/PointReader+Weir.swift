import Documents
import Domain

/// Reads the `weir` of a computed point.
extension PointReader {
    func weir(_ map: DocumentMap) -> Weir? {
        let level = map.required("level").flatMap(index)
        let angle = map.required("angle")?.number()?.double
        let coefficient = map.required("coefficient")?.number()?.double
        let zero = map.required("zero")?.number()
        let correction = map.optional("head_correction")?.number()
        let greatest = map.optional("greatest_head")?.number()
        let surveyed = map.optional("surveyed")?.date()
        if let correction, !(0...0.01).contains(correction.double) {
            map.optional("head_correction")?.fail("outside 0 to 0.01 m")
        }
        if let greatest, greatest <= .zero { map.optional("greatest_head")?.fail("must be greater than 0 m") }
        if let angle, !(20...120).contains(angle) { map.optional("angle")?.fail("outside 20 to 120 degrees") }
        if let coefficient, coefficient <= 0 { map.optional("coefficient")?.fail("must be greater than 0") }
        map.finish()
        guard let level, let angle, let coefficient, let zero else { return nil }
        return Weir(
            level: level,
            angle: angle,
            coefficient: coefficient,
            zero: zero,
            headCorrection: correction,
            greatestHead: greatest,
            surveyed: surveyed
        )
    }

    /// A weir's level must be a length and its result a discharge: other units could not be converted.
    static func checkWeirs(_ points: [Point], entries: [(name: String, node: DocumentNode)]) {
        guard let metre = Unit("m"), let cubicMetres = Unit("m3/s") else { return }
        for (index, point) in points.enumerated() {
            guard case .weir(let weir) = point.origin, let map = entries[index].node.mapping() else { continue }
            let level = points[weir.level]
            if let unit = level.unit, !unit.isConvertible(to: metre) {
                map.optional("weir")?.fail("the level of a weir is a length; \(level.name) is in \(unit)")
            }
            if let unit = point.unit, !unit.isConvertible(to: cubicMetres) {
                map.optional("unit")?.fail("a weir's discharge cannot be in \(unit); m3/s, m3/h and L/s are possible")
            }
        }
    }
}
