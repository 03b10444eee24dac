import Domain
import Installation
import Profiles
import TestSupport
import Testing

@testable import Buses
@testable import MQTT

@Suite struct `A broker whose devices share a pattern` {
    private static let uplink = """
        mqtt: { messages: { up: { topic: "application/+/device/{node}/event/up" } } }
        points:
          level: { message: up, path: object.level }

        """

    private let clock = HandClock()
    private let sink = RecordingSink()

    private func source(_ ids: [String]) throws -> MQTTSource {
        let profile = try writtenProfile(Self.uplink)
        let broker = try #require(Configuration.Bus.field.broker)
        return MQTTSource(
            bus: .field,
            broker: broker,
            devices: ids.map { device(profile, id: $0, interval: .seconds(10)) },
            in: try testContext(sink, clock)
        )
    }

    @Test func `is subscribed once for two hundred devices, and gives each message to its device`() throws {
        let source = try source((0..<200).map { "a84041\($0)" })
        #expect(source.subscriptions == ["application/+/device/+/event/up"])
        for (topic, level) in [
            ("application/7/device/a840417/event/up", 1), ("application/9/device/a84041199/event/up", 2),
            ("application/7/device/unknown/event/up", 3), ("application/7/device/a840417/event/join", 4),
        ] {
            source.received(
                MQTTReceived(
                    topic: topic,
                    payload: Array(#"{"object":{"level":\#(level)}}"#.utf8),
                    retained: false,
                    arrived: clock.uptime()
                )
            )
        }
        #expect(sink.all.readings.map(\.shape.device) == ["a840417", "a84041199"])
        #expect(sink.all.readings.map { $0.samples[0]?.value } == [.integer(1), .integer(2)])
    }

    @Test func `is subscribed with its own node where there is one device`() throws {
        #expect(try source(["a1"]).subscriptions == ["application/+/device/a1/event/up"])
    }

    @Test func `gives a message of a shared topic to the device that it names, byte by byte`() throws {
        let profile = try writtenProfile(
            """
            mqtt: { messages: { up: { topic: account/+/json, node_in: "m2m:cin.pi" } } }
            points:
              level: { message: up, path: level }

            """
        )
        func named(_ id: String, _ node: String) -> Device {
            var device = device(profile, id: id, interval: .seconds(10))
            device.node = node
            return device
        }
        let source = MQTTSource(
            bus: .field,
            broker: try #require(Configuration.Bus.field.broker),
            devices: [named("pond", "/cse/cnt-1"), named("weir", "/cse/cnt-2"), named("account", "")],
            in: try testContext(sink, clock)
        )
        #expect(source.subscriptions == ["account/+/json"])
        for payload in [
            #"{"m2m:cin":{"pi":"/cse/cnt-2"},"level":1}"#, #"{"m2m:cin":{"pi":"/cse/cnt-22"},"level":2}"#,
            #"{"level":3}"#,
            #"{"m2m:cin":{"pi":["/cse/cnt-1"]},"level":4}"#,
        ] {
            source.received(
                MQTTReceived(
                    topic: "account/key/json",
                    payload: Array(payload.utf8),
                    retained: false,
                    arrived: clock.uptime()
                )
            )
        }
        let readings = sink.all.readings
        #expect(readings.filter { $0.shape.device == "weir" }.map { $0.samples[0]?.value } == [.integer(1)])
        #expect(readings.filter { $0.shape.device == "pond" }.isEmpty)
        #expect(readings.filter { $0.shape.device == "account" }.count == 4)
    }
}
