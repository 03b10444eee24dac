import Domain
import Indicators
import Speech
import Spreadsheet

/// Figures as a workbook: typed cells, times as the local clocks show them, and a sheet that explains the columns.
enum FigureWorkbook {
    /// A column of CSV, because times there are in UTC; here they are local already.
    private static let leftOut = "from_local"

    static func workbook(_ figures: [Figure], zone: Zone, language: Language, decimal: String) -> Workbook {
        let kept = FigureRow.columns.indices.filter { FigureRow.columns[$0] != leftOut }
        let rows = figures.map { figure in
            let cells = FigureRow.cells(figure, zone: zone, decimal: decimal)
            return kept.map { cell(cells[$0], zone) }
        }
        let columns = kept.map { Workbook.Column(FigureRow.columns[$0], width: width(of: FigureRow.columns[$0])) }
        return Workbook(sheets: [
            .init(name: SheetPhrase.figures.wording[language], columns: columns, rows: rows),
            meanings(language, zone),
        ])
    }

    private static func cell(_ cell: FigureRow.Cell, _ zone: Zone) -> Workbook.Cell {
        switch cell {
        case .empty: .empty
        // A cell of text is never computed.
        case .text(let text): text.isEmpty ? .empty : .text(text.visible)
        case .number(let number): .number(number.double)
        case .share(let number): .share(number.double)
        case .moment(let moment), .local(let moment):
            .local(milliseconds: zone.local(moment).millisecondsSince1970)
        }
    }

    private static func width(of column: String) -> Double {
        switch column {
        case "indicator", "name_id", "name_en", "scope": 26
        case "by", "method_source": 40
        case "method": 22
        case "from", "to": 17
        default: 13
        }
    }

    /// What the words of the sheet mean, in reading order: the reasons follow their heading.
    private static func meanings(zone: String) -> [(word: String, meaning: Sentence)] {
        var meanings: [(String, Sentence)] = []
        for term in TermPhrase.allCases {
            meanings.append((term.rawValue, Sentence(term, zone)))
            if term == .reason {
                for doubt in Figure.Doubt.allCases { meanings.append((doubt.word, Sentence(doubt.phrase))) }
            }
        }
        return meanings
    }

    /// The chosen language first.
    private static func meanings(_ language: Language, _ zone: Zone) -> Workbook.Sheet {
        let other: Language = language == .en ? .id : .en
        func title(_ language: Language) -> String { SheetPhrase.meaning.wording[language] }
        return Workbook.Sheet(
            name: SheetPhrase.meanings.wording[language],
            columns: [
                .init(SheetPhrase.word.wording[language], width: 18), .init(title(language), width: 100),
                .init(title(other), width: 100),
            ],
            rows: Self.meanings(zone: zone.name).map { word, meaning in
                [.text(word), .text(meaning.text(in: language)), .text(meaning.text(in: other))]
            }
        )
    }
}

extension Figure.Doubt {
    /// Why the figure is not good, for a person.
    var phrase: DoubtPhrase {
        switch self {
        case .noData: .noData
        case .tooEarly: .tooEarly
        case .unclassified: .unclassified
        case .unknown(.counterReset): .counterReset
        case .unknown(.counterGap): .counterGap
        case .unknown(.deviceClock): .deviceClock
        case .missingPart: .missingPart
        case .interpolated: .interpolated
        case .incomplete: .incomplete
        }
    }
}
