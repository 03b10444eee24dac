/// A line of values beside a number, as SVG, which needs no script. Steps without a value are gaps.
package struct Spark: Sendable {
    private let values: [Double?]
    private let label: String

    /// - Parameter label: what a screen reader says.
    package init(_ values: [Double?], label: String) {
        self.values = values
        self.label = label
    }

    /// Empty where there is nothing to draw.
    package var html: HTML {
        let known = values.compactMap(\.self)
        guard known.count > 1, let least = known.min(), let greatest = known.max() else { return "" }
        let scale = ChartScale(least: least, greatest: greatest, width: 120, height: 24, steps: values.count, margin: 2)
        let last = values.indices.last { values[$0] != nil }.map { index in
            let (x, y) = (scale.x(index), scale.y(values[index] ?? least))
            return "<circle cx=\"\(ChartScale.digits(x))\" cy=\"\(ChartScale.digits(y))\" r=\"2\"/>" as HTML
        }
        return """
            <svg class="spark" viewBox="0 0 120 24" role="img" aria-label="\(label)">\
            <path d="\(scale.line(values))"/>\(last ?? "")</svg>
            """
    }
}

/// Where values stand in a chart.
struct ChartScale {
    let least: Double
    let greatest: Double
    let width: Double
    let height: Double
    let steps: Int
    let margin: Double

    func x(_ step: Int) -> Double {
        margin + (width - 2 * margin) * Double(step) / Double(max(1, steps - 1))
    }

    func y(_ value: Double) -> Double {
        // A value that never changes stands in the middle.
        guard greatest > least else { return height / 2 }
        return margin + (height - 2 * margin) * (1 - (value - least) / (greatest - least))
    }

    /// The path of a line; it begins anew after each gap. A single value between two gaps is a short stroke.
    func line(_ values: [Double?]) -> HTML {
        var path: [HTML] = []
        var isOpen = false
        for (step, value) in values.enumerated() {
            guard let value, value.isFinite else {
                isOpen = false
                continue
            }
            let isAlone = !isOpen && (step + 1 >= values.count || values[step + 1] == nil)
            let point: HTML = "\(Self.digits(x(step))) \(Self.digits(y(value)))"
            path.append(isOpen ? "L\(point)" : isAlone ? "M\(point)h0.6" : "M\(point)")
            isOpen = true
        }
        return path.joined()
    }

    /// The path of an area between two lines, one closed piece for each stretch without a gap.
    func band(_ low: [Double?], _ high: [Double?]) -> HTML {
        var pieces: [HTML] = []
        var stretch: [(step: Int, low: Double, high: Double)] = []
        func close() {
            guard stretch.count > 1 else {
                stretch = []
                return
            }
            let there = stretch.map { "\(Self.digits(x($0.step))) \(Self.digits(y($0.high)))" as HTML }
            let back = stretch.reversed().map { "\(Self.digits(x($0.step))) \(Self.digits(y($0.low)))" as HTML }
            pieces.append("M\((there + back).joined(separator: "L"))Z")
            stretch = []
        }
        for step in 0..<min(low.count, high.count) {
            if let below = low[step], let above = high[step], below.isFinite, above.isFinite {
                stretch.append((step, below, above))
            } else {
                close()
            }
        }
        close()
        return pieces.joined()
    }

    /// A tenth of a unit of the drawing is enough.
    static func digits(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
