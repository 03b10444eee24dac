public import Domain

/// How people are shown a point and its value, where that differs from what stands in payloads.
public struct ShownValue: Codable, Hashable, Sendable {
    /// In place of the point's name.
    public var label: Label?
    /// The value in the unit of the display; nil where it is shown as published.
    public var value: StatusValue?
    public var unit: String?
    /// The word of the value, or the flags of a status word that are set.
    public var meanings: [Label]?

    /// - Returns: nil where the point is shown as it stands in payloads.
    public init?(_ face: PointFace, _ sample: Sample) {
        let meanings = sample.value.map { face.meanings(of: $0) } ?? []
        let shown = sample.value.map { face.shown($0) }
        if face.words?.label == nil, face.words?.show == nil, meanings.isEmpty { return nil }
        label = face.words?.label
        if let shown, shown.unit != face.unit {
            value = StatusValue(shown.value)
            unit = shown.unit?.code
        }
        self.meanings = meanings.isEmpty ? nil : meanings
    }
}
