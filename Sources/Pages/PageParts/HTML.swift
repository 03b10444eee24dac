import Domain

/// Text of a page. What comes from anywhere else is escaped as it enters, so that no name, value or file can become
/// markup; only literals of this program are markup.
package struct HTML: Hashable, Sendable {
    package private(set) var text: String

    private init(markup: String) { text = markup }

    package init() { text = "" }

    /// Any text, made visible and escaped, for an element's content or for an attribute in double quotes.
    package init(_ text: String) {
        var escaped = ""
        for character in text.visible.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        self.text = escaped
    }

    package var isEmpty: Bool { text.isEmpty }

    package static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.text + right.text) }

    package static func += (left: inout HTML, right: HTML) { left.text += right.text }
}

extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) { text = "\(value)" }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = HTML()

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: StaticString) { html += HTML(markup: "\(literal)") }

        package mutating func appendInterpolation(_ html: HTML) { self.html += html }

        package mutating func appendInterpolation(_ text: String) { html += HTML(text) }

        package mutating func appendInterpolation(_ number: some BinaryInteger) { html += HTML(markup: "\(number)") }

        /// Many pieces, one after the other.
        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { html += piece }
        }
    }

    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.html }
}

extension Sequence<HTML> {
    package func joined(separator: HTML = "") -> HTML {
        reduce(into: (html: HTML(), isFirst: true)) { sum, piece in
            if !sum.isFirst { sum.html += separator }
            sum.html += piece
            sum.isFirst = false
        }
        .html
    }
}
