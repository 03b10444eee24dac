public import Contract
public import Domain

/// The newest parts of all gateways.
///
/// A message takes the place of an earlier one of the same journal when its revision is greater, or when it is final
/// and the other is not. What a new journal counts stands beside what the one before had counted.
public struct PartBook: Sendable {
    /// What became of a message.
    public enum Outcome: Hashable, Sendable {
        /// It is the newest of its journal.
        case replaced(Part)
        /// It is the first of another journal.
        case begun(Part)
        /// A newer one is there already.
        case old
    }

    private var parts: [FigureSpan: [PartKey: [Part]]] = [:]
    /// What has changed since it was last taken.
    private var touched: Set<FigureSpan> = []

    public init() {}

    /// Takes a part back that was stored, before any message comes.
    public mutating func restore(_ part: Part) {
        parts[part.key.span, default: [:]][part.key, default: []].append(part)
        parts[part.key.span]?[part.key]?.sort { $0.lineage < $1.lineage }
        touched.insert(part.key.span)
    }

    /// Takes a gateway's figure.
    ///
    /// - Parameter at: when it came.
    /// - Returns: nil for a figure that is no part.
    @discardableResult
    public mutating func take(_ message: FigureMessage, at: Instant) -> Outcome? {
        guard let part = Part(message, at: at) else { return nil }
        let key = part.key
        let outcome = Self.outcome(of: part, among: parts[key.span]?[key] ?? [])
        switch outcome {
        case .old: break
        case .replaced(let part):
            parts[key.span, default: [:]][key, default: []].removeAll { $0.lineage == part.lineage }
            parts[key.span]?[key]?.append(part)
            parts[key.span]?[key]?.sort { $0.lineage < $1.lineage }
            touched.insert(key.span)
        case .begun(let part):
            parts[key.span, default: [:]][key, default: []].append(part)
            touched.insert(key.span)
        }
        return outcome
    }

    /// All parts of a window.
    public func parts(of span: FigureSpan) -> [Part] { parts[span]?.values.flatMap(\.self) ?? [] }

    /// The windows of which a part has come since the last call.
    public mutating func takeTouched() -> Set<FigureSpan> {
        defer { touched = [] }
        return touched
    }

    /// The windows that are wanted.
    public func spans(where isWanted: (FigureSpan) -> Bool) -> [FigureSpan] { parts.keys.filter(isWanted) }

    /// Forgets the windows that ended before a moment.
    public mutating func forget(before moment: Instant) {
        parts = parts.filter { _, keys in keys.values.first?.first.map { $0.message.to >= moment } ?? false }
        touched = touched.filter { parts[$0] != nil }
    }

    /// What becomes of a new part; its lineage is set then.
    ///
    /// A figure names the epochs of its readings, and those of a window only become more. So a figure that shares none
    /// with the earlier one was made with another journal. One without readings says nothing of its journal: it is a
    /// retraction when nothing was expected any more, as after `recompute --without`.
    ///
    /// - Parameter known: the parts of the same key, by lineage.
    public static func outcome(of part: Part, among known: [Part]) -> Outcome {
        guard let last = known.last else { return .begun(part.with(lineage: 1)) }
        let epochs = Set(part.message.readings.map(\.epoch))
        func replacing(_ old: Part) -> Outcome {
            part.follows(old) ? .replaced(part.with(lineage: old.lineage)) : .old
        }
        if let same = known.last(where: { old in old.message.readings.contains { epochs.contains($0.epoch) } }) {
            return replacing(same)
        }
        if last.message.readings.isEmpty { return replacing(last) }
        guard epochs.isEmpty else { return .begun(part.with(lineage: last.lineage + 1)) }
        if part.message.account.expected == 0 { return replacing(last) }
        // Nothing was counted with the new journal yet. Only the last word on the window matters then.
        return part.message.isProvisional ? .old : .begun(part.with(lineage: last.lineage + 1))
    }
}

extension Part {
    fileprivate func with(lineage: Int) -> Part {
        var part = self
        part.lineage = lineage
        return part
    }
}
