import Domain
import Indicators
import Speech

/// Figures for a person: by scope, one line of text for each, 80 columns.
struct FigureTable {
    let style: TextStyle
    /// Gives the day and the year.
    let zone: Zone

    func head(gateway: String, window: WindowKind, now: Instant) -> StyledText {
        let open = Window(window, containing: now, in: zone)
        return bold("gateway \(gateway)")
            + "  " + say(.window, window.rawValue, local(open.from), local(open.to), zone.name)
    }

    /// The text when there is no figure.
    var nothing: StyledText { say(.noFigure) }

    /// The text when no figure has a value, and the configuration says why.
    func lack(_ phrase: StatusPhrase) -> [StyledText] {
        StyledText.wrapped(style.text(phrase), to: 80).map(style.yellow)
    }

    private func say(_ phrase: FigurePhrase, _ arguments: String...) -> StyledText {
        style.text(Sentence(phrase, arguments: arguments))
    }

    func lines(_ figures: [Figure], before: (Figure) -> [Figure]) -> [StyledText] {
        var lines: [StyledText] = []
        var scope = ""
        for figure in figures {
            if figure.scope != scope {
                scope = figure.scope
                lines += ["", bold("\(scope)") + (figure.isPartial ? dim("  " + say(.part)) : "")]
            }
            let note: StyledText? = figure.doubt.map {
                StyledText(QualityPhrase.text(figure.quality.rawValue, $0.word, in: style.language))
            }
            let target: StyledText? = figure.target(in: zone).map { say(.target, $0.3.rawValue) }
            let verdict =
                note.map { figure.quality == .bad ? red($0) : yellow($0) }
                ?? green(target ?? style.text(QualityPhrase.good))
            lines += row(
                [
                    "  " + pad("\(figure.indicator.id)", 26), pad(text(figure), 22),
                    pad(bars(before(figure) + [figure]), 10), pad(share(figure), 7), verdict,
                ]
            )
        }
        return lines
    }

    /// The cells of a figure on one line of text, or on more where they do not fit.
    private func row(_ cells: [StyledText]) -> [StyledText] {
        var lines: [StyledText] = []
        for cell in cells {
            if let last = lines.last, (last + cell.trimmed).columns <= style.columns {
                lines[lines.count - 1] = last + cell
            } else {
                lines.append(lines.isEmpty ? cell : StyledText(blank: 4) + cell)
            }
        }
        return lines.map(\.trimmed)
    }

    private func text(_ figure: Figure) -> StyledText {
        let unit = figure.indicator.unit.map { $0.code == "1" ? "" : " \($0.code)" } ?? ""
        switch figure.value {
        case .number(let number): return "\(style.language.short(number))\(unit)"
        case .word(let word): return "\(word)"
        case nil: return "-"
        }
    }

    private func share(_ figure: Figure) -> StyledText {
        guard let completeness = figure.completeness else { return "" }
        return "\(Int(completeness.double * 100)) %"
    }

    /// The earlier windows and this one, each as a bar in proportion to the greatest.
    private func bars(_ figures: [Figure]) -> StyledText {
        let values = figures.map { figure -> Double? in
            guard case .number(let number) = figure.value else { return nil }
            return number.double
        }
        guard let most = values.compactMap(\.self).max() else { return "" }
        let blocks = Array("▁▂▃▄▅▆▇█")
        let bars = values.map { value -> Character in
            guard let value else { return " " }
            return most > 0 ? blocks[max(0, min(7, Int(value / most * 7.99)))] : blocks[0]
        }
        return StyledText(String(bars))
    }

    /// `2026-11-24 07:00`.
    private func local(_ moment: Instant) -> String {
        String(zone.local(moment).description.prefix(16).replacing("T", with: " "))
    }

    private func pad(_ text: StyledText, _ width: Int) -> StyledText { text.padded(width) }

    private func bold(_ text: StyledText) -> StyledText { style.bold(text) }
    private func dim(_ text: StyledText) -> StyledText { style.dim(text) }
    private func red(_ text: StyledText) -> StyledText { style.red(text) }
    private func green(_ text: StyledText) -> StyledText { style.green(text) }
    private func yellow(_ text: StyledText) -> StyledText { style.yellow(text) }
}
