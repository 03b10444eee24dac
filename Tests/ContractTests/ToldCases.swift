import Contract
import Domain
import Forwarding

/// Notices of forwarders, and a clock that was synchronised, as events.
enum ToldCases {
    static let all =
        notices.map { name, notice in GoldenCase(name) { try Payload.of(notice) } } + [
            GoldenCase("gateway-event/clock-synchronised") {
                Payload.of(.clock(Stamp(arrived, boot: String(repeating: "0", count: 32))))
            },
            GoldenCase("gateway-event/cloned-storage") {
                Payload.of(
                    .clonedStorage(machine: "0011223344556677", before: "8899aabbccddeeff", stamp: arrived)
                )
            },
            budget("", percent: 80, since: "2026-11-01"), budget("-without-a-clock", percent: 100, since: nil),
        ]

    private static func budget(_ name: String, percent: Int, since: String?) -> GoldenCase {
        GoldenCase("gateway-event/uplink-budget" + name) {
            Payload.of(
                .uplinkBudget(
                    TrafficBudget(bytes: 300_000_000, per: .month),
                    of: "city",
                    percent: percent,
                    used: 240_000_123,
                    since: since,
                    stamp: arrived
                )
            )
        }
    }

    /// Golden files, each with a forwarder's notice.
    private static let notices: [(name: String, notice: ForwarderNotice)] = [
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
}

extension Stamp {
    /// The same moment of another boot.
    fileprivate init(_ stamp: Stamp, boot: String) {
        self.init(time: stamp.time, clock: stamp.clock, boot: boot, uptime: stamp.uptime)
    }
}
