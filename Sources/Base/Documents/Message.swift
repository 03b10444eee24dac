import Glibc

/// What is wrong in a file, in English, with its template kept apart from what fills it: so it can be said in another
/// language without a word changed where it is made.
///
/// A string literal becomes one by itself. What is interpolated is a blank, `%1` to `%9`; a message within a message
/// stays one, and is said in the other language too.
public struct Message: Hashable, Sendable {
    public enum Blank: Hashable, Sendable {
        case text(String)
        /// Digits with a point for the decimal sign.
        case number(String)
        indirect case message(Message)
    }

    /// The English words with `%1` to `%9` for the blanks.
    public private(set) var template: String
    public private(set) var blanks: [Blank]

    /// Words that come from elsewhere, such as the kernel's: they are the same in every language.
    public init(verbatim words: String) {
        template = "%1"
        blanks = [.text(words)]
    }

    /// Words that another program or library says, which may be known in another language all the same.
    public init(words: String) { self.init(stringLiteral: words) }

    /// What the C library calls an error.
    init(kernel code: Int32) { self.init(words: String(cString: strerror(code))) }

    public var isEmpty: Bool { description.isEmpty }

    /// Two parts of one sentence; the blanks of the second are counted on.
    public static func + (first: Message, second: Message) -> Message {
        var sum = first
        sum.template += second.words { "%\($0 + first.blanks.count)" }
        sum.blanks += second.blanks
        return sum
    }

    /// The words of another language's template with these blanks.
    ///
    /// - Parameters:
    ///   - template: of the other language; the message's own when nil.
    ///   - written: writes the digits of a number.
    ///   - said: says a message within the message.
    public func filled(
        _ template: String? = nil,
        writing written: (String) -> String = { $0 },
        saying said: (Message) -> String = \.description
    ) -> String {
        var copy = self
        copy.template = template ?? self.template
        return copy.words { number in
            switch blanks[number - 1] {
            case .text(let text): text
            case .number(let digits): written(digits)
            case .message(let message): said(message)
            }
        }
    }

    /// The template with each blank's number, from 1, replaced.
    private func words(filling blank: (Int) -> String) -> String {
        var text = ""
        var rest = template[...]
        while let mark = rest.firstIndex(of: "%") {
            text += rest[..<mark]
            let after = rest.index(after: mark)
            if after < rest.endIndex, let number = rest[after].wholeNumberValue, blanks.indices.contains(number - 1) {
                text += blank(number)
                rest = rest[rest.index(after: after)...]
            } else {
                text += "%"
                rest = rest[after...]
            }
        }
        return text + rest
    }
}

extension Sequence<Message> {
    /// The messages in one, with a message such as ` or ` between two; empty for none.
    public func joined(separator: Message) -> Message {
        reduce(nil) { sum, next in sum.map { "\($0)\(separator)\(next)" } ?? next } ?? ""
    }
}

extension Message: CustomStringConvertible {
    public var description: String { filled() }
}

extension Message: ExpressibleByStringInterpolation {
    public init(stringLiteral words: String) {
        template = words
        blanks = []
    }

    public init(stringInterpolation interpolation: StringInterpolation) {
        template = interpolation.template
        blanks = interpolation.blanks
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var template = ""
        var blanks: [Blank] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { template += literal }

        public mutating func appendInterpolation(_ message: Message) { append(.message(message)) }

        public mutating func appendInterpolation(_ value: some Any) { append(.text("\(value)")) }

        /// A number that may be written with another decimal sign in another language.
        public mutating func appendInterpolation(number: some Any) { append(.number("\(number)")) }

        private mutating func append(_ blank: Blank) {
            blanks.append(blank)
            template += "%\(blanks.count)"
        }
    }
}
