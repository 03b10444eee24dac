/// The part of a piece of time that was shared out from an increase reaching beyond the piece: nobody measured at its
/// edge.
///
/// Pieces of one source follow each other. So the first and the last piece of a window, and those beside them that one
/// increase covers whole, show what reaches beyond the window.
struct Carried: Hashable, Sendable {
    struct Share: Hashable, Sendable {
        var amount = Fixed.zero
        var milliseconds: Int64 = 0

        static func + (a: Share, b: Share) -> Share {
            Share(amount: a.amount + b.amount, milliseconds: a.milliseconds &+ b.milliseconds)
        }
    }

    // Plain numbers, the wide ones first: every bin's tally has them, and nested shares would make it a third larger.
    private var headAmount = Fixed.zero
    private var tailAmount = Fixed.zero
    private var headMilliseconds: Int64 = 0
    private var tailMilliseconds: Int64 = 0
    /// How many increases cover the whole piece and more: 0 or 1 for one source.
    var covering: Int32 = 0

    static let none = Carried()

    init(head: Share = Share(), tail: Share = Share(), covering: Int32 = 0) {
        self.covering = covering
        self.head = head
        self.tail = tail
    }

    /// The part of an increase that began before the piece.
    var head: Share {
        get { Share(amount: headAmount, milliseconds: headMilliseconds) }
        set { (headAmount, headMilliseconds) = (newValue.amount, newValue.milliseconds) }
    }

    /// The part of an increase that ended after the piece.
    var tail: Share {
        get { Share(amount: tailAmount, milliseconds: tailMilliseconds) }
        set { (tailAmount, tailMilliseconds) = (newValue.amount, newValue.milliseconds) }
    }

    var isNone: Bool { self == .none }

    /// All that reaches beyond the piece, counted once.
    var share: Share { covering > 0 ? head : head + tail }

    /// Adds the values of the same piece.
    mutating func merge(_ other: Carried) {
        head = head + other.head
        tail = tail + other.tail
        covering &+= other.covering
    }

    /// Joins this piece and the next one of the same source.
    func followed(by next: Carried) -> Carried {
        Carried(
            head: covering > 0 ? head + next.head : head,
            tail: next.covering > 0 ? next.tail + tail : next.tail,
            covering: min(covering, next.covering)
        )
    }
}
