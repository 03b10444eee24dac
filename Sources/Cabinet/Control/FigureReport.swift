public import Domain

/// The figures that a client wants: `figures` and this as JSON.
public struct FigureRequest: Codable, Hashable, Sendable {
    /// `15min`, `hour`, `day`, `month` or `year`.
    public var window: String
    /// How many windows before the open one, 0 to 366.
    public var before: Int
    /// The beginning of the scopes that are wanted, such as `site-`; nil means all but those of single devices.
    public var scope: String?
    /// One indicator; nil means all.
    public var indicator: String?

    public init(window: String, before: Int, scope: String? = nil, indicator: String? = nil) {
        self.window = window
        self.before = before
        self.scope = scope
        self.indicator = indicator
    }
}

/// Figures with the windows before theirs.
public struct FigureReport: Codable, Hashable, Sendable {
    public struct Entry: Codable, Hashable, Sendable {
        public var name: Label
        /// The indicator message of the open window, exactly as it is published.
        public var message: String
        /// The devices that feed it.
        public var devices: [String]
        /// How many units of its kind the city has registered, where the catalogue says it.
        public var registered: Int?
        /// The windows before, oldest first.
        public var before: [Step]
        /// The message of the last window that has ended; nil where there is none.
        public var closed: String?

        public init(
            name: Label,
            message: String,
            devices: [String],
            registered: Int?,
            before: [Step],
            closed: String? = nil
        ) {
            self.closed = closed
            self.name = name
            self.message = message
            self.devices = devices
            self.registered = registered
            self.before = before
        }
    }

    /// A window that has ended.
    public struct Step: Codable, Hashable, Sendable {
        /// Its beginning, UTC.
        public var from: String
        /// A number's digits or a word; nil without data.
        public var value: String?
        /// `good`, `uncertain` or `bad`.
        public var quality: String
        public var reason: String?
        /// 0 to 1.
        public var completeness: Double?

        public init(from: String, value: String?, quality: String, reason: String?, completeness: Double?) {
            self.from = from
            self.value = value
            self.quality = quality
            self.reason = reason
            self.completeness = completeness
        }
    }

    public var figures: [Entry]

    public init(figures: [Entry]) { self.figures = figures }
}
