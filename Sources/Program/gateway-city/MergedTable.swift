import Contract
import Domain
import PageParts
import Speech

/// The city's figures as a table for a terminal, with a sentence below each for which a gateway is silent.
struct MergedTable {
    private static let heads: [CityPhrase] = [.figureHead, .valueHead, .completeHead, .gatewaysHead]

    private let figures: [CityFigure]
    private let telling: Telling

    init(_ figures: [CityFigure], _ telling: Telling) {
        self.figures = figures
        self.telling = telling
    }

    var lines: [StyledText] {
        let rows = ([Self.heads.map { telling.text($0) }] + figures.map(cells)).map { $0.map { StyledText($0) } }
        let widths = Self.heads.indices.map { column in rows.map { $0[column].columns }.max() ?? 0 }
        var lines: [StyledText] = []
        for (index, row) in rows.enumerated() {
            lines.append(zip(row, widths).reduce(StyledText()) { $0 + $1.0.padded($1.1 + 2) }.trimmed)
            let silent = index == 0 ? [] : figures[index - 1].sources.silent
            if !silent.isEmpty {
                lines.append(StyledText("  " + telling.text(CityPhrase.silent, silent.joined(separator: ", "))))
            }
        }
        return lines
    }

    private func cells(of figure: CityFigure) -> [String] {
        let outcome = figure.outcome
        let value: String? =
            switch outcome.value {
            case .number(let number): telling.number(number.description)
            case .word(let word): word
            case nil: nil
            }
        return [
            figure.name,
            value.map { $0 + (outcome.unit.map { " " + $0 } ?? "") } ?? "-",
            outcome.completeness.map { telling.percent($0.double) } ?? "-",
            "\(figure.sources.gateways)",
        ]
    }
}
