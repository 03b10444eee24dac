package import Domain
import Platform

/// A day of one point, as SVG: the mean as a line in the band from least to greatest. A script may put an interactive
/// chart in its place; without one it reads as it is.
package struct Chart: Sendable {
    package struct Series: Sendable {
        package var least: [Double?]
        package var mean: [Double?]
        package var greatest: [Double?]

        package init(least: [Double?], mean: [Double?], greatest: [Double?]) {
            self.least = least
            self.mean = mean
            self.greatest = greatest
        }

        package init(_ values: [Double?]) { self.init(least: values, mean: values, greatest: values) }
    }

    private let series: Series
    private let from: Instant
    private let step: Duration
    private let label: String
    /// Where the same values are as CSV.
    private let csv: String
    private let telling: Telling
    private let isFromZero: Bool
    private static let (width, height) = (600.0, 150.0)

    /// - Parameters:
    ///   - from: the beginning of the first step.
    ///   - isFromZero: whether the scale begins at zero, as for counts and shares.
    package init(
        _ series: Series,
        from: Instant,
        step: Duration,
        label: String,
        csv: String,
        isFromZero: Bool = false,
        telling: Telling
    ) {
        self.series = series
        self.from = from
        self.step = step
        self.label = label
        self.csv = csv
        self.isFromZero = isFromZero
        self.telling = telling
    }

    package var html: HTML {
        let known = (series.least + series.greatest).compactMap(\.self).filter(\.isFinite)
        guard let lowest = known.min(), let greatest = known.max() else { return "" }
        let least = isFromZero ? min(0, lowest) : lowest
        let scale = ChartScale(
            least: least,
            greatest: greatest,
            width: Self.width,
            height: Self.height - 20,
            steps: series.mean.count,
            margin: 6
        )
        return """
            <svg class="chart" viewBox="0 0 600 150" role="img" aria-label="\(label)" data-csv="\(csv)" \
            data-offset="\(LocalTime.offset(at: from))">\
            \(hours(scale))<path class="band" d="\(scale.band(series.least, series.greatest))"/>\
            <path class="mean" d="\(scale.line(series.mean))"/>\
            <text x="2" y="12">\(telling.number(greatest))</text>\
            <text x="2" y="128">\(telling.number(least))</text></svg>
            """
    }

    /// A mark and its time each six hours of the local clock.
    private func hours(_ scale: ChartScale) -> HTML {
        let quarter: Int64 = 6 * 3_600_000
        let offset = LocalTime.offset(at: from) * 1_000
        let begin = from.millisecondsSince1970 + offset
        let span = step.wholeMilliseconds * Int64(max(1, series.mean.count - 1))
        var marks: [HTML] = []
        var next = (begin.flooredDivision(by: quarter).quotient + 1) * quarter
        while next < begin + span {
            let x = ChartScale.digits(6 + (Self.width - 12) * Double(next - begin) / Double(span))
            let time = telling.clock(Instant(millisecondsSince1970: next - offset)).prefix(5)
            marks.append(
                "<line x1=\"\(x)\" y1=\"4\" x2=\"\(x)\" y2=\"130\"/><text x=\"\(x)\" y=\"146\">\(String(time))</text>"
            )
            next += quarter
        }
        return marks.joined()
    }
}
