import Domain
import Installation

/// The closed windows that a destination has.
struct FinalsLedger: Sendable, Codable, Equatable {
    /// The destination has all windows that ended by then, except `late`.
    var through: Int64
    /// Windows that late readings have changed since, `indicator/scope/window/from`, with the row of the last change.
    var late: [String: Int64] = [:]
    /// The figures that the destination gets, as `FigureSelection` writes it; nil for all, as in earlier releases.
    private var selection: String?
    /// Earlier selections: they still hold for windows that ended by then, so that a figure which is newly selected
    /// begins with the windows that end afterwards.
    private var earlier: [Earlier]?

    private struct Earlier: Codable, Equatable {
        var through: Int64
        /// Nil for all.
        var selection: String?
    }

    init(through: Int64, selecting selection: FigureSelection = .everything) {
        self.through = through
        self.selection = Self.word(selection)
    }

    /// Closed figures follow scopes and windows alone.
    private static func word(_ selection: FigureSelection) -> String? {
        var closed = selection
        closed.open = .asTheyChange
        return closed == .everything ? nil : "\(closed)"
    }

    /// Follows a changed configuration.
    ///
    /// - Parameter edge: the end of the last quarter of an hour that has ended.
    mutating func select(_ new: FigureSelection, at edge: Int64) {
        let word = Self.word(new)
        guard word != selection else { return }
        var earlier = (self.earlier ?? []) + [Earlier(through: edge, selection: selection)]
        earlier.removeAll { $0.through < edge - BinStore.days * 86_400_000 }
        self.earlier = earlier
        selection = word
    }

    /// Whether all figures go there, of whatever time.
    var takesAll: Bool { selection == nil && earlier == nil }

    /// Whether the destination gets that window.
    func takes(scope: String, kind: WindowKind, to end: Instant) -> Bool {
        if takesAll { return true }
        let selections =
            [selection] + (earlier ?? []).filter { end.millisecondsSince1970 <= $0.through }.map(\.selection)
        return selections.allSatisfy { word in
            guard let word, let selection = FigureSelection(word) else { return true }
            return selection.takes(scope: scope, window: kind.rawValue)
        }
    }
}
