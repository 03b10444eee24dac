import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `What the gateway says of itself` {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        private func configure(_ devices: String) throws {
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                \(devices)
                """
            )
        }

        private let gate =
            "  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms, owner: Dishub, serial: A1, "
            + "verified: { by: Diskominfo, on: 2026-10-03 } }\n"
        private let weir = "  weir: { profile: counter, bus: net, unit: 2, site: pond, interval: 200ms }\n"

        private func status(_ state: JSONNode) -> Message? {
            subscriber.first { $0.topic == "kediri/gateways/box-1/status" && $0.json["state"] == state }
        }

        private func kept(_ topic: String) throws -> Message {
            let later = try Subscriber(broker, to: topic)
            return try #require(later.first { $0.retained })
        }

        @Test func `the status goes from online over stopping to offline, and is kept`() throws {
            try configure(gate)
            try box.start()
            let online = try #require(status("online"))
            #expect(online.json["gateway"] == "box-1" && online.json["version"].string != nil)
            #expect(online.json["epoch"].string != nil && online.json["since"].string != nil)
            #expect(online.json["storage"].keys == ["bytes", "limit", "free"])
            #expect(online.json["box"]["uptime"].integer ?? 0 > 0)
            #expect(online.json["buses"]["net"]["errors"] == 0)
            #expect(online.json["destinations"]["city"].keys.isSuperset(of: ["connected", "pending"]))
            let answering = subscriber.first { $0.json["devices"]["answering"] == 1 }
            #expect(answering?.json["devices"]["verified"] == 1 && answering?.json["devices"]["missed"].integer != nil)
            #expect(box.terminate().status == 0)
            #expect(status("stopping") != nil)
            #expect(try kept("kediri/gateways/box-1/status").json["state"] == "offline")
        }

        @Test func `a kill leaves the last will, offline`() throws {
            try configure(gate)
            try box.start()
            let online = try #require(status("online"))
            box.kill()
            let offline = try #require(status("offline"))
            #expect(offline.epoch == online.epoch)
            #expect(try kept("kediri/gateways/box-1/status").json["state"] == "offline")
        }

        @Test func `each device's meta is kept with its points and units, and cleared when the device is gone`() throws
        {
            try configure(gate + weir)
            try box.start()
            _ = try #require(subscriber.first { $0.topic == "kediri/meta/box-1/pond/weir" && !$0.text.isEmpty })
            let meta = try kept("kediri/meta/box-1/pond/gate")
            #expect(
                meta.json == [
                    "v": 1, "gateway": "box-1", "site": ["id": "pond", "name": "Pond", "kelurahan": "Bawang"],
                    "device": "gate", "profile": "counter", "name": "Test counter", "measures": "water",
                    "owner": "Dishub", "serial": "A1", "verified": ["by": "Diskominfo", "on": "2026-10-03"],
                    "interval_ms": 200, "points": ["passed": ["unit": "{vehicles}", "counter": true]],
                ]
            )
            #expect(try kept("kediri/meta/box-1/pond/weir").json["verified"] == false)
            #expect(box.terminate().status == 0)
            try configure(gate)
            try box.start()
            #expect(subscriber.first { $0.topic == "kediri/meta/box-1/pond/weir" && $0.text.isEmpty } != nil)
            let later = try Subscriber(broker, to: "kediri/meta/#")
            #expect(later.first { $0.topic == "kediri/meta/box-1/pond/gate" } != nil)
            #expect(!later.messages.contains { $0.topic == "kediri/meta/box-1/pond/weir" })
        }

        @Test func `SIGTERM ends it in order within five seconds though its broker is frozen`() throws {
            try box.configure(
                """
                buses:
                  net: { tcp: 127.0.0.1:\(meter.port) }
                  field: { mqtt: mqtt://127.0.0.1:\(broker.port) }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                \(gate)
                  scale-07: { profile: scale, bus: field, node: a, site: pond, interval: 60s }
                """
            )
            let child = try box.start()
            try #require(broker.line(with: "box-1.field 1 tele/a/SENSOR") != nil)
            _ = try #require(subscriber.first { $0.topic.hasPrefix("kediri/readings/") })
            broker.suspend()
            #expect(meter.wait(forMore: 10))
            let (status, seconds) = box.terminate()
            broker.resume()
            #expect(status == 0)
            #expect(seconds < 5)
            #expect(child.line(with: "stopped") != nil)
            // Messages without an answer from the broker come after the next start.
            let first = try #require(subscriber.event("start")?.epoch)
            try box.start()
            let stop = try #require(subscriber.first { $0.event == "stop" && $0.epoch == first })
            #expect(subscriber.wait { $0.of(epoch: first).contiguousThrough == stop.seq ? true : nil } == true)
        }

        @Test func `SIGTERM ends it in order within five seconds though a device is mute`() throws {
            meter.silence(true)
            try configure("  gate: { profile: slow, bus: net, unit: 1, site: pond, interval: 1s }\n")
            try box.start()
            // In the middle of a transaction that would take eight seconds.
            #expect(meter.wait(forMore: 1))
            let (status, seconds) = box.terminate()
            #expect(status == 0)
            #expect(seconds < 5)
            #expect(subscriber.event("stop") != nil)
        }

        @Test func `a message that the broker will never take is set aside with an event, and later ones flow`() throws
        {
            // Enough for a reading of one counter, not for one of many points.
            let broker = try BrokerProcess(["allow_anonymous true", "message_size_limit 700"])
            let subscriber = try Subscriber(broker)
            let names = (1...20).map { "  a_point_with_a_long_name_\($0): { holding: 0, type: uint16 }\n" }.joined()
            let fat = "modbus: { numbering: from_0, word_order: ABCD }\npoints:\n" + names
            let box = try GatewayBox(profiles: TestProfiles.all.merging(["fat": fat]) { $1 })
            let tcp = try PythonPeer("modbus_tcp_server.py")
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(tcp.ready) }, other: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                \(gate.replacing("bus: net", with: "bus: other"))
                  fat: { profile: fat, bus: net, unit: 1, site: pond, interval: 2s }
                """
            )
            try box.start()
            let event = try #require(subscriber.event("quarantine"))
            #expect(event.json["severity"] == "alarm")
            #expect(event.json["data"]["destination"] == "city")
            #expect(event.json["data"]["code"] == 0x95)
            #expect(event.json["data"]["epoch"].string == event.epoch)
            let aside = try #require(event.json["data"]["seq"].integer)
            let later = subscriber.all(5) { $0.seq ?? 0 > aside && $0.json["points"] != .absent }
            #expect(later != nil)
            #expect(!subscriber.messages.contains { $0.seq == aside })
        }
    }
}
