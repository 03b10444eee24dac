/// A state in a word and a shape, so that neither needs its colour.
package struct Badge: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case good, unsure, bad, unknown

        /// Filled, half, empty, a cross: told apart without colour.
        package var shape: HTML {
            switch self {
            case .good: "●"
            case .unsure: "▲"
            case .bad: "■"
            case .unknown: "○"
            }
        }
    }

    package var kind: Kind
    package var word: String

    package init(_ kind: Kind, _ word: String) {
        self.kind = kind
        self.word = word
    }

    package var html: HTML {
        "<span class=\"badge \(kind.rawValue)\"><span aria-hidden=\"true\">\(kind.shape)</span> \(word)</span>"
    }
}
