import Domain
import Installation
import Profiles
import TestSupport
import Testing

@testable import Buses
@testable import MQTT

@Suite struct `A device of a broker` {
    /// A device at an interval of ten seconds, with a clock that the test moves.
    private final class Bench {
        let clock = HandClock()
        let sink: RecordingSink
        let listened: ListenedDevice

        init(_ profile: String, atMostEvery: Duration? = nil, isDown: Bool = false) throws {
            sink = RecordingSink(down: isDown ? ["gate"] : [])
            let device = device(try writtenProfile(profile), interval: .seconds(10), atMostEvery: atMostEvery)
            listened = ListenedDevice(device, in: try testContext(sink, clock))
        }

        /// Returns what has come out since the last call.
        func news() -> [String] {
            let order = sink.all.order
            defer { seen = order.count }
            return Array(order[seen...])
        }

        private var seen = 0

        func message(_ text: String, index: Int = 0, retained: Bool = false) {
            listened.accept(received(text, retained), index: index)
        }

        func availability(_ word: String) { listened.availability(received(word, false)) }

        /// Advances the clock, and reports overdue devices.
        func wait(_ seconds: Int64) {
            clock.advance(by: .seconds(seconds))
            listened.reportOverdue(now: clock.uptime())
        }

        private func received(_ text: String, _ retained: Bool) -> MQTTReceived {
            MQTTReceived(topic: "t", payload: Array(text.utf8), retained: retained, arrived: clock.uptime())
        }
    }

    private static let level = """
        mqtt:
          messages: { m: { topic: t } }
          availability: { topic: a }
        points:
          level: { message: m, path: level }

        """

    private static let onChange = level.replacing("points:", with: "  reports: on_change\npoints:")

    private static let passages = """
        mqtt:
          messages: { m: { topic: t } }
          availability: { topic: a }
        events:
          passage: { message: m, when: { type: end }, id: id, data: { class: label } }

        """

    // MARK: Silence

    @Test func `is down when it has said nothing for two and a half intervals, then null once an interval`() throws {
        let bench = try Bench(Self.level)
        bench.message(#"{"level": 3}"#)
        #expect(bench.news() == ["3"])
        bench.wait(24)
        #expect(bench.news() == [])
        bench.wait(1)
        #expect(bench.news() == ["null not_seen", "down"])
        #expect(bench.sink.all.changes == [.down(.notSeen, detail: nil)])
        bench.wait(9)
        #expect(bench.news() == [])
        bench.wait(1)
        #expect(bench.news() == ["null not_seen"])
    }

    @Test func `is up before the reading that shows it`() throws {
        let bench = try Bench(Self.level)
        bench.wait(25)
        _ = bench.news()
        bench.message(#"{"level": 3}"#)
        #expect(bench.news() == ["up", "3"])
    }

    @Test func `that was down before a reload is up at its first message, and not down twice`() throws {
        let bench = try Bench(Self.level, isDown: true)
        bench.wait(25)
        #expect(bench.news() == ["null not_seen"])
        bench.message(#"{"level": 3}"#)
        #expect(bench.news() == ["up", "3"])
    }

    @Test func `shows no life by a message without any of its values`() throws {
        let bench = try Bench(Self.level)
        bench.wait(25)
        _ = bench.news()
        bench.message(#"{"other": 3}"#)
        #expect(bench.news() == [])
        bench.wait(10)
        #expect(bench.news() == ["null not_in_message"])
    }

    @Test func `whose messages lack the profile's path is not silent, and says what there is`() throws {
        let bench = try Bench(Self.level)
        for _ in 0..<5 {
            bench.message(#"{"Level": 3, "x": {"a.b": 1}}"#)
            bench.wait(10)
        }
        #expect(bench.news() == ["null not_in_message", "down", "null not_in_message", "null not_in_message"])
        #expect(bench.sink.all.changes == [.down(.notInMessage, detail: nil)])
        let why = bench.sink.all.readings.last?.samples[0]?.why
        #expect(why == #"level not in it; there is: Level, x["a.b"]"#)
        // When no messages come any more, it is silent.
        bench.wait(25)
        #expect(bench.news() == ["null not_seen"])
        bench.message(#"{"level": 3}"#)
        #expect(bench.news() == ["up", "3"])
    }

    @Test func `one of whose values never comes says so, and one that comes at times does not`() throws {
        let bench = try Bench(
            """
            mqtt: { messages: { m: { topic: t } } }
            points:
              level: { message: m, path: level }
              battery: { message: m, path: Battery }
              rain: { message: m, path: rain }

            """
        )
        bench.message(#"{"level": 3, "rain": 1}"#)
        bench.wait(10)
        bench.message(#"{"level": 3}"#)
        bench.wait(10)
        bench.message(#"{"level": 3}"#)
        bench.wait(5)
        bench.message(#"{"level": 3, "battery": 90}"#)
        #expect(bench.news() == ["3, -, 1", "3, -, -", "3, -, -", "3, null not_in_message, -"])
    }

    @Test func `whose time is in another zone than its profile says is uncertain and has no time`() throws {
        let bench = try Bench(
            "mqtt: { messages: { m: { topic: t, time: { path: ts, format: epoch_ms } } } }\n"
                + "points:\n  level: { message: m, path: level, counter: { bits: 32 } }\n"
        )
        func message(late: Int64, _ level: Int) {
            let now = bench.clock.stamp(at: bench.clock.uptime()).time.millisecondsSince1970
            bench.message("{\"ts\": \(now - late * 1_000), \"level\": \(level)}")
            bench.wait(10)
        }
        message(late: 0, 3)
        message(late: -25_200, 4)
        message(late: 0, 5)
        #expect(bench.news() == ["3", "4 zone", "5"])
        let readings = bench.sink.all.readings
        #expect(readings.map { $0.sourceTime == nil } == [false, true, false])
        // What was counted meanwhile belongs to the next reading of a certain time.
        #expect(readings[1].samples[0]?.increase == nil)
        #expect(readings[2].samples[0]?.increase?.decimal == DecimalNumber(2))
    }

    @Test func `shows no life by a retained message, whose value is uncertain`() throws {
        let bench = try Bench(Self.level)
        bench.message(#"{"level": 3}"#, retained: true)
        #expect(bench.news() == ["3 retained"])
        bench.wait(25)
        #expect(bench.news() == ["null not_seen", "down"])
        bench.message(#"{"level": 3}"#, retained: true)
        #expect(bench.news() == ["3 retained"])
    }

    @Test func `is down at once when it says offline, and has two and a half intervals when it is back`() throws {
        let bench = try Bench(Self.level)
        bench.availability("offline")
        #expect(bench.news() == ["null offline", "down"])
        bench.availability("offline")
        #expect(bench.news() == [])
        bench.wait(10)
        #expect(bench.news() == ["null offline"])
        bench.availability("online")
        bench.wait(24)
        #expect(bench.news() == [])
        bench.wait(1)
        #expect(bench.news() == ["null not_seen"])
    }

    @Test func `of events only is not overdue, but down when it says offline`() throws {
        let bench = try Bench(Self.passages)
        bench.wait(1_000)
        #expect(bench.news() == [])
        bench.availability("offline")
        #expect(bench.news() == ["down"])
        bench.message("{}")
        #expect(bench.news() == ["up"])
    }

    // MARK: Reports on change only

    @Test func `that reports changes only still has its last values while it is online`() throws {
        let bench = try Bench(Self.onChange)
        bench.availability("online")
        bench.message(#"{"level": 3}"#)
        #expect(bench.news() == ["3"])
        bench.wait(25)
        #expect(bench.news() == ["3"])
        bench.wait(10)
        #expect(bench.news() == ["3"])
    }

    @Test func `that reports changes only is not known any more without its broker, or after it was offline`() throws {
        let bench = try Bench(Self.onChange)
        bench.availability("online")
        bench.message(#"{"level": 3}"#)
        bench.listened.brokerLost()
        _ = bench.news()
        bench.wait(25)
        #expect(bench.news() == ["null not_seen", "down"])
        bench.availability("offline")
        bench.availability("online")
        _ = bench.news()
        // The values from before it went offline do not hold.
        bench.wait(25)
        #expect(bench.news() == ["null not_seen"])
    }

    // MARK: Thinning

    @Test func `that says more than is asked for has its last message let out when the time is over`() throws {
        let bench = try Bench(Self.level, atMostEvery: .seconds(10))
        for level in 0..<4 {
            bench.message(#"{"level": \#(level)}"#)
            bench.clock.advance(by: .seconds(1))
        }
        #expect(bench.news() == ["0"])
        bench.wait(5)
        #expect(bench.news() == [])
        bench.wait(1)
        #expect(bench.news() == ["3"])
        let taken = bench.sink.all
        #expect(taken.readings.last?.thinned == 2)
        // It was measured seven seconds ago, and is live from now on.
        #expect(taken.since.last == .some(bench.clock.uptime()))
        #expect(taken.readings.last.map { bench.clock.uptime() - $0.stamp.uptime } == .seconds(7))
    }

    @Test func `has what is held back let out before it is offline, and when the source ends`() throws {
        let bench = try Bench(Self.level, atMostEvery: .seconds(10))
        bench.message(#"{"level": 1}"#)
        bench.message(#"{"level": 2}"#)
        bench.availability("offline")
        #expect(bench.news() == ["1", "2", "null offline", "down"])
        bench.message(#"{"level": 3}"#)
        bench.message(#"{"level": 4}"#)
        _ = bench.news()
        bench.listened.end()
        #expect(bench.news() == ["4"])
    }

    // MARK: Events

    @Test func `tells an event once, however often it comes, and none of a retained message`() throws {
        let bench = try Bench(Self.passages)
        let message = #"{"type": "end", "id": "a1", "label": "car"}"#
        bench.message(message, retained: true)
        #expect(bench.news() == [])
        bench.message(message)
        bench.message(message)
        #expect(bench.news() == ["passage a1"])
        bench.message(message.replacing("a1", with: "a2"))
        bench.message(message.replacing("end", with: "new"))
        #expect(bench.news() == ["passage a2"])
        let event = try #require(bench.sink.all.events.first)
        #expect(event.device.id == "gate")
        #expect(event.data.map(\.key) == ["class"] && event.data.first?.value == .string("car"))
    }
}
