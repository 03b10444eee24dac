/// What of a piece of time came by sharing out an increase that reaches beyond the piece: nobody measured at its edge.
///
/// Pieces of one source follow each other, so what reaches beyond a window is told by its first and its last piece, and
/// by those behind that one increase covers whole.
struct Carried: Hashable, Sendable {
    struct Share: Hashable, Sendable {
        var amount = Fixed.zero
        var milliseconds: Int64 = 0

        static func + (a: Share, b: Share) -> Share {
            Share(amount: a.amount + b.amount, milliseconds: a.milliseconds &+ b.milliseconds)
        }
    }

    // Single numbers, the wide ones first: a tally of each bin has them, and a share of its own would be a third
    // larger.
    private var headAmount = Fixed.zero
    private var tailAmount = Fixed.zero
    private var headMilliseconds: Int64 = 0
    private var tailMilliseconds: Int64 = 0
    /// How many increases cover the whole piece, and more: 0 or 1 of a source.
    var covering: Int32 = 0

    static let none = Carried()

    init(head: Share = Share(), tail: Share = Share(), covering: Int32 = 0) {
        self.covering = covering
        self.head = head
        self.tail = tail
    }

    /// Of an increase that began before the piece.
    var head: Share {
        get { Share(amount: headAmount, milliseconds: headMilliseconds) }
        set { (headAmount, headMilliseconds) = (newValue.amount, newValue.milliseconds) }
    }

    /// Of an increase that ended after the piece.
    var tail: Share {
        get { Share(amount: tailAmount, milliseconds: tailMilliseconds) }
        set { (tailAmount, tailMilliseconds) = (newValue.amount, newValue.milliseconds) }
    }

    var isNone: Bool { self == .none }

    /// What reaches beyond the piece, once.
    var share: Share { covering > 0 ? head : head + tail }

    /// Adds what is of the same piece.
    mutating func merge(_ other: Carried) {
        head = head + other.head
        tail = tail + other.tail
        covering &+= other.covering
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
