/// The figures that a destination gets.
public struct FigureSelection: Hashable, Sendable {
    /// The kinds of scopes, as the catalogue has them.
    public enum Scope: String, Sendable, CaseIterable {
        case gateway
        case kecamatan
        case kelurahan
        case site
        case device
    }

    /// The windows, as topics have them.
    public enum Window: String, Sendable, CaseIterable {
        case quarter = "15min"
        case hour
        case day
        case month
        case year
    }

    /// How often open figures go.
    public enum Open: Hashable, Sendable {
        /// As they change, once a minute at most.
        case asTheyChange
        /// The newest of each, once in this time at most.
        case every(Duration)
        case never
    }

    public var scopes: Set<Scope>
    public var windows: Set<Window>
    public var open: Open

    public static let everything = FigureSelection()

    package init(
        scopes: Set<Scope> = Set(Scope.allCases),
        windows: Set<Window> = Set(Window.allCases),
        open: Open = .asTheyChange
    ) {
        self.scopes = scopes
        self.windows = windows
        self.open = open
    }

    /// Whether closed figures of that scope and window go there. Scopes and windows of a later release go everywhere.
    ///
    /// - Parameters:
    ///   - scope: its name in topics, such as `site-market`.
    ///   - window: its word in topics.
    public func takes(scope: String, window: String) -> Bool {
        let kind = Scope(rawValue: String(scope.prefix { $0 != "-" }))
        return (kind.map { scopes.contains($0) } ?? true)
            && (Window(rawValue: window).map { windows.contains($0) } ?? true)
    }

    /// Whether open figures of that scope and window go there.
    public func takesOpen(scope: String, window: String) -> Bool {
        open != .never && takes(scope: scope, window: window)
    }
}

extension FigureSelection: CustomStringConvertible {
    /// The same for the same selection, and readable again.
    public var description: String {
        let scopes = Scope.allCases.filter { self.scopes.contains($0) }.map(\.rawValue).joined(separator: ",")
        let windows = Window.allCases.filter { self.windows.contains($0) }.map(\.rawValue).joined(separator: ",")
        return "\(scopes) \(windows) \(open == .never ? "closed" : "open")"
    }

    /// - Returns: nil for a text that `description` has not written.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let scopes = parts[0].split(separator: ",").compactMap { Scope(rawValue: String($0)) }
        let windows = parts[1].split(separator: ",").compactMap { Window(rawValue: String($0)) }
        self.init(
            scopes: Set(scopes),
            windows: Set(windows),
            open: parts[2] == "closed" ? .never : .asTheyChange
        )
    }
}
