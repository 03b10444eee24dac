public import Contract
public import Domain

/// What the city has published: it gives each figure its revision, and says whether it is news.
public struct MergedBook: Sendable {
    private struct Key: Hashable {
        var name: String
        var from: Instant

        init(_ figure: CityFigure) { (name, from) = (figure.name, figure.from) }
    }

    private var issued: [Key: CityFigure] = [:]

    public init() {}

    /// Takes back what was published last.
    public mutating func restore(_ figure: CityFigure) { issued[Key(figure)] = figure }

    /// - Returns: what is to be published, with its revision; nil where it says what is published already.
    public mutating func issue(_ figure: CityFigure) -> CityFigure? {
        guard let next = Self.next(figure, after: issued[Key(figure)]) else { return nil }
        issued[Key(figure)] = next
        return next
    }

    /// Forgets the windows that ended before a moment. What is merged of them afterwards counts as news.
    public mutating func forget(before moment: Instant) { issued = issued.filter { $0.value.to >= moment } }

    /// The figure with its revision: the minutes since the window began, and more than the one before in any case. A
    /// window that was closed stays closed: what comes late changes it, but does not open it again.
    ///
    /// - Returns: nil where it says the same as the last one.
    public static func next(_ figure: CityFigure, after last: CityFigure?) -> CityFigure? {
        guard let last else { return figure }
        var next = figure
        if !last.isProvisional { next.isProvisional = false }
        next.revision = last.revision
        guard next != last else { return nil }
        next.revision = max(figure.revision, last.revision + 1)
        return next
    }
}
