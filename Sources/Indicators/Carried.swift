/// What of a piece of time came by sharing out an increase that reaches beyond the piece: nobody measured at its edge.
///
/// Pieces of one source follow each other, so what reaches beyond a window is told by its first and its last piece, and by those behind
/// that one increase covers whole.
struct Carried: Hashable, Sendable {
    struct Share: Hashable, Sendable {
        var amount = Fixed.zero
        var milliseconds: Int64 = 0

        static func + (a: Share, b: Share) -> Share {
            Share(amount: a.amount + b.amount, milliseconds: a.milliseconds + b.milliseconds)
        }
    }

    /// Of an increase that began before the piece.
    var head = Share()
    /// Of an increase that ended after the piece.
    var tail = Share()
    /// How many increases cover the whole piece, and more: 0 or 1 of a source.
    var covering = 0

    static let none = Carried()

    var isNone: Bool { self == .none }

    /// What reaches beyond the piece, once.
    var share: Share { covering > 0 ? head : head + tail }

    /// Adds what is of the same piece.
    mutating func merge(_ other: Carried) {
        head = head + other.head
        tail = tail + other.tail
        covering += other.covering
    }

    /// This piece and the next one of the same source as one piece.
    func followed(by next: Carried) -> Carried {
        Carried(
            head: covering > 0 ? head + next.head : head,
            tail: next.covering > 0 ? next.tail + tail : next.tail,
            covering: min(covering, next.covering)
        )
    }
}
