package import Domain
import PageParts
package import Speech

/// All gateways as a table for a terminal: a row a gateway, 80 columns, and a sentence below each that needs somebody.
package struct FleetTable {
    private static let widths = [14, 9, 8, 11, 8, 8, 8, 5, 9]

    private let boxes: [FleetBox]
    private let now: Instant
    private let telling: Telling
    private let style: TextStyle

    package init(_ boxes: [FleetBox], now: Instant, style: TextStyle) {
        self.boxes = FleetBox.sorted(boxes, now: now)
        self.now = now
        self.style = style
        telling = Telling(style.language)
    }

    package var lines: [StyledText] {
        guard !boxes.isEmpty else { return [StyledText(telling.text(FleetPhrase.nobody))] }
        let words = boxes.map { FleetWords($0, now: now, telling: telling) }
        let needy = words.filter { $0.need != nil }.count
        let heads: [FleetPhrase] = [
            .gateway, .state, .devices, .owed, .clock, .disk, .version, .configuration, .event,
        ]
        var lines = [
            StyledText(
                telling.text(FleetPhrase.summary, telling.number(boxes.count), telling.number(needy))
            ),
            row(heads.map { StyledText(telling.text($0)) }),
        ]
        for words in words {
            let cells = [
                words.box.name, words.state, words.devices, words.owed, words.clock, words.free,
                words.box.version ?? "–", words.configuration, words.box.event?.name ?? "–",
            ]
            lines.append(row(cells.map { StyledText($0) }))
            if let need = words.need {
                let wrapped = StyledText.wrapped(StyledText(need), to: style.columns - 4)
                lines += wrapped.enumerated().map { index, line in
                    paint((index == 0 ? "  ! " : "    ") + line, words)
                }
            }
        }
        return lines
    }

    /// Red for what is broken, yellow for what is not right.
    private func paint(_ line: StyledText, _ words: FleetWords) -> StyledText {
        words.badge.kind == .unsure ? style.yellow(line) : style.red(line)
    }

    private func row(_ cells: [StyledText]) -> StyledText {
        var line = StyledText()
        for (cell, width) in zip(cells, Self.widths) { line += cell.clipped(width - 1).padded(width) }
        return line
    }
}
