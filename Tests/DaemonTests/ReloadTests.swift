import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `A reload` {
        private let near = CountingPeer()
        private let far = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        private func configure(
            _ devices: String,
            more: String = "",
            destination: String = "",
            farAtOnce: Int = 1,
            rate: Int = 200,
            socket: String? = nil
        ) throws {
            try box.configure(
                """
                buses:
                  near: { tcp: 127.0.0.1:\(near.port) }
                  far: { tcp: 127.0.0.1:\(far.port), requests_at_once: \(farAtOnce) }
                destinations:
                  city: { mqtt: mqtt://127.0.0.1:\(broker.port), backfill_rate: \(rate) }
                \(destination)
                \(more)
                devices:
                \(devices)
                """,
                socket: socket
            )
        }

        private let gate = "  gate: { profile: counter, bus: near, unit: 1, site: pond, interval: 200ms }\n"
        private let weir = "  weir: { profile: counter, bus: far, unit: 2, site: pond, interval: 200ms }\n"
        private let sluice = "  sluice: { profile: counter, bus: far, unit: 3, site: pond, interval: 200ms }\n"

        private func reloaded(accepted: JSONNode) -> Message? {
            box.process?.signal(SIGHUP)
            return subscriber.first { $0.json["event"] == "configuration" && $0.json["data"]["accepted"] == accepted }
        }

        private func reading(of device: String) -> Message? {
            subscriber.first { $0.topic == "kediri/readings/box-1/pond/\(device)" && !$0.text.isEmpty }
        }

        @Test func `starts only the bus that changed anew, in the same epoch`() throws {
            try configure(gate + weir)
            try box.start()
            let before = try #require(reading(of: "gate"))
            _ = try #require(reading(of: "weir"))
            try configure(gate + weir + sluice)
            let told = try #require(reloaded(accepted: true))
            #expect(told.json["data"]["buses"] == ["far"])
            #expect(told.epoch == before.epoch)
            let new = try #require(reading(of: "sluice"))
            #expect(new.epoch == before.epoch)
            #expect(near.peer.connections == 1, "the other bus kept its connection")
        }

        @Test func `starts a bus anew for its requests at once alone`() throws {
            try configure(gate + weir)
            try box.start()
            _ = try #require(reading(of: "weir"))
            try configure(gate + weir, farAtOnce: 2)
            #expect(reloaded(accepted: true)?.json["data"]["buses"] == ["far"])
        }

        @Test func `that is refused changes nothing`() throws {
            try configure(gate + weir)
            try box.start()
            _ = try #require(reading(of: "gate"))
            try configure(gate + "  weir: { profile: conter, bus: far, unit: 2, site: pond, interval: 200ms }\n")
            _ = try #require(reloaded(accepted: false))
            #expect(box.process?.line(with: "did you mean 'counter'?") != nil)
            #expect(near.wait(forMore: 3) && far.wait(forMore: 3))
            #expect(near.peer.connections == 1 && far.peer.connections == 1)
        }

        @Test func `clears what is retained of a device that is gone`() throws {
            try configure(gate + weir)
            try box.start()
            _ = try #require(reading(of: "weir"))
            try configure(gate)
            _ = try #require(reloaded(accepted: true))
            for kind in ["meta", "readings"] {
                #expect(subscriber.first { $0.topic == "kediri/\(kind)/box-1/pond/weir" && $0.text.isEmpty } != nil)
            }
            let later = try Subscriber(broker, to: "kediri/readings/box-1/pond/#")
            #expect(later.first { $0.retained }?.topic == "kediri/readings/box-1/pond/gate")
        }

        @Test func `of the gateway itself begins a new epoch in the same process`() throws {
            try configure(gate)
            try box.start()
            let before = try #require(reading(of: "gate"))
            let moved = try Subscriber(broker, to: "kota/#")
            try configure(gate, more: "topic_prefix: kota")
            box.process?.signal(SIGHUP)
            let after = try #require(moved.first { $0.topic == "kota/readings/box-1/pond/gate" })
            #expect(after.epoch != before.epoch)
            let start = moved.first { $0.topic == "kota/gateways/box-1/events" && $0.json["event"] == "start" }
            #expect(start?.json["data"]["previous"]["clean"] == true)
            #expect(box.terminate().status == 0)
        }

        @Test func `of the gateway itself that cannot run leaves the one before at work`() throws {
            try configure(gate)
            try box.start()
            let before = try #require(reading(of: "gate"))
            // The journal's path is a file.
            try box.configure(
                """
                buses: { near: { tcp: 127.0.0.1:\(near.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                \(gate)
                """,
                journal: box.configuration
            )
            let told = try #require(reloaded(accepted: false))
            #expect(told.json["data"]["reason"].string?.contains("the one before runs again") == true)
            #expect(subscriber.first { $0.epoch != before.epoch && $0.topic.hasSuffix("pond/gate") } != nil)
            #expect(box.terminate().status == 0)
        }

        @Test func `of a destination keeps the journal open and the epoch, on a disk of a second a sync too`() throws {
            let faults = try MachineFaults()
            try configure(gate)
            try box.start(with: faults)
            let before = try #require(reading(of: "gate"))
            try faults.slowDisk(milliseconds: 1_000)
            try configure(gate, rate: 7)
            let told = try #require(reloaded(accepted: true))
            #expect(told.json["data"]["destinations"] == ["city"])
            #expect(told.json["data"]["buses"] == [])
            #expect(told.epoch == before.epoch)
            let later = try #require(told.seq) + 10
            #expect(
                subscriber.wait { $0.of(epoch: before.epoch ?? "").contiguousThrough >= later ? true : nil } == true
            )
            #expect(near.peer.connections == 1, "the bus went on")
        }

        @Test func `gives up what a destination that is gone was owed, and says so`() throws {
            try configure(gate, destination: "  other: { mqtt: mqtt://127.0.0.1:\(try freePort()) }")
            try box.start()
            _ = try #require(reading(of: "gate"))
            try configure(gate)
            _ = try #require(reloaded(accepted: true))
            let gap = try #require(subscriber.event("gap"))
            #expect(gap.json["data"]["destination"] == "other")
            let count = try #require(gap.json["data"]["count"].integer)
            // It never had a connection, so it was owed all numbers.
            let epoch = try #require(gap.epoch)
            let all = JSONNode.number(Double(count))
            #expect(gap.json["data"]["ranges"] == [["epoch": .string(epoch), "first": 1, "last": all, "count": all]])
        }

        @Test func `moves the control socket`() throws {
            try configure(gate)
            try box.start()
            _ = try #require(reading(of: "gate"))
            let moved = box.folder + "/moved.sock"
            try configure(gate, socket: moved)
            _ = try #require(reloaded(accepted: true))
            #expect(try GatewayProgram.run("status", "--socket", moved, "--json").status == 0)
        }

        @Test func `during a long recomputation, of the gateway itself, ends and begins in order`() throws {
            let faults = try MachineFaults()
            try configure(gate)
            try box.start(with: faults)
            _ = try #require(reading(of: "gate"))
            // Computing again saves twice: together this takes longer than a stop waits.
            try faults.slowDisk(milliseconds: 1_500)
            let command = try ChildProcess(
                GatewayProgram.path,
                [
                    "indicators", "recompute", "--config", box.configuration, "--profiles", box.folder + "/profiles",
                    "--from", "2026-01-01", "--to", "2026-01-02", "--reason", "a test",
                ]
            )
            let moved = try Subscriber(broker, to: "kota/#")
            try configure(gate, more: "topic_prefix: kota")
            box.process?.signal(SIGHUP)
            #expect(moved.first { $0.topic == "kota/readings/box-1/pond/gate" } != nil)
            command.stop()
            try faults.slowDisk(milliseconds: 0)
            #expect(box.terminate().status == 0)
        }

        /// `RELOADS=1000 swift test --filter "leave nothing behind"` for the long one.
        @Test func `many reloads leave nothing behind`() throws {
            let count = ProcessInfo.processInfo.environment["RELOADS"].flatMap { Int($0) } ?? 60
            try configure(gate + weir)
            let process = try box.start()
            _ = try #require(reading(of: "weir"))
            func reload(_ number: Int) throws {
                // Each reload changes a bus and the destination.
                try configure(gate + weir, farAtOnce: 1 + number % 2, rate: 10 + number)
                process.signal(SIGHUP)
                let isDone: (Message) -> Bool = { $0.event == "configuration" && $0.json["data"]["accepted"] == true }
                _ = try #require(subscriber.all(number, isDone))
            }
            for number in 1...10 { try reload(number) }
            let before = try ProcessFigures(of: process.identifier)
            for number in 11...count { try reload(number) }
            let after = try ProcessFigures(of: process.identifier)
            print("after 10 reloads:", before, "after \(count):", after)
            #expect(after.descriptors <= before.descriptors + 2)
            #expect(after.threads <= before.threads + 2)
            #expect(after.mappings <= before.mappings + 12)
            #expect(after.kibibytes <= before.kibibytes + 6 * 1_024)
        }
    }

    @Suite struct `An end` {
        private func seconds(
            _ destinations: String,
            faults: MachineFaults,
            during fault: () throws -> Void
        ) throws -> Double {
            let meter = CountingPeer()
            let box = try GatewayBox()
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 100ms }
                \(destinations)
                """
            )
            try box.start(with: faults)
            #expect(meter.wait(forMore: 3))
            try fault()
            return box.terminate().seconds
        }

        @Test func `comes within 5 s though the disk takes nothing`() throws {
            let faults = try MachineFaults()
            let there = "destinations: { city: { mqtt: mqtt://127.0.0.1:\(try freePort()) } }"
            let seconds = try seconds(there, faults: faults) { try faults.slowDisk(milliseconds: 60_000) }
            #expect(seconds < 5.5)
        }

        @Test func `comes within 5 s though no name resolves`() throws {
            let faults = try MachineFaults()
            try faults.muteDNS()
            let there = "destinations: { city: { mqtt: mqtt://broker.example:1883 } }"
            #expect(try seconds(there, faults: faults) {} < 5.5)
        }
    }
}
