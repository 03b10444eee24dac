import Contract
import Control
import Domain
import Foundation
import MQTT
import Platform
import Synchronization
import TestSupport
import Testing

extension Daemon {
    /// Packs, from a device's registers to a subscriber that takes them apart.
    @Suite struct `Readings in packs` {
        private static func configure(_ box: GatewayBox, _ meter: CountingPeer, port: Int, _ keys: String) throws {
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(port), same_box: false, \(keys) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
        }

        @Test func `arrive at a real broker, each once and live, and nothing goes beside them`() throws {
            let meter = CountingPeer()
            let broker = try BrokerProcess()
            let packs = try PackSubscriber(broker)
            let others = try Subscriber(broker)
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 1s }")
            try box.start()
            #expect(packs.wait { $0.entries.count >= 20 })
            #expect(box.terminate().status == 0)
            // The last pack closes at the stop.
            #expect(packs.wait { $0.entries.last?.isHistorical == false && $0.names.contains("stop") })
            let heard = packs.heard
            #expect(heard.entries.map(\.seq) == (1...UInt64(heard.entries.count)).map { $0 })
            #expect(heard.entries.allSatisfy { !$0.isHistorical })
            #expect(heard.packs.count < heard.entries.count / 3)
            #expect(heard.packs.allSatisfy { !$0.retained })
            let topics = others.messages.map(\.topic)
            #expect(!topics.contains { $0.contains("/backfill/") || $0.contains("/events") })
            #expect(!others.messages.contains { $0.topic.contains("/readings/") && $0.text != "" })
        }

        @Test func `leave each device's newest one retained where state says so`() throws {
            let meter = CountingPeer()
            let broker = try BrokerProcess()
            let packs = try PackSubscriber(broker)
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 1s }, state: { every: 1s }")
            try box.start()
            #expect(packs.wait { $0.packs.count >= 4 })
            // It says of itself that it was retained: this subscriber came later.
            let late = try Subscriber(broker, to: "kediri/readings/#")
            let state = try #require(late.first { $0.retained })
            #expect(state.topic == "kediri/readings/box-1/pond/gate")
            #expect(state.point("passed")["value"].integer != nil)
            let seq = try #require(state.seq)
            #expect(packs.wait { $0.entries.contains { $0.seq == UInt64(seq) && !$0.isHistorical } })
        }

        /// Before packs each reading was retained: nobody must take the last one of them for the present.
        @Test func `leave no earlier reading retained where no state follows`() throws {
            let meter = CountingPeer()
            let broker = try BrokerProcess()
            let packs = try PackSubscriber(broker)
            let box = try GatewayBox()
            try publish("{}", to: "kediri/readings/box-1/pond/gate", at: broker, retained: true)
            try Self.configure(box, meter, port: broker.port, "pack: { live: 1s }")
            try box.start()
            #expect(packs.wait { $0.packs.count >= 2 })
            let late = try Subscriber(broker, to: "kediri/readings/#", "kediri/gateways/+/status")
            #expect(late.first { $0.topic.hasSuffix("/status") } != nil)
            #expect(!late.messages.contains { $0.topic.contains("/readings/") })
        }

        @Test func `survive kills of broker and gateway, and each number arrives`() throws {
            let meter = CountingPeer()
            let kept = ["persistence true", "persistence_location {folder}/"]
            let broker = try BrokerProcess(["allow_anonymous true"] + kept)
            // A live pack that comes before it is back counts as acknowledged, so the broker keeps it meanwhile.
            let packs = try PackSubscriber(broker, kept: .seconds(600))
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 1s }")
            try box.start()
            for _ in 1...3 {
                let before = packs.heard.packs.count
                #expect(packs.wait { $0.packs.count >= before + 2 })
                broker.stop()
                #expect(meter.wait(forMore: 10))
                try broker.start()
            }
            box.kill()
            try box.start()
            let before = packs.heard.packs.count
            #expect(packs.wait(within: 60) { $0.packs.count >= before + 3 })
            #expect(box.terminate().status == 0)
            #expect(packs.wait { $0.names.count { $0 == "stop" } == 1 })
            let heard = packs.heard
            #expect(Set(heard.entries.map(\.epoch)).count == 2)
            // At the kill the first epoch loses what was not committed, no more; the start event names the end.
            for epoch in Set(heard.entries.map(\.epoch)) {
                let numbers = Set(heard.entries.filter { $0.epoch == epoch }.map(\.seq))
                #expect(numbers == Set(1...(numbers.max() ?? 0)), "\(epoch)")
            }
            #expect(heard.entries.contains { $0.isHistorical })
        }

        // MARK: Taken apart

        @Test func `are taken apart by the example, which says what is missing and when it came`() throws {
            let broker = try BrokerProcess()
            let folder = try temporaryFolder()
            defer { removeFolder(folder) }
            let script = Repository.root + "/examples/unpack.py"
            let example = try ChildProcess(
                "/usr/bin/env",
                ["python3", "-u", script, "-h", "127.0.0.1", "-p", "\(broker.port)", "-i", "city"]
            )
            // Its own subscriber ends with it.
            defer { example.stop() }
            try #require(broker.line(with: "Sending SUBACK to city") != nil)
            func send(_ numbers: [UInt64], by gateway: String = "box-1", to topic: String = "box-1") throws {
                let entries = numbers.map { entry($0, gateway) }
                let payload = try #require(PackWriter().write(entries, lane: .backfill) { $0.stamp })
                try Data(payload).write(to: URL(fileURLWithPath: folder + "/pack"))
                let way = ["-p", "\(broker.port)", "-q", "1", "-t", "kediri/packs/\(topic)", "-f", folder + "/pack"]
                #expect(try ChildProcess.run("/usr/bin/mosquitto_pub", way).status == 0)
            }
            try send([3, 4])
            #expect(example.line(with: #""seq":4,"#) != nil)
            try send([4, 7])
            #expect(example.line(with: "box-1 1-00000001: 5 to 6 missing") != nil)
            try send([5, 6, 6])
            #expect(example.line(with: "box-1 1-00000001: 3 to 7 are all here") != nil)
            try send([8], by: "box-2")
            #expect(example.line(with: "an entry of box-2 is left out") != nil)
            try publish("no pack", to: "kediri/packs/box-1", at: broker)
            #expect(example.line(with: "kediri/packs/box-1: no pack") != nil)
            try send([2])
            #expect(example.line(with: #""seq":2,"#) != nil)
            let seqs = example.lines.filter { $0.hasPrefix("{") }.compactMap { JSONNode(text: $0)["seq"].integer }
            #expect(seqs == [3, 4, 7, 5, 6, 2])
        }

        private func entry(_ seq: UInt64, _ gateway: String) -> JournalEntry {
            JournalEntry(
                row: Int64(seq),
                gateway: gateway,
                epoch: "1-00000001",
                seq: seq,
                kind: .reading,
                site: "pond",
                device: "gate",
                stamp: SystemClock(trusted: true).stamp(),
                content: Array(#""points":{"passed":{"value":\#(seq)}}"#.utf8)
            )
        }

        // MARK: Brokers that refuse

        @Test func `wait where their topic is not allowed, which is said, and arrive when it is`() throws {
            let meter = CountingPeer()
            let broker = try BrokerScript(script: "pack_broker.py", ["--forbid-for", "5"])
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 1s }")
            let child = try box.start()
            #expect(child.line(with: "not authorized") != nil)
            #expect(meter.wait(forMore: 20))
            #expect(broker.line(with: "taken kediri/packs/box-1 late", within: 60) != nil)
            #expect(broker.line(with: "taken kediri/packs/box-1 live", within: 60) != nil)
            #expect(child.lines.count { $0.contains("not authorized") } == 1)
            #expect(broker.lines.count { $0.hasPrefix("refused") } <= 2)
            // What became late last is read from the disk once it is there.
            #expect(meter.wait(forMore: 25))
            #expect(box.terminate().status == 0)
            #expect(broker.line(with: "disconnect") != nil)
            #expect(broker.missing == [])
        }

        @Test(arguments: ["message_size_limit 350", "max_packet_size 400"])
        func `fit a real broker's limit, whichever it has`(line: String) throws {
            let meter = CountingPeer()
            let broker = try BrokerProcess(["allow_anonymous true", line])
            let packs = try PackSubscriber(broker)
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 2s }")
            let child = try box.start()
            #expect(packs.wait(within: 60) { Self.isWhole($0, through: 80) })
            #expect(packs.heard.packs.contains { $0.rows > 1 })
            #expect(!child.lines.contains { $0.contains("set aside") })
        }

        @Test func `wait at a real broker whose access list lacks them, and all arrive when it has them`() throws {
            let meter = CountingPeer()
            let topics = ["gateways", "readings", "meta", "indicators"].map { "topic readwrite kediri/\($0)/#\n" }
            let list = topics.joined() + "topic read #\n"
            let broker = try BrokerProcess(["allow_anonymous true", "acl_file {folder}/acl"]) { folder in
                try list.write(toFile: folder + "/acl", atomically: true, encoding: .utf8)
            }
            let packs = try PackSubscriber(broker)
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 1s }")
            let child = try box.start()
            #expect(child.line { $0.contains("not authorized") && $0.contains("kediri/packs/box-1") } != nil)
            #expect(meter.wait(forMore: 10))
            #expect(packs.heard.packs.isEmpty)
            let client = try ControlClient(lookingAt: box.folder + "/control.sock")
            #expect(try client.status().destinations.first?.refusal?.code == 0x87)
            try "topic readwrite #\n".write(toFile: broker.folder + "/acl", atomically: true, encoding: .utf8)
            broker.stop()
            try broker.start()
            #expect(packs.wait(within: 60) { Self.isWhole($0, through: 40) })
            #expect(packs.heard.entries.contains { $0.isHistorical })
        }

        /// Whether each number up to this one has come.
        private static func isWhole(_ heard: PackSubscriber.Heard, through last: UInt64) -> Bool {
            Set(1...last).isSubset(of: heard.entries.map(\.seq))
        }

        @Test(arguments: ["--largest", "--largest-packet"])
        func `fit the largest message that a broker takes, named or not`(option: String) throws {
            let meter = CountingPeer()
            let broker = try BrokerScript(script: "pack_broker.py", [option, "600"])
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 3s }")
            let child = try box.start()
            #expect(meter.wait(forMore: 60))
            #expect(box.terminate().status == 0)
            #expect(broker.line(with: "disconnect") != nil)
            let sent = broker.lines.filter { $0.contains("/packs/") }
            #expect(sent.contains { $0.hasPrefix("taken") && !$0.contains("rows=1:") })
            if option == "--largest-packet" { #expect(!sent.contains { $0.hasPrefix("refused") }) }
            #expect(!child.lines.contains { $0.contains("set aside") })
            // What was refused for its size at the very end comes after the next start.
            #expect(broker.missing.count <= 20)
        }

        @Test(arguments: ["--refuse", "--drop"])
        func `with one that the broker never takes bring all the others, and it is set aside`(option: String) throws {
            let meter = CountingPeer()
            let broker = try BrokerScript(script: "pack_broker.py", [option, "17"])
            let box = try GatewayBox()
            try Self.configure(box, meter, port: broker.port, "pack: { live: 1s }")
            let child = try box.start()
            #expect(child.line(with: "set aside", within: 240)?.hasSuffix("seq=17") == true)
            #expect(child.lines.count { $0.contains("set aside") } == 1)
            #expect(box.terminate().status == 0)
            #expect(broker.line(with: "disconnect") != nil)
            #expect(broker.missing == [17])
        }
    }
}

extension BrokerScript {
    /// The numbers below the highest taken one that were not taken.
    fileprivate var missing: [Int] {
        let taken = lines.filter { $0.hasPrefix("taken") }.flatMap { line in
            line.split(separator: ":").last?.split(separator: " ").compactMap { Int($0) } ?? []
        }
        return (1...(taken.max() ?? 1)).filter { !Set(taken).contains($0) }
    }
}
