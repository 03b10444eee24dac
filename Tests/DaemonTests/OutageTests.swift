import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct Outages {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let cable: Cable
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            cable = try Cable(to: broker.port)
            box = try GatewayBox()
            try configure(destinations: "city: { mqtt: mqtt://127.0.0.1:\(cable.port) }")
        }

        private func configure(destinations: String) throws {
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 100ms }
                destinations:
                  \(destinations)
                """
            )
        }

        /// Starts the gateway and waits until readings flow.
        private func started() throws -> String {
            let known = Set(subscriber.messages.compactMap(\.epoch))
            try box.start()
            let start = try #require(subscriber.first { $0.event == "start" && !known.contains($0.epoch ?? "") })
            let epoch = try #require(start.epoch)
            _ = try #require(subscriber.all(5) { $0.epoch == epoch && $0.topic.hasPrefix("kediri/readings/") })
            return epoch
        }

        private func expectLanes() {
            let readings = subscriber.messages.filter { $0.seq != nil && $0.json["points"] != .absent }
            let live = readings.filter { $0.topic == "kediri/readings/box-1/pond/gate" }
            let late = readings.filter { $0.topic == "kediri/backfill/box-1/pond/gate" }
            #expect(live.count + late.count == readings.count)
            #expect(live.allSatisfy { $0.json["historical"] == .absent })
            #expect(late.allSatisfy { $0.json["historical"] == true })
            // Live readings are each newer than the one before; so are those in an epoch's backlog.
            for epoch in Set(live.compactMap(\.epoch)) {
                let numbers = live.of(epoch: epoch).compactMap(\.seq)
                #expect(numbers == numbers.sorted())
            }
            #expect(subscriber.messages.contradictions.isEmpty)
        }

        @Test func `an endpoint that closes after each reply is read whole, every unit and every block`() throws {
            let closing = ScriptedPeer(tcp: { _, request in [.send(ModbusFrames.tcpAddresses(to: request)), .hangUp] })
            defer { closing.stop() }
            let box = try GatewayBox(profiles: [
                "parts": """
                modbus: { numbering: from_0, word_order: ABCD, reply_time: 500ms, worst_reply: 500ms, max_registers: 1 }
                points: { first: { holding: 10, type: uint16 }, second: { holding: 11, type: uint16 } }
                """
            ])
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(closing.port) } }
                devices:
                  one: { profile: parts, bus: net, unit: 1, site: pond, interval: 200ms }
                  two: { profile: parts, bus: net, unit: 2, site: pond, interval: 200ms }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
            try box.start()
            for device in ["one", "two"] {
                let readings = try #require(
                    subscriber.all(10) { $0.topic == "kediri/readings/box-1/pond/\(device)" }
                )
                for reading in readings {
                    #expect(reading.point("first") == ["value": 10])
                    #expect(reading.point("second") == ["value": 11])
                }
            }
        }

        /// pymodbus answers one request of a segment.
        @Test func `an endpoint that takes one request at a time is asked so although told otherwise`() throws {
            let tcp = try PythonPeer("modbus_tcp_server.py")
            let box = try GatewayBox()
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(tcp.ready), requests_at_once: 4 } }
                devices:
                  one: { profile: tables, bus: net, unit: 17, site: pond, interval: 500ms }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
            let child = try box.start()
            #expect(child.line(with: "takes fewer requests at once") != nil)
            let told = subscriber.messages.count
            _ = try #require(subscriber.all(told + 6) { _ in true })
            let readings = subscriber.messages[told...].filter { $0.topic == "kediri/readings/box-1/pond/one" }
            #expect(readings.count > 2)
            for reading in readings {
                #expect(reading.json["points"].keys == ["level", "discharge", "total", "open", "busy"])
                for point in ["level", "discharge", "total", "open", "busy"] {
                    #expect(reading.point(point)["quality"] == .absent)
                }
            }
        }

        @Test func `endpoints that are silent, refused or unreachable cost another one no poll`() throws {
            let mute = CountingPeer()
            mute.silence(true)
            let hole = FullListener()
            defer { hole.close() }
            let gone = ScriptedPeer { _, _ in [] }
            gone.stop()
            try box.configure(
                """
                buses:
                  net: { tcp: 127.0.0.1:\(meter.port) }
                  mute: { tcp: 127.0.0.1:\(mute.port) }
                  hole: { tcp: 127.0.0.1:\(hole.port) }
                  gone: { tcp: 127.0.0.1:\(gone.port) }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 100ms }
                  silent: { profile: counter, bus: mute, unit: 1, site: pond, interval: 100ms }
                  swallowed: { profile: counter, bus: hole, unit: 1, site: pond, interval: 100ms }
                  refused: { profile: counter, bus: gone, unit: 1, site: pond, interval: 100ms }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
            _ = try started()
            #expect(
                subscriber.first { $0.topic.hasSuffix("/silent") && $0.point("passed")["reason"] == "timeout" } != nil
            )
            #expect(
                subscriber.first { $0.topic.hasSuffix("/refused") && $0.point("passed")["reason"] == "no_connection" }
                    != nil
            )
            #expect(
                subscriber.first { $0.topic.hasSuffix("/swallowed") && $0.point("passed")["reason"] == "no_connection" }
                    != nil
            )
            let readings = try #require(subscriber.all(40) { $0.topic == "kediri/readings/box-1/pond/gate" })
            let missed = readings.compactMap { $0.json["missed"].double }.reduce(0, +)
            // A machine that is busy with other tests may cost one; waiting for an endpoint would cost dozens.
            #expect(missed <= 2)
        }

        @Test func `what was read while the broker was away arrives afterwards as backfill, none lost, none changed`()
            throws
        {
            let epoch = try started()
            cable.cut()
            // Longer than the five seconds after which a reading is no longer live.
            #expect(meter.wait(forMore: 70))
            cable.mend()
            let caughtUp = subscriber.wait(within: 60) { messages in
                let ours = messages.of(epoch: epoch)
                let late = ours.filter { $0.topic.hasPrefix("kediri/backfill/") }
                let live = ours.filter { $0.topic.hasPrefix("kediri/readings/") }
                guard late.count >= 15, let last = live.last?.seq else { return nil as Bool? }
                return ours.contiguousThrough >= last && last > late.compactMap(\.seq).max() ?? 0 ? true : nil
            }
            #expect(caughtUp == true)
            expectLanes()
            // A later subscriber finds no backfill retained.
            let later = try Subscriber(broker)
            _ = later.first { $0.topic.hasPrefix("kediri/readings/") }
            #expect(!later.messages.contains { $0.topic.hasPrefix("kediri/backfill/") && $0.retained })
        }

        @Test func `what was not acknowledged before an orderly end is sent after the next start`() throws {
            let first = try started()
            cable.cut()
            #expect(meter.wait(forMore: 20))
            #expect(box.terminate().status == 0)
            let seen = subscriber.messages.count
            cable.mend()
            let second = try started()
            #expect(first != second)
            let stop = try #require(subscriber.first { $0.event == "stop" && $0.epoch == first })
            let last = try #require(stop.seq)
            #expect(stop.json["historical"] == true)
            let start = try #require(subscriber.first { $0.event == "start" && $0.epoch == second })
            #expect(
                start.json["data"]["previous"]
                    == ["epoch": .string(first), "committed_through": .number(Double(last)), "clean": true]
            )
            #expect(subscriber.wait { $0.of(epoch: first).contiguousThrough == last ? true : nil } == true)
            // The rest of the earlier epoch comes late: it must not look like present readings.
            #expect(
                subscriber.messages.dropFirst(seen).filter { $0.epoch == first }.allSatisfy {
                    $0.json["historical"] == true && !$0.topic.hasPrefix("kediri/readings/")
                }
            )
            expectLanes()
        }

        @Test func `what was committed before a kill is sent after the next start, and the counters' chain holds`()
            throws
        {
            let first = try started()
            cable.cut()
            #expect(meter.wait(forMore: 30))
            box.kill()
            cable.mend()
            let second = try started()
            let start = try #require(subscriber.first { $0.event == "start" && $0.epoch == second })
            let previous = start.json["data"]["previous"]
            #expect(previous["epoch"] == .string(first))
            #expect(previous["clean"] == false)
            let committed = try #require(previous["committed_through"].integer)
            // A kill loses at most the last two seconds.
            #expect(committed >= 15)
            #expect(subscriber.wait { $0.of(epoch: first).contiguousThrough >= committed ? true : nil } == true)
            expectLanes()
            try expectChain(from: first, to: second)
        }

        @Test func `increase and since chain across an orderly restart`() throws {
            let first = try started()
            #expect(box.terminate().status == 0)
            let second = try started()
            try expectChain(from: first, to: second)
        }

        /// Every reading's increase is measured from a reading that was published, and is the difference to it.
        private func expectChain(from first: String, to second: String) throws {
            let readings = subscriber.messages.filter { $0.point("passed")["value"].double != nil }
            var totals: [JSONNode: Double] = [:]
            for reading in readings { totals[reading.json["time"]] = reading.point("passed")["value"].double }
            let opening = try #require(readings.of(epoch: first).first { $0.seq == 2 })
            #expect(opening.point("passed")["increase"] == .absent)
            let after = readings.of(epoch: second)
            #expect(!after.isEmpty)
            for reading in after {
                let passed = reading.point("passed")
                let total = try #require(passed["value"].double)
                let before = try #require(totals[passed["since"]], "an increase since an unknown time: \(reading.text)")
                #expect(passed["increase"].double == total - before)
            }
            // The first reading of the new epoch is measured from one of the old epoch.
            let bridge = try #require(after.min { $0.seq ?? 0 < $1.seq ?? 0 })
            #expect(readings.of(epoch: first).contains { $0.json["time"] == bridge.point("passed")["since"] })
        }

        @Test func `a destination that swallows everything does not hold up the other`() throws {
            let hole = FullListener()
            defer { hole.close() }
            try configure(
                destinations: """
                    away: { mqtt: mqtt://127.0.0.1:\(hole.port) }
                      city: { mqtt: mqtt://127.0.0.1:\(broker.port) }
                    """
            )
            _ = try started()
            let readings = try #require(subscriber.all(30) { $0.topic.hasPrefix("kediri/readings/") })
            // No reading waited for the other destination: all of them went live.
            #expect(readings.allSatisfy { $0.json["historical"] == .absent })
            let (status, seconds) = box.terminate()
            #expect(status == 0)
            #expect(seconds < 5)
            #expect(!subscriber.messages.contains { $0.topic.hasPrefix("kediri/backfill/") })
        }
    }
}
