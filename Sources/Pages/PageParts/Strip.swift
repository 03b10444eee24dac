/// 24 hours of counts or shares as a strip of bars, one a step; a step without a value stays empty.
package struct Strip: Sendable {
    private let values: [Double?]
    /// The value of a full bar; nil: the greatest value.
    private let full: Double?
    private let label: String

    package init(_ values: [Double?], full: Double? = nil, label: String) {
        self.values = values
        self.full = full
        self.label = label
    }

    package var html: HTML {
        let most = full ?? values.compactMap(\.self).max() ?? 0
        var path: [HTML] = []
        for (step, value) in values.enumerated() {
            guard let value, value > 0, most > 0 else { continue }
            let height = ChartScale.digits(max(1, 22 * min(1, value / most)))
            path.append("M\(step) 24v-\(height)")
        }
        return """
            <svg class="strip" viewBox="0 0 \(max(1, values.count)) 24" preserveAspectRatio="none" role="img" \
            aria-label="\(label)"><path d="\(path.joined())"/></svg>
            """
    }
}
