import Domain
import Indicators

/// A figure as a row of a table: the content of each column, before it is written as text or as a cell;
/// docs/indicators.md explains the columns.
struct FigureRow {
    enum Cell {
        case empty
        case text(String)
        case number(DecimalNumber)
        /// 0 to 1.
        case share(DecimalNumber)
        case moment(Instant)
        /// A moment as the clocks of the configured zone show it: a spreadsheet shows every moment so.
        case local(Instant)
    }

    static let columns = [
        "indicator", "name_id", "name_en", "theme", "dimension", "scope", "partial", "window", "from", "to",
        "from_local", "value", "unit", "quality", "reason", "completeness", "expected", "received", "counted",
        "excluded",
        "unverified", "by", "baseline_year", "baseline", "target_year", "target", "standing", "method",
        "method_source", "provisional", "revision",
    ]

    /// The cells, in the order of the columns.
    ///
    /// - Parameter decimal: the decimal sign of the numbers within `by`, which is text.
    static func cells(_ figure: Figure, zone: Zone, decimal: String) -> [Cell] {
        let indicator = figure.indicator
        let target = figure.target(in: zone)
        var cells: [Cell] = [
            .text(indicator.id), .text(indicator.name.id), .text(indicator.name.en), .text(indicator.theme.rawValue),
            .text(indicator.dimension.rawValue), .text(figure.scope), .yes(figure.isPartial),
            .text(figure.window.kind.rawValue), .moment(figure.window.from), .moment(figure.window.to),
            .local(figure.window.from), value(figure), indicator.unit.map { .text($0.code) } ?? .empty,
            .text(figure.quality.rawValue), figure.doubt.map { .text($0.word) } ?? .empty,
            figure.completeness.map { .share($0) } ?? .empty,
        ]
        cells += [figure.expected, figure.received, figure.counted, figure.excluded, figure.unverified].map {
            .whole($0)
        }
        cells += [
            .text(parts(figure, decimal)), indicator.baseline.map { .whole($0.year) } ?? .empty,
            indicator.baseline.map { .number($0.value.decimal) } ?? .empty, target.map { .whole($0.year) } ?? .empty,
            target.map { .number($0.value.decimal) } ?? .empty, target.map { .text($0.3.rawValue) } ?? .empty,
            .text(indicator.method.name), .text(indicator.method.source), .yes(figure.isProvisional),
            .whole(figure.revision),
        ]
        return cells
    }

    private static func value(_ figure: Figure) -> Cell {
        switch figure.value {
        case .number(let number): .number(number)
        case .word(let word): .text(word)
        case nil: .empty
        }
    }

    /// Writes `category: plastik 812.4; kertas 391 | direction: utara 4`: no comma, because it may be a decimal sign.
    private static func parts(_ figure: Figure, _ decimal: String) -> String {
        figure.by.map { part in
            let values = part.values.map { "\($0.word) \($0.value.description.replacing(".", with: decimal))" }
            return part.name + ": " + values.joined(separator: "; ")
        }.joined(separator: " | ")
    }
}

extension FigureRow.Cell {
    fileprivate static func yes(_ isSo: Bool) -> FigureRow.Cell { .text(isSo ? "yes" : "no") }
    fileprivate static func whole(_ number: Int) -> FigureRow.Cell { .number(DecimalNumber(number)) }
}

extension Zone {
    /// The local time, as if it were UTC.
    func local(_ moment: Instant) -> Instant {
        Instant(millisecondsSince1970: moment.millisecondsSince1970 + offset(moment) * 1_000)
    }
}
