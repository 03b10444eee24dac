package import Diagnosing
package import Domain
import Profiles

/// Registers as a table, with everything that each can mean side by side: one line of text for each register on a
/// terminal of 132 columns, two lines of 79 columns on others.
package struct RawReadTable: Sendable {
    private let read: RawRead
    private let style: TextStyle

    package init(_ read: RawRead, style: TextStyle) {
        self.read = read
        self.style = style
    }

    /// The lines before a unit's registers: which unit was asked for what, and how long that took; then the columns'
    /// names.
    package func heading(of reading: RawReading, at place: String) -> [StyledText] {
        let range = reading.range
        var sentence = Sentence(
            RawReadPhrase.heading,
            .text("\(reading.unit)"),
            .text(place),
            .text("\(range.table.rawValue) \(range.start)"),
            .duration(reading.latency)
        )
        if range.count > 1 {
            sentence = Sentence(
                RawReadPhrase.headingOfMany,
                .text("\(reading.unit)"),
                .text(place),
                .text("\(range.table.rawValue) \(range.start)"),
                .text("\(range.end - 1)"),
                .duration(reading.latency)
            )
        }
        return StyledText.wrapped(style.text(sentence), to: style.columns).map(style.bold) + columns
    }

    /// The columns' names.
    package var columns: [StyledText] {
        let from = [style.text(RawReadPhrase.from0), style.text(RawReadPhrase.from1)]
        if style.columns < Self.leastTable { return [] }
        if read.table.holdsBits {
            return [
                from[0].paddedLeft(6) + from[1].paddedLeft(7)
                    + style.text(RawReadPhrase.value).paddedLeft(7)
            ]
        }
        let left = from[0].paddedLeft(6) + from[1].paddedLeft(7) + "  hex  uint    int"
        let (ints, floats) = (orders("int32"), orders("float"))
        if isWide { return [left + ints + StyledText(blank: 5) + floats] }
        return [left + ints, StyledText(blank: left.columns) + floats]
    }

    /// Whether a register fits one line of text, with everything that it can mean.
    private var isWide: Bool { style.columns >= 132 }

    private func orders(_ type: String) -> StyledText {
        let orders = WordOrder.asTried.map(\.rawValue)
        return ([type + " " + orders[0]] + orders.dropFirst()).map { StyledText($0).paddedLeft(12) }.joined()
    }

    package func lines(of block: RegisterBlock) -> [StyledText] {
        if read.table.holdsBits {
            return block.words.enumerated().map { index, bit in
                number(block.range.start + index) + StyledText("\(bit)").paddedLeft(7)
            }
        }
        if style.columns < Self.leastTable { return RegisterFaces.of(block).flatMap(list) }
        return RegisterFaces.of(block).enumerated().flatMap { index, faces in
            lines(of: faces, isValue: index % read.format.registers == 0)
        }
    }

    private static let leastTable = 79

    /// One register a paragraph, with a line for each word order, for a terminal on which the table would wrap.
    private func list(_ faces: RegisterFaces) -> [StyledText] {
        let head: StyledText =
            "\(faces.address) (\(faces.address + 1))  \(faces.word.hexadecimal)  \(faces.word)  \(faces.signed)  "
            + StyledText(RawRead.characters(faces.word))
        return StyledText.wrapped(style.bold(head), to: style.columns)
            + faces.pairs.flatMap { pair in
                let mark = pair.isPlausibleFloat ? "*" : ""
                let text: StyledText = "\(pair.order.rawValue)  \(pair.int32)  \(mark)\(float(pair))"
                return StyledText.wrapped(text, to: style.columns - 2).map { StyledText(blank: 2) + $0 }
            }
    }

    /// What the marks mean; empty when there are no marks.
    package var legend: [StyledText] {
        if read.table.holdsBits { return [] }
        return StyledText.wrapped(style.text(RawReadPhrase.legend), to: style.columns).map(style.dim)
    }

    /// With the decimal sign of the language, as the values of points have.
    private func float(_ pair: RegisterFaces.Pair) -> String {
        style.language.number(pair.float32.shortened(to: 10))
    }

    private func number(_ address: Int) -> StyledText {
        StyledText("\(address)").paddedLeft(6) + StyledText("\(address + 1)").paddedLeft(7)
    }

    /// - Parameter isValue: whether one of the requested values begins here.
    private func lines(of faces: RegisterFaces, isValue: Bool) -> [StyledText] {
        func asked(_ format: RawRead.Format...) -> Bool { isValue && format.contains(read.format) }
        var left = number(faces.address) + cell(faces.word.hexadecimal, 5, asked: asked(.hex))
        left += cell("\(faces.word)", 6, asked: asked(.decimal), plausible: faces.isPlausibleUnsigned)
        left += cell("\(faces.signed)", 7, asked: asked(.int16), plausible: faces.isPlausibleSigned)
        let letters = cell(RawRead.characters(faces.word), 5, asked: asked(.string))
        var integers = StyledText()
        var floats = StyledText()
        for pair in faces.pairs {
            let isAsked = pair.order == read.order
            integers += cell(
                "\(pair.int32)",
                12,
                asked: isAsked && asked(.int),
                plausible: pair.isPlausibleInteger,
                isGuess: true
            )
            floats += cell(
                float(pair),
                12,
                asked: isAsked && asked(.float),
                plausible: pair.isPlausibleFloat,
                isGuess: true
            )
        }
        if isWide {
            let blank = StyledText(blank: faces.pairs.isEmpty ? 48 : 0)
            return [(left + integers + blank + letters + floats).trimmed]
        }
        // The register's two characters stand under the hexadecimal digits.
        let margin = StyledText(blank: 13)
        return [(left + integers).trimmed, (margin + letters + margin + floats).trimmed]
    }

    /// The mark touches the number, so that it cannot seem to belong to the next number.
    ///
    /// - Parameter isGuess: whether to dim a value that does not look plausible.
    private func cell(
        _ text: String,
        _ width: Int,
        asked: Bool = false,
        plausible: Bool = false,
        isGuess: Bool = false
    ) -> StyledText {
        let mark = asked ? ">" : plausible ? "*" : ""
        let text = StyledText(mark + text)
        let blank = StyledText(blank: width - text.columns)
        return blank + (asked ? style.bold(text) : plausible ? style.green(text) : isGuess ? style.dim(text) : text)
    }
}

extension Float {
    /// Its shortest digits; when they need more characters than this, fewer digits or an exponent.
    func shortened(to width: Int) -> String {
        guard isFinite, let number = DecimalNumber(description) else { return description }
        for digits in stride(from: 9, to: 0, by: -1) {
            let rounded = number.rounded(toSignificantDigits: digits)
            for text in [rounded.description, rounded.scientific] where text.count <= width { return text }
        }
        return description
    }
}

extension DecimalNumber {
    /// `-1.417e+11`
    fileprivate var scientific: String {
        let digits = String(magnitude)
        let power = digits.count - 1 + Int(exponent)
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        return "\(negative ? "-" : "")\(digits.prefix(1))\(fraction)e\(power < 0 ? "-" : "+")\(abs(power))"
    }
}
