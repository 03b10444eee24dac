public import Domain
import Modbus
import Profiles

/// Registers as a table of 79 columns: two lines a register, everything that it can be side by side.
public struct RawReadTable: Sendable {
    private let read: RawRead
    private let style: TextStyle

    public init(_ read: RawRead, style: TextStyle) {
        self.read = read
        self.style = style
    }

    /// Before a unit's registers: who was asked for what, and how long that took; then the columns' names.
    public func heading(of reading: RawReading, at place: String) -> [String] {
        let range = reading.range
        var sentence = Sentence(
            RawReadPhrase.heading,
            "\(reading.unit)",
            place,
            "\(range.table.rawValue) \(range.start)",
            reading.latency.spoken
        )
        if range.count > 1 {
            sentence = Sentence(
                RawReadPhrase.headingOfMany,
                "\(reading.unit)",
                place,
                "\(range.table.rawValue) \(range.start)",
                "\(range.end - 1)",
                reading.latency.spoken
            )
        }
        return [style.bold(sentence.text(in: style.language))] + columns
    }

    /// The columns' names.
    public var columns: [String] {
        let from = [style.text(RawReadPhrase.from0), style.text(RawReadPhrase.from1)]
        if read.table.holdsBits {
            return [
                from[0].paddedLeft(6) + from[1].paddedLeft(7)
                    + style.text(RawReadPhrase.value).paddedLeft(7)
            ]
        }
        let orders = RegisterFaces.orders.map(\.rawValue)
        let left = from[0].paddedLeft(6) + from[1].paddedLeft(7) + "  hex" + "  uint" + "    int"
        return [(left, "int32 ABCD"), (String(repeating: " ", count: 31), "float ABCD")].map { left, first in
            left + first.paddedLeft(12) + orders.dropFirst().map { $0.paddedLeft(12) }.joined()
        }
    }

    public func lines(of block: RegisterBlock) -> [String] {
        if read.table.holdsBits {
            return block.words.enumerated().map { index, bit in
                number(block.range.start + index) + "\(bit)".paddedLeft(7)
            }
        }
        return RegisterFaces.of(block).enumerated().flatMap { index, faces in
            lines(of: faces, isValue: index % read.format.registers == 0)
        }
    }

    /// What the marks mean; empty where there are none.
    public var legend: [String] { read.table.holdsBits ? [] : [style.dim(style.text(RawReadPhrase.legend))] }

    private func number(_ address: Int) -> String { "\(address)".paddedLeft(6) + "\(address + 1)".paddedLeft(7) }

    /// - Parameter isValue: whether one of the values asked for begins here.
    private func lines(of faces: RegisterFaces, isValue: Bool) -> [String] {
        func asked(_ format: RawRead.Format...) -> Bool { isValue && format.contains(read.format) }
        var first = number(faces.address) + cell(faces.word.hexadecimal, 5, asked: asked(.hex))
        first += cell("\(faces.word)", 6, asked: asked(.decimal), plausible: faces.isPlausibleUnsigned)
        first += cell("\(faces.signed)", 7, asked: asked(.int16), plausible: faces.isPlausibleSigned)
        // Under the numbers stands what the register is as characters.
        var second = String(repeating: " ", count: 13)
        second += cell(RawRead.characters(faces.word), 5, asked: asked(.string)) + String(repeating: " ", count: 13)
        for pair in faces.pairs {
            let isAsked = pair.order == read.order
            first += cell(
                "\(pair.int32)",
                12,
                asked: isAsked && asked(.int),
                plausible: pair.isPlausibleInteger,
                isGuess: true
            )
            second += cell(
                pair.float32.shortened(to: 10),
                12,
                asked: isAsked && asked(.float),
                plausible: pair.isPlausibleFloat,
                isGuess: true
            )
        }
        return [first, second].map { String($0.reversed().drop { $0 == " " }.reversed()) }
    }

    /// The mark touches the number, so that it cannot be taken for its neighbour's.
    ///
    /// - Parameter isGuess: what does not look plausible recedes.
    private func cell(
        _ text: String,
        _ width: Int,
        asked: Bool = false,
        plausible: Bool = false,
        isGuess: Bool = false
    ) -> String {
        let mark = asked ? ">" : plausible ? "*" : ""
        let marked = (mark + text).paddedLeft(width)
        let blank = marked.prefix { $0 == " " }
        let text = String(marked.dropFirst(blank.count))
        return blank + (asked ? style.bold(text) : plausible ? style.green(text) : isGuess ? style.dim(text) : text)
    }
}

extension Float {
    /// Its shortest digits, with fewer of them, or an exponent, where they take more than that many characters.
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
