public import Domain

/// The events that the gateway itself makes; docs/topics.md describes the data of each.
extension EventName {
    public static let start = EventName(rawValue: "start")
    public static let stop = EventName(rawValue: "stop")
    public static let configuration = EventName(rawValue: "configuration")
    public static let deviceDown = EventName(rawValue: "device_down")
    public static let deviceUp = EventName(rawValue: "device_up")
    public static let moved = EventName(rawValue: "moved")
    public static let clock = EventName(rawValue: "clock")
    public static let gap = EventName(rawValue: "gap")
    public static let storage = EventName(rawValue: "storage")
    public static let quarantine = EventName(rawValue: "quarantine")
    public static let brokerRefuses = EventName(rawValue: "broker_refuses")
    public static let identityCloned = EventName(rawValue: "identity_cloned")
    public static let clonedStorage = EventName(rawValue: "cloned_storage")
    public static let recomputed = EventName(rawValue: "recomputed")
    public static let uplinkBudget = EventName(rawValue: "uplink_budget")
    public static let weighing = EventName(rawValue: "weighing")
}
