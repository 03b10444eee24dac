import Control
import Domain
import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `A probe beside the running gateway` {
        private let bench: LineBox
        private var line: PseudoTerminal { bench.line }
        private var peer: ScriptedPeer { bench.peer }
        private var subscriber: Subscriber { bench.subscriber }
        private var box: GatewayBox { bench.box }

        init() throws { bench = try LineBox(units: [1, 5]) }

        private func end() { bench.end() }

        private var options: [String] { ["--config", box.configuration, "--profiles", box.folder + "/profiles"] }

        private func gateway(_ arguments: String...) throws -> (status: Int32, text: String) {
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, ["probe"] + options + arguments)
            return (status, lines.joined(separator: "\n"))
        }

        private var readings: [Message] {
            subscriber.messages.filter { $0.topic == "kediri/readings/box-1/pond/gate" && !$0.retained }
        }

        /// Waits for readings newer than these.
        private func more(_ count: Int, than known: Int) -> [Message]? {
            subscriber.all(known + count) { $0.topic == "kediri/readings/box-1/pond/gate" && !$0.retained }
        }

        private func expectNoPollLost() throws {
            let known = readings.count
            let all = try #require(more(2, than: known))
            for reading in all {
                #expect(reading.json["missed"] == .absent, "\(reading.text)")
                #expect(reading.point("passed")["reason"] == .absent, "\(reading.text)")
            }
        }

        @Test func `reads a device through the gateway, which loses no poll and keeps its port`() throws {
            defer { end() }
            for _ in 0..<3 {
                let (status, text) = try gateway("--json")
                #expect(status == 0, "\(text)")
                let report = JSONNode(text: text)
                #expect(report["device"] == "gate")
                #expect(report["ok"] == true)
                #expect(report["points"]["passed"]["value"] == 1)
            }
            try expectNoPollLost()
        }

        @Test func `tells a silent unit without losing a poll`() throws {
            defer { end() }
            let (status, text) = try gateway(
                "--json",
                "--profile",
                "counter",
                "--serial",
                line.path,
                "--baud",
                "115200",
                "--unit",
                "9"
            )
            #expect(status == 1)
            #expect(JSONNode(text: text)["diagnosis"] == "silence", "\(text)")
            try expectNoPollLost()
        }

        /// The daemon has just asked it in vain, and does not ask again while a late reply could answer.
        @Test func `tells a device that the gateway knows to be silent`() throws {
            defer { end() }
            try box.configure(
                """
                buses:
                  line: { serial: \(line.path), baud: 115200, parity: none, stop_bits: 1 }
                devices:
                  gate: { profile: counter, bus: line, unit: 1, site: pond, interval: 500ms }
                  dead: { profile: counter, bus: line, unit: 7, site: pond, interval: 500ms }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(bench.broker.port) } }
                """
            )
            box.process?.signal(SIGHUP)
            _ = try #require(subscriber.event("device_down"))
            let (status, text) = try gateway("--json")
            #expect(status == 1, "\(text)")
            let reports = text.split(separator: "\n").map { JSONNode(text: String($0)) }
            #expect(reports.map { $0["device"] } == ["gate", "dead"])
            #expect(reports.map { $0["ok"] } == [true, false])
            #expect(reports.last?["diagnosis"] == "silence")
            let watch = try gateway("--json", "--watch", "1", "dead")
            #expect(JSONNode(text: watch.text)["diagnosis"] == "silence", "\(watch.text)")
        }

        @Test func `finds unit ids between two polls`() throws {
            defer { end() }
            let (status, text) = try gateway(
                "--json",
                "--scan",
                "--serial",
                line.path,
                "--units",
                "1-8",
                "--reply-time",
                "60",
                "--lang",
                "en"
            )
            #expect(status == 0, "\(text)")
            #expect(text.replacing("\n", with: " ").contains("only unit ids are scanned"), "\(text)")
            let found = text.split(separator: "\n").map { JSONNode(text: String($0)) }.filter { $0["found"] == true }
            #expect(found.map { $0["unit"] } == [1, 5])
            #expect(found.allSatisfy { $0["baud"] == 115_200 })
            try expectNoPollLost()
        }

        /// Register 1 of the peer reads as its own address, 1; two registers from 4 on as 262149.
        @Test func `reads, searches and records through the gateway, with its settings where none are said`() throws {
            defer { end() }
            let raw = try gateway("--json", "-1", "-a", "5", "-r", "2", line.path)
            #expect(raw.status == 0, "\(raw.text)")
            #expect(JSONNode(text: raw.text)["registers"] != .absent, "\(raw.text)")
            let found = try gateway(
                "--json",
                "--expect",
                "262149",
                "--range",
                "holding:0-9",
                "--serial",
                line.path,
                "--unit",
                "5"
            )
            #expect(found.status == 0, "\(found.text)")
            let hit = JSONNode(text: String(found.text.split(separator: "\n").first ?? ""))
            #expect(hit["address"] == 4 && hit["type"] == "uint32", "\(found.text)")
            let file = box.folder + "/record.txt"
            let recorded = try gateway("gate", "--record", file, "--by", "Budi", "--rounds", "2")
            #expect(recorded.status == 0, "\(recorded.text)")
            let record = JSONNode(text: try String(contentsOfFile: file + ".json", encoding: .utf8))
            #expect(record["ok"] == true && record["requests"]["answered"] == 2, "\(record)")
            try expectNoPollLost()
        }

        @Test func `watches the line between polls`() throws {
            defer { end() }
            let (status, text) = try gateway("--json", "--watch", "2")
            #expect(status == 0, "\(text)")
            let report = JSONNode(text: text)
            #expect((report["watch"]["transactions"].integer ?? 0) >= 2, "\(text)")
            #expect(report["watch"]["timeouts"] == 0)
            try expectNoPollLost()
        }

        @Test func `opens no line of the gateway with other settings, unless it may take it`() throws {
            defer { end() }
            let wanted = ["--profile", "counter", "--serial", line.path, "--baud", "9600", "--unit", "5", "--json"]
            let refused = try ChildProcess.run(GatewayProgram.path, ["probe"] + options + wanted)
            #expect(refused.status == 2)
            #expect(refused.lines.joined().contains("--take-line"))
            try expectNoPollLost()
            let before = readings.count
            let taken = try ChildProcess.run(GatewayProgram.path, ["probe"] + options + wanted + ["--take-line"])
            #expect(taken.status == 0, "\(taken.lines)")
            // The polls run again, and every tick has its reading: good ones, and those that the probe cost.
            #expect(isBack(after: before))
            for reading in readings.dropFirst(before) {
                #expect(isGood(reading) || reading.point("passed")["reason"] == "borrowed", "\(reading.text)")
                #expect(reading.json["missed"] == .absent, "\(reading.text)")
            }
        }

        /// Waits until the last readings are good ones again.
        private func isBack(after known: Int) -> Bool {
            subscriber.wait { _ -> Bool? in
                let new = readings.dropFirst(known)
                return new.count >= 2 && new.suffix(2).allSatisfy(isGood) ? true : nil
            } ?? false
        }

        private func isGood(_ reading: Message) -> Bool { reading.point("passed")["reason"] == .absent }

        @Test func `that took the line gives it back when it is killed`() throws {
            defer { end() }
            let scan = try ChildProcess(
                GatewayProgram.path,
                ["probe"] + options + [
                    "--scan", "--serial", line.path, "--take-line", "--baud", "9600,19200", "--units", "10-247",
                ]
            )
            let borrowed = subscriber.first {
                $0.topic == "kediri/readings/box-1/pond/gate" && $0.point("passed")["reason"] == "borrowed"
            }
            let point = try #require(borrowed).point("passed")
            #expect(point["value"] == .null && point["quality"] == "bad")
            scan.stop(SIGKILL)
            let known = readings.count
            #expect(isBack(after: known))
            #expect(readings.allSatisfy { $0.json["missed"] == .absent })
        }

        @Test func `is refused what no probe may ask`() throws {
            defer { end() }
            let client = try ControlClient(path: box.folder + "/control.sock")
            let right = BorrowedRead(
                bus: "line",
                endpoint: "\(line.path) (115200 8N1)",
                unit: UnitID(1),
                range: RegisterRange(.holding, start: 0, count: 2),
                replyTime: .milliseconds(100),
                worstReply: .milliseconds(100),
                listen: .zero,
                patience: .zero
            )
            func answer(_ change: (inout BorrowedRead) -> Void) throws -> BorrowedAnswer {
                var read = right
                change(&read)
                return try BorrowedAnswer(json: try client.ask(ControlRequest.borrow(read)))
            }
            #expect(try answer { _ in }.exchange.words == [0, 1])
            let wrong: [(inout BorrowedRead) -> Void] = [
                { $0.bus = "no-such" }, { $0.endpoint = "/dev/elsewhere (9600 8N1)" }, { $0.unit = 0 },
                { $0.table = "write" }, { $0.count = 126 }, { $0.count = 0 }, { $0.start = 65_535 },
                { $0.start = -1 }, { $0.replyTime = 11_000_000_000 }, { $0.worstReply = -1 },
            ]
            let asked = peer.requests.filter { $0[0] != 1 }.count
            for change in wrong { #expect(try answer(change).refused != nil) }
            #expect(try BorrowedAnswer(json: try client.ask("borrow nonsense")).refused != nil)
            #expect(try BorrowedAnswer(json: try client.ask("take no-such")).refused != nil)
            #expect(peer.requests.filter { $0[0] != 1 }.count == asked)
            #expect(peer.requests.allSatisfy { (1...4).contains($0[1]) })
            try expectNoPollLost()
        }
    }
}
