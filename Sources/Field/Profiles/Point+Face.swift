public import Domain

extension Point {
    /// The point as payloads and people see it.
    public var face: PointFace { PointFace(name: name, unit: publishedUnit, fields: fields, words: words) }
}
