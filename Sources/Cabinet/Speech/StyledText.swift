import Domain
import JSON

/// Text as a terminal or a page shows it: control characters in any input are made visible; colours are the program's
/// own.
///
/// All text for a person has this type, so that none is printed without this step; a string literal also makes one.
package struct StyledText: Hashable, Sendable {
    private struct Piece: Hashable {
        /// Already made visible.
        var text: String
        /// The code of its colour (ECMA-48, SGR); nil for no colour.
        var code: String?
    }

    private var pieces: [Piece]

    private init(pieces: [Piece]) { self.pieces = pieces }

    package init(_ text: String) { pieces = text.isEmpty ? [] : [Piece(text: text.visible)] }

    package init() { pieces = [] }

    /// A JSON text: it has escapes of its own, which keep it JSON and its values unchanged.
    package init(json: String) { pieces = [Piece(text: JSONText.visible(json))] }

    /// Spaces.
    package init(blank columns: Int) { self.init(String(repeating: " ", count: max(0, columns))) }

    /// - Parameter code: an SGR code, such as `31` for red.
    package func painted(_ code: String) -> StyledText {
        var painted = self
        for index in pieces.indices where pieces[index].code == nil { painted.pieces[index].code = code }
        return painted
    }

    /// The text without colours.
    package var plain: String { pieces.map(\.text).joined() }

    /// The text as it is written to a terminal.
    package var terminal: String {
        pieces.map { piece in piece.code.map { "\u{1B}[\($0)m\(piece.text)\u{1B}[0m" } ?? piece.text }.joined()
    }

    package var isEmpty: Bool { pieces.isEmpty }

    /// The width in columns of a terminal.
    package var columns: Int { pieces.reduce(0) { $0 + $1.text.columns } }

    package static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum += right
        return sum
    }

    package static func += (left: inout StyledText, right: StyledText) {
        for piece in right.pieces {
            if let last = left.pieces.indices.last, left.pieces[last].code == piece.code {
                left.pieces[last].text += piece.text
            } else {
                left.pieces.append(piece)
            }
        }
    }

    /// The text with spaces up to the width, but at least one.
    package func padded(_ width: Int) -> StyledText { self + StyledText(blank: max(1, width - columns)) }

    package func paddedLeft(_ width: Int) -> StyledText { StyledText(blank: width - columns) + self }

    /// The beginning, as much as fits into these columns, with a mark when anything was cut off.
    package func clipped(_ width: Int) -> StyledText {
        if columns <= width { return self }
        var left = max(1, width - 1)
        var clipped = StyledText()
        for piece in pieces {
            let text = String(
                piece.text.prefix { character in
                    left -= String(character).columns
                    return left >= 0
                }
            )
            if !text.isEmpty { clipped.pieces.append(Piece(text: text, code: piece.code)) }
            if left < 0 { break }
        }
        return clipped + "~"
    }

    /// The end, for texts that differ there, with a mark when anything was cut off.
    package func tail(_ width: Int) -> StyledText {
        if columns <= width { return self }
        var left = max(1, width - 1)
        let kept = plain.reversed().prefix { character in
            left -= String(character).columns
            return left >= 0
        }
        var tail: StyledText = "~"
        tail += StyledText(pieces: [Piece(text: String(kept.reversed()))])
        return tail
    }

    /// The text without spaces at the end.
    package var trimmed: StyledText {
        var trimmed = self
        while var last = trimmed.pieces.popLast() {
            while last.text.last == " " { last.text.removeLast() }
            if last.text.isEmpty { continue }
            trimmed.pieces.append(last)
            break
        }
        return trimmed
    }

    /// Text broken between words, so that no line is wider than this; a wider word stands alone. A command between
    /// backticks is one word where a line has room for it, so that it can be copied.
    package static func wrapped(_ text: StyledText, to width: Int) -> [StyledText] {
        var lines: [StyledText] = []
        var line = StyledText()
        for word in text.parts(keeping: width) {
            if !line.isEmpty, line.columns + 1 + word.columns > width {
                lines.append(line)
                line = StyledText()
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return lines + (line.isEmpty ? [] : [line])
    }

    /// The parts between spaces, and what stands between two backticks as one part, if that is no wider than this.
    private func parts(keeping width: Int) -> [StyledText] {
        var parts: [StyledText] = []
        var quoted: [StyledText] = []
        for word in words {
            let isMark = !word.plain.filter { $0 == "`" }.count.isMultiple(of: 2)
            if quoted.isEmpty, !isMark {
                parts.append(word)
                continue
            }
            quoted.append(word)
            guard quoted.count > 1, isMark else { continue }
            let whole = quoted.joined(separator: " ")
            parts += whole.columns <= width ? [whole] : quoted
            quoted = []
        }
        return parts + quoted
    }

    /// The parts between spaces.
    private var words: [StyledText] {
        var words = [StyledText()]
        for piece in pieces {
            for (index, part) in piece.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { words.append(StyledText()) }
                if !part.isEmpty { words[words.count - 1].pieces.append(Piece(text: String(part), code: piece.code)) }
            }
        }
        return words.filter { !$0.isEmpty }
    }
}

extension StyledText: ExpressibleByStringInterpolation, CustomStringConvertible {
    package init(stringLiteral value: String) { self.init(value) }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = StyledText()

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { text += StyledText(literal) }

        package mutating func appendInterpolation(_ value: StyledText) { text += value }

        package mutating func appendInterpolation(_ value: some Any) { text += StyledText(String(describing: value)) }
    }

    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }

    /// The text without colours.
    package var description: String { plain }
}

extension Sequence<StyledText> {
    package func joined(separator: StyledText = "") -> StyledText {
        reduce(into: (text: StyledText(), isFirst: true)) { sum, piece in
            sum.text += (sum.isFirst ? "" : separator) + piece
            sum.isFirst = false
        }
        .text
    }
}
