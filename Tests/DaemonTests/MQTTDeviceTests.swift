import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `MQTT devices` {
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        /// - Parameter topic: the last of all topics in alphabetical order: the subscriptions are made in that order.
        private func start(_ devices: String, until topic: String) throws {
            try box.configure(
                """
                timezone: Asia/Jakarta
                buses: { field: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                \(devices)
                """
            )
            try box.start()
            try #require(broker.line(with: "box-1.field 1 \(topic)") != nil)
        }

        @Test func `a scale's payload is a reading in kilograms with the device's own time`() throws {
            try start(
                "  scale-07: { profile: scale, bus: field, node: bsu-07, site: pond, interval: 60s }",
                until: "tele/bsu-07/SENSOR"
            )
            try publish(
                #"{"Time":"2026-11-21T09:12:44","HX711":{"Weight":12,"WeightRaw":12034,"AbsRaw":110004}}"#,
                to: "tele/bsu-07/SENSOR",
                at: broker
            )
            let reading = try #require(subscriber.first { $0.topic == "kediri/readings/box-1/pond/scale-07" })
            #expect(reading.json["points"] == ["weight": ["value": 12.034, "unit": "kg"]])
            // 09:12:44 in Jakarta.
            #expect(reading.json["source_time"] == "2026-11-21T02:12:44.000Z")
        }

        @Test func `a bare number is a counter's total, and what the broker had kept is not counted`() throws {
            try publish("1000", to: "kolam/total", at: broker, retained: true)
            try start(
                "  meter: { profile: meter, bus: field, node: kolam, site: pond, interval: 60s }",
                until: "kolam/total"
            )
            let old = try #require(subscriber.first { $0.topic == "kediri/readings/box-1/pond/meter" })
            #expect(
                old.point("volume")
                    == ["value": 1_000, "unit": "m3", "quality": "uncertain", "reason": "retained"]
            )
            try publish("1500.5", to: "kolam/total", at: broker)
            let first = try #require(subscriber.first { $0.point("volume")["value"] == 1_500.5 })
            #expect(first.point("volume") == ["value": 1_500.5, "unit": "m3"])
            try publish("1502", to: "kolam/total", at: broker)
            let second = try #require(subscriber.first { $0.point("volume")["value"] == 1_502 })
            #expect(second.point("volume")["increase"] == 1.5)
            #expect(second.point("volume")["since"] == first.json["time"])
        }

        @Test func `an end that is told twice is one passage, and what the profile does not name is kept nowhere`()
            throws
        {
            func ended(_ id: String) -> String {
                #"{"type":"end","after":{"id":"\#(id)","label":"car","sub_label":["AG 1234 XY",0.9],"#
                    + #""snapshot":"face-of-a-person","end_time":1607123962.5,"entered_zones":["utara"]}}"#
            }
            // The broker has kept an old message: its time is not known.
            try publish(ended("old"), to: "frigate/events", at: broker, retained: true)
            try start("  camera: { profile: camera, bus: field, site: pond, interval: 60s }", until: "frigate/events")
            try publish(ended("one"), to: "frigate/events", at: broker)
            try publish(ended("one"), to: "frigate/events", at: broker)
            try publish(ended("one").replacing(#""end","#, with: #""update","#), to: "frigate/events", at: broker)
            try publish(ended("two"), to: "frigate/events", at: broker)
            let all = try #require(subscriber.all(2) { $0.event == "passage" })
            #expect(all.map { $0.json["data"]["event_id"] } == ["one", "two"])
            let passage = all[0]
            #expect(passage.topic == "kediri/events/box-1/pond/camera")
            #expect(passage.json["data"] == ["event_id": "one", "class": "car", "zones": ["utara"]])
            #expect(passage.json["source_time"] == "2020-12-04T23:19:22.500Z")
            #expect(passage.json["severity"] == "info")

            let before = try box.journalBytes()
            #expect(box.terminate().status == 0)
            for words in ["AG 1234 XY", "face-of-a-person", "sub_label", "snapshot"] {
                #expect(!subscriber.messages.contains { $0.text.contains(words) })
                #expect(before.range(of: Data(words.utf8)) == nil)
                #expect(try box.journalBytes().range(of: Data(words.utf8)) == nil)
            }
            // Shows that the search finds what is there.
            #expect(try box.journalBytes().range(of: Data("event_id".utf8)) != nil)
        }

        @Test func `a device that says farewell is offline, and back with its next message`() throws {
            try start(
                "  scale-07: { profile: scale, bus: field, node: a, site: pond, interval: 60s }",
                until: "tele/a/SENSOR"
            )
            try publish("Offline", to: "tele/a/LWT", at: broker)
            let null = try #require(subscriber.first { $0.point("weight")["value"] == nil })
            #expect(null.point("weight")["quality"] == "bad" && null.point("weight")["reason"] == "offline")
            #expect(try #require(subscriber.event("device_down")).json["data"]["reason"] == "offline")
            try publish("Online", to: "tele/a/LWT", at: broker)
            try publish(#"{"HX711":{"WeightRaw":1}}"#, to: "tele/a/SENSOR", at: broker)
            #expect(subscriber.event("device_up") != nil)
            #expect(subscriber.first { $0.point("weight") == ["value": 0.001, "unit": "kg"] } != nil)
        }

        /// A device whose value was only steady was once reported as silent.
        @Test func `a device that reports changes only is there while it is online, and its last value holds`() throws {
            try start(
                "  tank: { profile: tank, bus: field, node: q, site: pond, interval: 400ms }",
                until: "q/state"
            )
            try publish("Online", to: "q/LWT", at: broker, retained: true)
            try publish("5", to: "q/state", at: broker)
            let held = try #require(subscriber.all(4) { $0.point("v")["value"] == 5 })
            #expect(held.dropFirst().allSatisfy { $0.point("v")["increase"] == 0 })
            #expect(
                !subscriber.messages.contains { $0.point("v")["reason"] == "not_seen" || $0.event == "device_down" }
            )
            try publish("Offline", to: "q/LWT", at: broker, retained: true)
            #expect(subscriber.first { $0.point("v")["reason"] == "offline" } != nil)
            // When it comes back, its value is not known until it sends it.
            try publish("Online", to: "q/LWT", at: broker, retained: true)
            let told = subscriber.messages.count
            #expect(subscriber.wait { $0.dropFirst(told).first { $0.point("v")["reason"] == "not_seen" } } != nil)
        }

        /// Decoding such a message once took minutes, under a lock that all devices of the broker and housekeeping
        /// share.
        @Test func `a message nested 500 deep says decode, and the other devices go on`() throws {
            try start(
                """
                  scale-07: { profile: scale, bus: field, node: a, site: pond, interval: 60s }
                  scale-08: { profile: scale, bus: field, node: b, site: pond, interval: 60s }
                """,
                until: "tele/b/SENSOR"
            )
            let nest = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
            let began = Date()
            try publish(
                "[" + Array(repeating: nest, count: 120).joined(separator: ",") + "]",
                to: "tele/a/SENSOR",
                at: broker
            )
            try publish(#"{"HX711":{"WeightRaw":2}}"#, to: "tele/b/SENSOR", at: broker)
            let nested = try #require(subscriber.first { $0.topic == "kediri/readings/box-1/pond/scale-07" })
            #expect(nested.point("weight") == ["value": nil, "unit": "kg", "quality": "bad", "reason": "decode"])
            #expect(subscriber.first { $0.point("weight")["value"] == 0.002 } != nil)
            #expect(Date().timeIntervalSince(began) < 10)
        }

        @Test func `a message above max_payload is not taken, and a reload that raises it takes the next`() throws {
            // With MQTT 5 the broker receives the limit, and sends no such message.
            func configure(_ most: String) throws {
                try box.configure(
                    """
                    buses: { field: { mqtt: mqtt://127.0.0.1:\(broker.port), version: 3.1.1, max_payload: \(most) } }
                    destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                    devices:
                      scale-07: { profile: scale, bus: field, node: a, site: pond, interval: 60s }
                    """
                )
            }
            let large = #"{"HX711":{"WeightRaw":7},"more":""# + String(repeating: "x", count: 9_000) + #""}"#
            try configure("1KiB")
            try box.start()
            try #require(broker.line(with: "box-1.field 1 tele/a/SENSOR") != nil)
            try publish(large, to: "tele/a/SENSOR", at: broker)
            #expect(box.process?.line(with: "broker lost") != nil)
            try configure("16KiB")
            box.process?.signal(SIGHUP)
            let told = try #require(subscriber.first { $0.json["event"] == "configuration" })
            #expect(told.json["data"]["buses"] == ["field"])
            try publish(large, to: "tele/a/SENSOR", at: broker, retained: true)
            #expect(subscriber.first { $0.point("weight")["value"] == 0.007 } != nil)
        }

        @Test func `a chatty counter is thinned, its increase stays exact, and a reload or a stop lets the last out`()
            throws
        {
            func devices(_ pause: String) -> String {
                """
                  meter: { profile: meter, bus: field, node: kolam, site: pond, interval: 60s, at_most_every: \(pause) }
                  other: { profile: meter, bus: field, node: lain, site: pond, interval: 60s }
                """
            }
            func tell(_ totals: [Int], at broker: BrokerProcess) throws {
                for total in totals { try publish("\(total)", to: "kolam/total", at: broker) }
                // This follows them on the same connection: when its reading is published, they have come.
                try publish("\(totals[0])", to: "lain/total", at: broker)
                _ = try #require(
                    subscriber.first {
                        $0.topic.hasSuffix("other") && $0.point("volume")["value"] == .number(Double(totals[0]))
                    }
                )
            }
            func reading(_ total: Double) -> Message? {
                subscriber.first {
                    $0.topic.hasSuffix("readings/box-1/pond/meter") && $0.point("volume")["value"] == .number(total)
                }
            }
            try start(devices("60s"), until: "lain/total")
            try tell([1_000, 1_001, 1_002, 1_003], at: broker)
            let first = try #require(reading(1_000))
            #expect(!subscriber.messages.contains { $0.point("volume")["value"] == 1_003 })

            try box.configure(
                """
                timezone: Asia/Jakarta
                buses: { field: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                \(devices("50s"))
                """
            )
            box.process?.signal(SIGHUP)
            let held = try #require(reading(1_003))
            #expect(held.json["thinned"] == 2)
            #expect(held.json["historical"] == .absent)
            #expect(held.point("volume")["increase"] == 3)
            #expect(held.point("volume")["since"] == first.json["time"])
            #expect(first.json["thinned"] == .absent)
            let told = try #require(subscriber.first { $0.json["event"] == "configuration" })
            #expect(told.json["data"]["buses"] == ["field"])

            try tell([1_004, 1_005], at: broker)
            #expect(reading(1_004)?.point("volume")["increase"] == 1)
            #expect(box.terminate().status == 0)
            #expect(reading(1_005)?.json["thinned"] == .absent)
            #expect(!subscriber.messages.contains { [1_001, 1_002].contains($0.point("volume")["value"]) })
        }

        @Test func `what a chatty device told last becomes a reading when the time is over`() throws {
            try start(
                "  meter: { profile: meter, bus: field, node: kolam, site: pond, interval: 60s, at_most_every: 2s }",
                until: "kolam/total"
            )
            for total in [1_000, 1_001] { try publish("\(total)", to: "kolam/total", at: broker) }
            let last = try #require(subscriber.first { $0.point("volume")["value"] == 1_001 })
            #expect(last.topic == "kediri/readings/box-1/pond/meter")
            #expect(last.point("volume")["increase"] == 1)
        }

        @Test func `a device that does not report is not_seen after two and a half intervals`() throws {
            try start(
                "  scale-07: { profile: scale, bus: field, node: a, site: pond, interval: 800ms }",
                until: "tele/a/SENSOR"
            )
            try publish(#"{"HX711":{"WeightRaw":1}}"#, to: "tele/a/SENSOR", at: broker)
            let last = try #require(subscriber.first { $0.point("weight")["value"] == 0.001 })
            let null = try #require(
                subscriber.first { $0.seq ?? 0 > last.seq ?? 0 && $0.point("weight")["reason"] == "not_seen" }
            )
            #expect(null.point("weight") == ["value": nil, "unit": "kg", "quality": "bad", "reason": "not_seen"])
            let silence = try seconds(null) - seconds(last)
            // The check runs once a second.
            #expect(silence >= 2 && silence < 4)
            #expect(try #require(subscriber.event("device_down")).json["data"]["reason"] == "not_seen")
            // It repeats at every interval, until a message comes.
            _ = try #require(subscriber.all(2) { $0.point("weight")["reason"] == "not_seen" })
            try publish(#"{"HX711":{"WeightRaw":2}}"#, to: "tele/a/SENSOR", at: broker)
            #expect(subscriber.event("device_up") != nil)
        }
    }
}

/// A message's time, in seconds.
func seconds(_ message: Message) throws -> Double {
    let text = try #require(message.json["time"].string)
    return try Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text).timeIntervalSince1970
}
