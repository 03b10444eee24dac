/// The newest events, those of earlier runs too as far as the journal has them; the newest first: answers `events`.
public struct RecentEvents: Codable, Hashable, Sendable {
    public struct Event: Codable, Hashable, Sendable {
        /// UTC.
        public var time: String
        /// `unsynchronised` where nothing confirms that time; else nil.
        public var clock: String?
        /// As in payloads: `device_down`.
        public var name: String
        /// `info`, `warning` or `alarm`.
        public var severity: String
        public var site: String?
        public var device: String?
        /// The object `data` of the event message, as JSON text.
        public var data: String

        public init(time: String, name: String, severity: String, site: String?, device: String?, data: String) {
            self.time = time
            self.name = name
            self.severity = severity
            self.site = site
            self.device = device
            self.data = data
        }
    }

    public var events: [Event]

    public init(events: [Event]) { self.events = events }
}

extension RecentEvents {
    /// As one line of text.
    public var json: [UInt8] { ControlRequest.answer(self) }

    public init(json: [UInt8]) throws(NotAnswer) { self = try ControlRequest.readAnswer(json) }
}
