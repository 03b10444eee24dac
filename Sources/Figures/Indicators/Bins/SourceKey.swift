/// Identifies a row of bins: one point of one device, taken in one way. Indicators that take the same share the bins.
public struct SourceKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var device: String
    /// `volume#increase`, `ph#value[6,9]`, `#weighing:net`; with a breakdown `...|class,direction=left`.
    public var taken: String

    public var description: String { device + "/" + taken }

    /// The device, at whatever place.
    var owner: String { String(device.prefix { $0 != "~" }) }

    /// The key of all conditions of a place at the same time, made from the bins of its sources.
    static func joint(_ place: String, of indicator: String) -> SourceKey {
        SourceKey(device: place, taken: "&" + indicator)
    }

    /// Whether it counts events, which come at no expected time.
    var isOfEvents: Bool { taken.hasPrefix("#") }

    public static func < (a: SourceKey, b: SourceKey) -> Bool { (a.device, a.taken) < (b.device, b.taken) }
}
