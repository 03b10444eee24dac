import Contract
import Domain
import Journal
import MQTT
import Testing

@testable import Forwarding

@Suite struct JSONSessionTests {
    private static func format(_ clock: StandingClock) -> JSONSession {
        JSONSession(topics: Topics(prefix: "kediri", gateway: "kdr-soyo-01"), lastWill: [], time: clock)
    }

    private static func message(
        _ entry: JournalEntry,
        _ lane: Lane = .live,
        clock: StandingClock = StandingClock()
    ) -> MQTTMessage {
        format(clock).message(of: entry, lane: lane) ?? MQTTMessage(topic: "", payload: [])
    }

    private static func text(_ message: MQTTMessage) -> String { String(decoding: message.payload, as: UTF8.self) }

    private static let head =
        #"{"v":1,"id":"kdr-soyo-01.7-3f2a9c1d.1005","gateway":"kdr-soyo-01","epoch":"7-3f2a9c1d","seq":1005,"#
    private static let place = #""site":"sumber-soyo","device":"flow-soyo","#
    private static let body = #""points":{"discharge":{"value":12.53,"unit":"L/s"}}}"#

    @Test func aLiveReadingIsRetainedUnderItsDevice() {
        let message = Self.message(entry(5))
        #expect(message.topic == "kediri/readings/kdr-soyo-01/sumber-soyo/flow-soyo")
        #expect(message.retained)
        #expect(
            Self.text(message) == Self.head + Self.place
                + #""time":"2026-11-21T09:18:09.944Z","clock":"synchronised","# + Self.body
        )
    }

    @Test func aLateReadingIsHistoricalAndNeverRetained() {
        let message = Self.message(entry(5), .backfill)
        #expect(message.topic == "kediri/backfill/kdr-soyo-01/sumber-soyo/flow-soyo")
        #expect(!message.retained)
        #expect(
            Self.text(message) == Self.head + Self.place
                + #""time":"2026-11-21T09:18:09.944Z","clock":"synchronised","historical":true,"# + Self.body
        )
    }

    private static func event(_ kind: JournalEntry.Kind, device: String?) -> JournalEntry {
        var event = entry(5, kind: kind)
        event.device = device
        if device == nil { event.site = nil }
        event.content = Array(#""event":"start","severity":"info","data":{}"#.utf8)
        return event
    }

    @Test func aDevicesEventGoesToTheDevicesTopicUnretained() {
        let message = Self.message(Self.event(.deviceEvent, device: "flow-soyo"))
        #expect(message.topic == "kediri/events/kdr-soyo-01/sumber-soyo/flow-soyo")
        #expect(!message.retained)
        #expect(
            Self.text(message) == Self.head + #""time":"2026-11-21T09:18:09.944Z","clock":"synchronised","#
                + #""event":"start","severity":"info","data":{}}"#
        )
    }

    @Test func theGatewaysEventGoesToItsOwnTopic() {
        let live = Self.message(Self.event(.gatewayEvent, device: nil))
        let late = Self.message(Self.event(.gatewayEvent, device: nil), .backfill)
        #expect(live.topic == "kediri/gateways/kdr-soyo-01/events")
        #expect(late.topic == live.topic)
        #expect(!live.retained)
        #expect(Self.text(late).contains(#""historical":true"#))
        #expect(!Self.text(live).contains("historical"))
    }

    /// A gateway that was renamed still sends its old rows under the name they were made with.
    @Test func aRowKeepsTheGatewaysNameOfItsTime() {
        var old = entry(5)
        old.gateway = "kdr-old"
        let message = Self.message(old, .backfill)
        #expect(message.topic == "kediri/backfill/kdr-old/sumber-soyo/flow-soyo")
        #expect(Self.text(message).hasPrefix(#"{"v":1,"id":"kdr-old.7-3f2a9c1d.1005","gateway":"kdr-old","#))
    }

    private static func unsynchronised(boot: String = "b00t") -> JournalEntry {
        var early = entry(5)
        early.stamp.clock = .unsynchronised
        early.stamp.time = Instant(millisecondsSince1970: 0)
        early.stamp.boot = boot
        return early
    }

    @Test func anUnsynchronisedReadingCarriesBootAndUptime() {
        let message = Self.message(Self.unsynchronised(), clock: StandingClock(clock: .unsynchronised))
        #expect(
            Self.text(message) == Self.head + Self.place
                + #""time":"1970-01-01T00:00:00.000Z","clock":"unsynchronised","boot":"b00t","uptime_ms":100000,"#
                + Self.body
        )
    }

    @Test func onceTheClockIsThereAReadingOfThisBootTakesItsRightTime() {
        let message = Self.message(Self.unsynchronised(), .backfill)
        #expect(
            Self.text(message) == Self.head + Self.place
                + #""time":"2026-11-21T09:18:09.944Z","clock":"synchronised","historical":true,"# + Self.body
        )
    }

    @Test func aReadingOfAnotherBootKeepsItsUnsynchronisedTime() {
        let text = Self.text(Self.message(Self.unsynchronised(boot: "earlier"), .backfill))
        #expect(text.contains(#""clock":"unsynchronised","boot":"earlier","uptime_ms":100000"#))
    }

    /// Seconds ahead of the epoch must not change a synchronised time that was right when it was taken.
    @Test func aSynchronisedTimeIsNeverTouched() {
        var reading = entry(5)
        reading.stamp.time = Instant(millisecondsSince1970: 1_700_000_000_000)
        #expect(Self.text(Self.message(reading)).contains(#""time":"2023-11-14T22:13:20.000Z""#))
    }

    @Test func theTopicsOfStateAreTheContracts() {
        let topics = Topics(prefix: "a/b", gateway: "g")
        #expect(topics.status == "a/b/gateways/g/status")
        #expect(topics.meta(site: "s", device: "d") == "a/b/meta/g/s/d")
    }
}
