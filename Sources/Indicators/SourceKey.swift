/// What a row of bins is of: one point of one device, taken in one way. Indicators that take the same share the bins.
public struct SourceKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var device: String
    /// `volume#increase`, `ph#value[6,9]`, `#weighing:net`; with a breakdown `...|class,direction=left`.
    public var taken: String

    public var description: String { device + "/" + taken }

    /// Whether it is of events, which come when they come.
    var isOfEvents: Bool { taken.hasPrefix("#") }

    public static func < (a: SourceKey, b: SourceKey) -> Bool { (a.device, a.taken) < (b.device, b.taken) }
}

/// One use of a device's point or event.
struct Tap: Sendable, Hashable {
    enum What: Sendable, Hashable {
        case increase
        case value
        /// The number in the event's data; nil counts 1.
        case event(amount: String?)
    }

    var key: SourceKey
    var what: What
    /// Where the breakdown is the same in every reading.
    var breakdown: String
    /// Else from the event's data, in order.
    var origins: [(name: String, origin: SourceRule.Origin)]
    var limits: SourceRule.Limits?
    var conversion: Conversion?

    /// The breakdown's key for this event.
    func breakdown(of event: EventObservation) -> String {
        guard !origins.isEmpty else { return breakdown }
        return origins.map { name, origin in
            let word =
                switch origin {
                case .word(let word): word
                case .data(let member): event.words[member] ?? "-"
                }
            return "\(name)=\(word)"
        }.joined(separator: ",")
    }

    static func == (a: Tap, b: Tap) -> Bool { a.key == b.key }
    func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
