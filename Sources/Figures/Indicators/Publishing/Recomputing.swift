import Contract
public import Domain
import Platform

/// Days that a person asked to compute again, and the event that reports it afterwards.
public struct Recomputing: Sendable {
    var days: ClosedRange<Day>
    var reason: String
    /// A device to leave out of those days, and one to count there again.
    var without: String?
    var with: String?
    /// The user's name from the client.
    var claimed: String
    /// The user of the asking process, from the kernel.
    var userID: UInt32?

    /// How many changed figures the event names; it gives the number of the others.
    static let mostChanges = 50
    /// The id that the kernel shows for a user outside this process' user namespace; the service has such a namespace.
    private static let overflowUser: UInt32 = 65_534

    /// - Parameters:
    ///   - claimed: the user's name from the client.
    ///   - userID: the user of the asking process, from the kernel.
    public init(
        days: ClosedRange<Day>,
        reason: String,
        without: String? = nil,
        with: String? = nil,
        claimed: String,
        userID: UInt32?
    ) {
        self.days = days
        self.reason = reason
        self.without = without
        self.with = with
        self.claimed = claimed
        self.userID = userID
    }

    /// The user who asks. The kernel's answer holds, except for root, where sudo knows the person, and where the kernel
    /// shows no user: then the client's name is used. Looks into the user database, which may take its time.
    var user: String {
        if let userID, userID != 0, userID != Self.overflowUser, let name = UserName.of(userID) { return name }
        if !claimed.isEmpty { return claimed }
        return userID.flatMap { UserName.of($0) } ?? "unknown"
    }

    /// The gateway's event: who computed which days again and why, and which figures changed.
    func event(by user: String, _ changes: [FigureChange], refused: Int, stamp: Stamp) -> Event {
        let told = changes.prefix(Self.mostChanges).map { change in
            DataValue.object([
                .init("indicator", .string(change.indicator)), .init("scope", .string(change.scope)),
                .init("window", .string(change.window.kind.rawValue)),
                .init("from", .string("\(change.window.from)")),
                .init("old", change.old.map { .string($0) } ?? .null),
                .init("new", change.new.map { .string($0) } ?? .null),
            ])
        }
        let device = [("without", without), ("with", with)].compactMap { key, device in
            device.map { (key: key, value: DataValue.string($0)) }
        }
        return Event(
            .recomputed,
            severity: .info,
            stamp: stamp,
            data: device + [
                ("reason", .string(reason)), ("by", .string(user)), ("from", .string("\(days.lowerBound)")),
                ("to", .string("\(days.upperBound)")), ("changed", .array(told)),
                ("more", .integer(changes.count - told.count)), ("refused", .integer(refused)),
            ]
        )
    }
}

/// The outcome of computing days again.
public struct RecomputingOutcome: Sendable {
    public var isDone = false
    /// The device that is not known here; then nothing was done.
    public var unknownDevice: String?
    public var result = IndicatorEngine.Recomputation()
}
