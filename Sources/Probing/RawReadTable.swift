public import Domain
import Profiles

/// Registers as a table of 79 columns: two lines a register, everything that it can be side by side.
public struct RawReadTable: Sendable {
    private let read: RawRead
    private let paint: Paint

    /// How a cell stands out.
    public enum Paint: Sendable {
        case plain
        /// A terminal's escape sequences beside the marks.
        case colour
    }

    public init(_ read: RawRead, paint: Paint) {
        self.read = read
        self.paint = paint
    }

    public func heading(in language: Language) -> [String] {
        let from = [Sentence(RawReadPhrase.from0), Sentence(RawReadPhrase.from1)].map { $0.text(in: language) }
        if read.table.holdsBits {
            return [
                from[0].paddedLeft(6) + from[1].paddedLeft(7)
                    + Sentence(RawReadPhrase.value).text(in: language).paddedLeft(7)
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
    public func legend(in language: Language) -> [String] {
        if read.table.holdsBits { return [] }
        return [Sentence(RawReadPhrase.legend).text(in: language)]
    }

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
            first += cell("\(pair.int32)", 12, asked: isAsked && asked(.int), plausible: pair.isPlausibleInteger)
            second += cell(
                pair.float32.shortened(to: 11),
                12,
                asked: isAsked && asked(.float),
                plausible: pair.isPlausibleFloat
            )
        }
        return [first, second].map { String($0.reversed().drop { $0 == " " }.reversed()) }
    }

    /// The mark touches the number, so that it cannot be taken for its neighbour's.
    private func cell(_ text: String, _ width: Int, asked: Bool = false, plausible: Bool = false) -> String {
        let mark = asked ? ">" : plausible ? "*" : ""
        let marked = (mark + text).paddedLeft(width)
        guard paint == .colour, asked || plausible else { return marked }
        let blank = marked.prefix { $0 == " " }
        return blank + (asked ? "\u{1B}[1m" : "\u{1B}[32m") + marked.dropFirst(blank.count) + "\u{1B}[0m"
    }
}

extension String {
    /// Blanks before it up to a width.
    func paddedLeft(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension Float {
    /// Its shortest digits, with fewer of them where they take more than that many characters.
    func shortened(to width: Int) -> String {
        guard isFinite, let number = DecimalNumber(description) else { return description }
        for digits in stride(from: 9, to: 0, by: -1) {
            let text = number.rounded(toSignificantDigits: digits).description
            if text.count <= width { return text }
        }
        return description
    }
}
