public import Contract
public import Domain
import Indicators

/// The city's figures while gateways send theirs: the parts of the windows of the last days, and what was made of
/// them.
///
/// Everything is in memory, and a part is about as large as its message. A program that keeps parts elsewhere calls
/// `Merge` with those of one window at a time, and `MergedBook.next`.
public struct CityFigures: Sendable {
    public let city: String
    public let zone: Zone
    public private(set) var parts = PartBook()
    private var merged = MergedBook()
    private let feeding: Feeding
    private let peakHour: PeakHour
    /// The windows that are not final yet, and when each ends.
    private var unsettled: [FigureSpan: Instant] = [:]
    /// When the last round was, and who was silent then.
    private var last: (at: Instant, silent: Set<String>)?

    /// How long after its end a window still takes late parts: as long as a gateway keeps its bins.
    public static let memory = Duration.seconds(35 * 86_400)

    public init(city: String, zone: Zone, feeding: Feeding, peakHour: PeakHour = .traffic) {
        self.city = city
        self.zone = zone
        self.feeding = feeding
        self.peakHour = peakHour
    }

    /// Takes back what was stored, before any message comes.
    public mutating func restore(_ parts: [Part], published: [CityFigure]) {
        for part in parts { self.parts.restore(part) }
        for figure in published { merged.restore(figure) }
    }

    /// Takes a gateway's figure.
    ///
    /// - Returns: what is to be stored of it; nil for a figure that is no part.
    @discardableResult
    public mutating func take(_ message: FigureMessage, at: Instant) -> PartBook.Outcome? {
        parts.take(message, at: at)
    }

    /// Merges what has changed, and the open windows, in which a silent gateway owes more from minute to minute.
    ///
    /// - Returns: what is to be published, with its revisions, the earliest windows first.
    public mutating func round(now: Instant, roster: Roster) -> [CityFigure] {
        parts.forget(before: now + (.zero - Self.memory))
        merged.forget(before: now + (.zero - Self.memory))
        unsettled = unsettled.filter { $0.value >= now + (.zero - Self.memory) }
        let merge = Merge(city: city, zone: zone, now: now, roster: roster, feeding: feeding)
        let spans = parts.takeTouched().union(due(now, silent: roster.silent))
        last = (now, roster.silent)
        var figures: [CityFigure] = []
        for span in spans {
            let found = merge.figures(of: parts.parts(of: span))
            unsettled[span] = found.first(where: \.isProvisional)?.to
            figures += found
        }
        let days = Set(
            spans.filter { $0.indicator == peakHour.source && $0.window == WindowKind.quarter.rawValue }
                .map { Window(.day, containing: $0.from, in: zone) }
        )
        figures += days.flatMap { peaks(on: $0, merge) }
        return figures.sorted { ($0.from, $0.name) < ($1.from, $1.name) }.compactMap { merged.issue($0) }
    }

    /// The windows that time or silence changes: open ones, those that have just ended, those that nobody waits for any
    /// longer, and all that are not final when another gateway is silent than before.
    private func due(_ now: Instant, silent: Set<String>) -> [FigureSpan] {
        guard let last, last.silent == silent else { return Array(unsettled.keys) }
        return unsettled.filter { $0.value > last.at || now >= $0.value + Merge.patience }.map(\.key)
    }

    private func peaks(on day: Window, _ merge: Merge) -> [CityFigure] {
        let quarters = parts.spans { span in
            span.indicator == peakHour.source && span.window == WindowKind.quarter.rawValue && day.contains(span.from)
        }
        let figures = quarters.flatMap { merge.figures(of: parts.parts(of: $0)) }
        return Dictionary(grouping: figures, by: \.scope).values.compactMap {
            peakHour.figure(of: $0, on: day, now: merge.now)
        }
    }
}
