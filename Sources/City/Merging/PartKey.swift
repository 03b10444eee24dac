public import Contract
public import Domain

/// What a part is a part of: one window of one indicator in one scope of one gateway.
public struct PartKey: Hashable, Sendable {
    public var gateway: String
    public var indicator: String
    /// As the gateway names it: `gateway`, `kecamatan-<name>` or `kelurahan-<name>`.
    public var scope: String
    /// The word of the window's length: `day`.
    public var window: String
    public var from: Instant

    public init(gateway: String, indicator: String, scope: String, window: String, from: Instant) {
        self.gateway = gateway
        self.indicator = indicator
        self.scope = scope
        self.window = window
        self.from = from
    }

    public init(_ message: FigureMessage) {
        self.init(
            gateway: message.gateway,
            indicator: message.indicator,
            scope: message.scope,
            window: message.window,
            from: message.from
        )
    }

    /// The window that it belongs to, over all gateways and scopes.
    public var span: FigureSpan { FigureSpan(indicator: indicator, window: window, from: from) }
}

/// One window of one indicator, over all gateways and scopes: what is merged at a time.
public struct FigureSpan: Hashable, Sendable {
    public var indicator: String
    public var window: String
    public var from: Instant

    public init(indicator: String, window: String, from: Instant) {
        self.indicator = indicator
        self.window = window
        self.from = from
    }
}
