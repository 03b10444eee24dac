import Foundation
import TestSupport
import Testing

/// Tests of the running daemon, one after the other: each starts processes on few cores.
@Suite(.serialized, .timeLimit(.minutes(2)))
enum Daemon {}

extension Daemon {
    @Suite struct `A reading's whole way` {
        private func expectTables(_ message: Message) throws {
            #expect(message.json["points"].keys == ["level", "discharge", "total", "open", "busy"])
            #expect(message.point("level") == ["value": 2.57, "unit": "m"])
            // 2570 m3/h, and 3.6 m3/h are a litre a second.
            #expect(message.point("discharge") == ["value": 713.888888888889, "unit": "L/s"])
            #expect(message.point("total") == ["value": 4_294_705_146, "unit": "{vehicles}"])
            #expect(message.point("open") == ["value": true])
            #expect(message.point("busy") == ["value": false])
        }

        @Test func `registers over TCP and over a serial line arrive with values, units and identity`() throws {
            let tcp = try PythonPeer("modbus_tcp_server.py")
            let many = try PythonPeer("modbus_pipelining_server.py")
            let serial = try PythonPeer("modbus_rtu_server.py")
            let broker = try BrokerProcess()
            let subscriber = try Subscriber(broker)
            let box = try GatewayBox()
            try box.configure(
                """
                buses:
                  net: { tcp: 127.0.0.1:\(tcp.ready) }
                  many: { tcp: 127.0.0.1:\(many.ready), requests_at_once: 4 }
                  line: { serial: \(serial.ready), baud: 115200, parity: none, stop_bits: 1 }
                devices:
                  by-tcp: { profile: tables, bus: net, unit: 17, site: pond, interval: 300ms }
                  at-once: { profile: tables, bus: many, unit: 17, site: pond, interval: 300ms }
                  by-line: { profile: tables, bus: line, unit: 1, site: pond, interval: 400ms }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
            try box.start()
            let start = try #require(subscriber.event("start"))
            let epoch = try #require(start.epoch)
            for device in ["by-tcp", "at-once", "by-line"] {
                let reading = try #require(
                    subscriber.first { $0.topic == "kediri/readings/box-1/pond/\(device)" }
                )
                try expectTables(reading)
                let seq = try #require(reading.seq)
                #expect(reading.json["v"] == 1)
                #expect(reading.json["gateway"] == "box-1")
                #expect(reading.json["site"] == "pond")
                #expect(reading.json["device"] == .string(device))
                #expect(reading.json["clock"] == "synchronised")
                #expect(reading.id == "box-1.\(epoch).\(seq)")
                let time = try #require(reading.json["time"].string)
                #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
                #expect(
                    reading.json.keys == [
                        "v", "id", "gateway", "epoch", "seq", "site", "device", "time", "clock", "points",
                    ]
                )
            }
            // The start event is the first of all, and from there every number arrives.
            #expect(start.seq == 1)
            #expect(start.topic == "kediri/gateways/box-1/events")
            #expect(start.json["data"]["previous"] == .absent)
            #expect(subscriber.wait { $0.of(epoch: epoch).contiguousThrough >= 12 ? true : nil } == true)
            #expect(subscriber.messages.contradictions.isEmpty)

            // A later subscriber gets the last reading of each device at once, and no past event.
            let later = try Subscriber(broker)
            for device in ["by-tcp", "by-line"] {
                let kept = try #require(later.first { $0.topic == "kediri/readings/box-1/pond/\(device)" })
                #expect(kept.retained)
                try expectTables(kept)
            }
            #expect(!later.messages.contains { $0.retained && $0.event != nil })
        }

        @Test func `a refused register is null with exception_2 and the others are good`() throws {
            let tcp = try PythonPeer("modbus_tcp_server.py")
            let broker = try BrokerProcess()
            let subscriber = try Subscriber(broker)
            let box = try GatewayBox()
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(tcp.ready) } }
                devices:
                  some: { profile: partly, bus: net, unit: 1, site: pond, interval: 300ms }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
            try box.start()
            let readings = try #require(subscriber.all(4) { $0.topic.hasPrefix("kediri/readings/") })
            for reading in readings {
                #expect(reading.point("first") == ["value": 1_799])
                // 299 and 300 are one block at first; the half that exists is still read.
                #expect(reading.point("last") == .object(["value": .number(Double(299 * 257 % 65_536))]))
                for name in ["beyond", "far"] {
                    #expect(reading.point(name) == ["value": nil, "quality": "bad", "reason": "exception_2"])
                }
            }
            #expect(!subscriber.messages.contains { $0.event == "device_down" })
        }

        @Test func `a device that falls silent is null with timeout, then down, and up when it is back`() throws {
            let meter = CountingPeer()
            let broker = try BrokerProcess()
            let subscriber = try Subscriber(broker)
            let box = try GatewayBox()
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
            try box.start()
            _ = try #require(subscriber.all(2) { $0.point("passed")["value"] != .absent })
            meter.silence(true)
            let null = try #require(subscriber.first { $0.point("passed")["value"] == nil })
            #expect(
                null.point("passed")
                    == ["value": nil, "unit": "{vehicles}", "quality": "bad", "reason": "timeout"]
            )
            let down = try #require(subscriber.event("device_down"))
            #expect(down.topic == "kediri/gateways/box-1/events")
            #expect(down.json["device"] == "gate" && down.json["site"] == "pond")
            #expect(down.json["severity"] == "warning")
            #expect(down.json["data"]["reason"] == "timeout")
            #expect(try #require(null.seq) < (try #require(down.seq)))
            meter.silence(false)
            let up = try #require(subscriber.event("device_up"))
            #expect(up.json["severity"] == "info")
            let after = try #require(
                subscriber.first { $0.seq ?? 0 > up.seq ?? 0 && $0.point("passed")["value"].double != nil }
            )
            // The silence is no gap in the count: the increase meanwhile is in the next reading.
            let before = try #require(
                subscriber.messages.last { $0.seq ?? 0 < null.seq ?? 0 && $0.point("passed")["value"].double != nil }
            )
            #expect(after.point("passed")["since"] == before.json["time"])
            #expect(
                after.point("passed")["increase"].double
                    == zip2(after, before, "passed").map { $0 - $1 }
            )
        }
    }
}

/// Two messages' values of a point.
func zip2(_ first: Message, _ second: Message, _ point: String) -> (Double, Double)? {
    guard let one = first.point(point)["value"].double, let other = second.point(point)["value"].double else {
        return nil
    }
    return (one, other)
}
