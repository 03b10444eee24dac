import Control
import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `The metrics of a running gateway` {
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox
        private let meter = CountingPeer()

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                  weir: { profile: counter, bus: net, unit: 2, site: pond, interval: 200ms }
                """
            )
        }

        private func run(_ arguments: String...) throws -> (status: Int32, text: String) {
            let (status, lines) = try ChildProcess.run(
                GatewayProgram.path,
                arguments + ["--config", box.configuration]
            )
            return (status, lines.joined(separator: "\n") + "\n")
        }

        private func status() throws -> SystemStatus {
            try SystemStatus(json: Array(try run("status", "--json").text.utf8))
        }

        /// What only grows lies between a status before and one after.
        @Test func `are the status' numbers, in both forms, and the linter has nothing to say`() throws {
            try box.start()
            #expect(subscriber.all(4) { $0.topic.hasPrefix("kediri/readings/") } != nil)
            let before = try status()
            let text = try run("metrics", "--points")
            let open = try run("metrics", "--openmetrics")
            let after = try status()
            #expect(text.status == 0 && open.status == 0)
            #expect(try ReadMetrics.lint(text.text).isEmpty)
            for read in [try ReadMetrics(text.text), try ReadMetrics(open.text, openMetrics: true)] {
                for (old, new) in zip(before.devices, after.devices) {
                    let readings = try #require(read.value("gateway_device_readings_total", ["device": old.id]))
                    #expect((Double(old.readings)...Double(new.readings)).contains(readings))
                    #expect(read.value("gateway_device_answering", ["device": old.id]) == 1)
                }
                let requests = try #require(read.value("gateway_bus_requests_total", ["bus": "net"]))
                #expect((Double(before.buses[0].requests)...Double(after.buses[0].requests)).contains(requests))
                let sent = try #require(read.value("gateway_destination_delivered_messages_total"))
                let (least, most) = (before.destinations[0].acknowledged, after.destinations[0].acknowledged)
                #expect((Double(least)...Double(most)).contains(sent))
                #expect(read.value("gateway_up") == 1 && read.value("gateway_destination_connected") == 1)
                #expect(read.value("gateway_journal_limit_bytes") == Double(before.journal.limit))
                #expect(read.value("process_threads") ?? 0 > 0 && read.value("gateway_box_uptime_seconds") ?? 0 > 0)
            }
            #expect(try ReadMetrics(text.text).value("gateway_point", ["device": "gate", "point": "passed"]) != nil)
        }

        @Test func `count only upwards from one scrape to the next`() throws {
            try box.start()
            var last: [ReadMetrics.Sample: Double] = [:]
            for _ in 1...5 {
                #expect(meter.wait(forMore: 4))
                for sample in try ReadMetrics(run("metrics").text).samples
                where ["_total", "_bucket", "_count", "_sum"].contains(where: sample.name.hasSuffix) {
                    var key = sample
                    key.value = 0
                    #expect(sample.value >= last[key] ?? 0, "\(sample)")
                    last[key] = sample.value
                }
            }
            #expect(last.count > 20)
        }

        /// A timer that writes them into a file for node_exporter then says that the gateway is down.
        @Test func `of none are that none answers, with exit 1`() throws {
            let (status, text) = try run("metrics")
            #expect(status == 1)
            #expect(text.contains("gateway_up 0\n"))
        }
    }
}
