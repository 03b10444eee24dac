import Domain
import Forwarding

/// Events whose words only the housekeeping knows: they are caught from a gateway that runs in this process.
enum ToldCases {
    /// Their golden files, each with what a forwarder noticed.
    static let notices: [(name: String, notice: ForwarderNotice)] = [
        ("gateway-event/identity-cloned", .identityCloned),
        (
            "gateway-event/broker-refuses",
            .refusesAll(code: 0x97, words: "quota exceeded", since: arrived.uptime, isAlarm: false)
        ),
        (
            "gateway-event/broker-refuses-for-a-day",
            .refusesAll(code: 0x87, words: "not authorized", since: arrived.uptime, isAlarm: true)
        ),
        (
            "gateway-event/broker-drops-the-connection",
            .refusesAll(code: nil, words: drops, since: arrived.uptime, isAlarm: false)
        ),
        (
            "gateway-event/quarantine",
            .quarantined(epoch: "7-3f2a9c1d", seq: 12, code: 0x95, words: "packet too large", ofQuarantine: false)
        ),
        (
            "gateway-event/quarantine-without-a-code",
            .quarantined(epoch: "7-3f2a9c1d", seq: 12, code: nil, words: drops, ofQuarantine: false)
        ),
    ]

    private static let drops = "the broker drops the connection"

    /// The golden file of the event that tells of a clock which has come.
    static let clock = "gateway-event/clock-synchronised"

    static let names = notices.map(\.name) + [clock]
}
