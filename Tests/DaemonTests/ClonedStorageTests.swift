import Foundation
import TestSupport
import Testing

extension Daemon {
    /// A journal that was made on another machine. The test's own machine needs an id that stays.
    @Suite(.enabled(if: ClonedStorage.hasID)) struct `A journal from another machine` {
        /// Changes what the journal remembers of the machine that made it.
        private static func write(_ mark: String?, into box: GatewayBox) throws {
            let change =
                mark.map { "UPDATE remembered SET value = CAST('\($0)' AS BLOB) WHERE key = 'machine'" }
                ?? "DELETE FROM remembered WHERE key = 'machine'"
            let script = """
                import sqlite3, sys
                journal = sqlite3.connect(sys.argv[1])
                print(journal.execute(sys.argv[2]).rowcount)
                journal.commit()
                """
            let (status, lines) = try ChildProcess.run(
                "/usr/bin/env",
                ["python3", "-c", script, box.journal + "/journal.sqlite", change]
            )
            #expect(status == 0 && lines == ["1"], "\(lines)")
        }

        @Test func `is reported once, with fingerprints and never with the id`() throws {
            let broker = try BrokerProcess()
            let subscriber = try Subscriber(broker)
            let box = try GatewayBox()
            let meter = CountingPeer()
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
            func run() throws {
                let before = subscriber.messages.count { $0.event == "stop" }
                try box.start()
                #expect(box.terminate().status == 0)
                _ = try #require(subscriber.all(before + 1) { $0.event == "stop" })
            }
            // A new journal, the same machine once more, and a journal that an earlier version left.
            try run()
            try run()
            try Self.write(nil, into: box)
            try run()
            #expect(!subscriber.messages.contains { $0.event == "cloned_storage" })

            try Self.write("8899aabbccddeeff", into: box)
            try run()
            try run()
            let events = subscriber.messages.filter { $0.event == "cloned_storage" }
            #expect(events.count == 1)
            let event = try #require(events.first)
            #expect(event.json["severity"] == "alarm")
            #expect(event.json["data"]["before"] == "8899aabbccddeeff")
            let machine = try #require(event.json["data"]["machine"].string)
            #expect(machine.count == 16)
            let id = try String(contentsOfFile: "/etc/machine-id", encoding: .utf8).dropLast()
            #expect(!event.text.contains(id))
            #expect(!id.contains(machine))
            #expect(!(try box.journalBytes()).contains(Data(id.utf8)))
        }
    }

    enum ClonedStorage {
        static let hasID =
            access("/run/machine-id", F_OK) != 0
            && FileManager.default.contents(atPath: "/etc/machine-id").map { $0.count >= 32 } ?? false
    }
}
