public import Domain
import JSON
import Synchronization

/// The forms of readings; each is made once for its device.
public final class ReadingForms: Sendable {
    private struct Known: Sendable {
        /// Retained, so that no other shape gets the same address.
        var shape: ReadingShape
        var form: BodyForm
    }

    private let known = Mutex<[ObjectIdentifier: Known]>([:])

    public init() {}

    /// Returns the form of all readings of that shape. A shape that a reload replaced is dropped at its successor's
    /// first reading.
    public func form(of shape: ReadingShape) -> BodyForm {
        known.withLock { known in
            if let found = known[ObjectIdentifier(shape)] { return found.form }
            known = known.filter { $0.value.shape.device != shape.device || $0.value.shape.site != shape.site }
            let form = BodyForm(of: shape)
            known[ObjectIdentifier(shape)] = Known(shape: shape, form: form)
            return form
        }
    }
}

extension BodyForm {
    /// Makes the JSON of a reading that has a sample for each point: one gap for the value, and one for the members
    /// besides value and unit.
    public convenience init(of shape: ReadingShape) {
        var text = JSONText()
        var gaps: [Int] = []
        text.raw("\"points\":{")
        for (index, point) in shape.points.enumerated() {
            if index > 0 { text.raw(",") }
            text.string(point.name)
            text.raw(":{\"value\":")
            gaps.append(text.count)
            if let unit = point.unit {
                text.raw(",\"unit\":")
                text.string(unit.code)
            }
            gaps.append(text.count)
            text.raw("}")
        }
        text.raw("}")
        self.init(rising: gaps, in: text.bytes)
    }
}
