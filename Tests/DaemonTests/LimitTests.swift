import Domain
import Foundation
import TestSupport
import Testing

extension Daemon {
    /// The service's limits for descriptors and threads.
    @Suite struct `A limit` {
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        /// Endpoints with a device each, whose names begin with the letter.
        private struct Field {
            let letter: String
            let peer: PythonPeer
            let ports: [Substring]

            init(_ letter: String, count: Int) throws {
                self.letter = letter
                peer = try PythonPeer("modbus_many_server.py", arguments: ["\(count)"])
                ports = peer.ready.split(separator: ",")
            }

            var buses: String {
                ports.enumerated().map { "  \(letter)\($0): { tcp: 127.0.0.1:\($1) }\n" }.joined()
            }

            func devices(every interval: String) -> String {
                ports.indices.map {
                    "  \(letter)\($0)-device: "
                        + "{ profile: slow, bus: \(letter)\($0), unit: 1, site: pond, interval: \(interval) }\n"
                }.joined()
            }
        }

        private func configure(buses: String, devices: String) throws {
            try box.configure(
                """
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                buses:
                \(buses)devices:
                \(devices)
                """
            )
        }

        /// Waits until so many devices with that letter have sent a value since then.
        private func areRead(_ count: Int, _ letter: String, since: Int = 0, within limit: Double) -> Bool {
            var devices: Set<Substring> = []
            var looked = since
            let found: Bool? = subscriber.wait(within: limit) { messages in
                for message in messages[looked...] where message.topic.contains("/readings/") {
                    guard message.point("level")["value"].integer != nil else { continue }
                    let device = message.topic.split(separator: "/").last ?? ""
                    if device.hasPrefix(letter) { devices.insert(device) }
                }
                looked = messages.count
                return devices.count >= count ? true : nil
            }
            return found ?? false
        }

        /// The serial line starts last. With a thousand endpoints (`ENDPOINTS=1000 swift test --filter "a serial line
        /// beside"`, on a quiet machine) it is pulled when more than 1,024 descriptors are in use, and `select` accepts
        /// only those below that number.
        @Test func `that is high enough carries hundreds of endpoints and a serial line beside them`() throws {
            let count = ProcessInfo.processInfo.environment["ENDPOINTS"].flatMap { Int($0) } ?? 300
            let field = try Field("e", count: count)
            let path = box.folder + "/line"
            let script: ScriptedPeer.Script = { _, request in [.send(ModbusFrames.rtuAddresses(to: request))] }
            let line = PseudoTerminal()
            let meter = ScriptedPeer(on: line, script: script)
            symlink(line.path, path)
            try configure(
                buses: field.buses + "  line: { serial: \(path) }\n",
                devices: field.devices(every: "5s")
                    + "  line-device: { profile: slow, bus: line, unit: 1, site: pond, interval: 5s }\n"
            )
            let process = try box.start()
            #expect(areRead(count, "e", within: 100))
            #expect(areRead(1, "line", within: 60))
            let from = subscriber.messages.count
            let begin = Date()
            // Three ticks for each.
            let readings = subscriber.wait(within: 60) { messages -> [Message]? in
                guard messages.count >= from + 3 * count else { return nil }
                return messages[from...].filter { $0.topic.contains("/readings/") }
            }
            let seconds = Date().timeIntervalSince(begin)
            let late = try #require(readings).filter {
                $0.json["missed"].integer != nil || $0.point("level")["value"].integer == nil
            }
            // The time on a busy machine proves nothing.
            if count >= 1_000 {
                #expect(late.isEmpty, "\(late.count) of them, such as \(late.first?.text ?? "")")
                #expect(seconds < 20, "three intervals are 15 s")
            }

            meter.stop()
            line.pull()
            unlink(path)
            let missing = subscriber.first(within: 60) {
                $0.event == "device_down" && $0.json["device"] == "line-device"
            }
            #expect(missing?.json["data"]["reason"] == "port")
            let back = PseudoTerminal()
            defer { back.close() }
            let meterBack = ScriptedPeer(on: back, script: script)
            defer { meterBack.stop() }
            let beforeBack = subscriber.messages.count
            symlink(back.path, path)
            #expect(areRead(1, "line", since: beforeBack, within: 60))
            let figures = try ProcessFigures(of: process.identifier)
            print(count, "endpoints:", figures)
            if count >= 1_000 { #expect(figures.descriptors > count) }
            #expect(figures.threads < 20, "threads are for connecting only")
            #expect(box.terminate().status == 0)
            // Its peer ends with it.
            withExtendedLifetime(field) {}
        }

        @Test func `that is too low fails the buses that it does not carry, until there is room`() throws {
            var going: [Field] = [try Field("g", count: 15)]
            let staying = try Field("s", count: 15)
            try configure(
                buses: going[0].buses + staying.buses,
                devices: going[0].devices(every: "1s") + staying.devices(every: "1s")
            )
            let process = try box.start(descriptors: 64)
            #expect(process.line(with: "may have 64") != nil)
            let down = try #require(
                subscriber.first { $0.event == "device_down" && $0.json["data"]["reason"] == "no_connection" }
            )
            #expect(down.json["data"]["detail"].string?.contains("no descriptor left to open 127.0.0.1:") == true)
            // Endpoints with a connection continue meanwhile.
            #expect(areRead(5, "", since: subscriber.messages.count, within: 30))
            #expect(try GatewayProgram.run("status", "--socket", box.folder + "/control.sock", "--json").status == 0)
            going = []
            let before = subscriber.messages.count
            #expect(areRead(15, "s", since: before, within: 60))
            #expect(box.terminate().status == 0)
            // Its peer ends with it.
            withExtendedLifetime(staying) {}
        }

        @Test func `of threads fails the buses that have none, until there is room`() throws {
            let faults = try MachineFaults()
            let (old, new) = (try Field("o", count: 1), try Field("n", count: 3))
            let line = PseudoTerminal()
            defer { line.close() }
            let meter = ScriptedPeer(on: line) { _, request in [.send(ModbusFrames.rtuAddresses(to: request))] }
            defer { meter.stop() }
            try configure(buses: old.buses, devices: old.devices(every: "1s"))
            let process = try box.start(with: faults)
            #expect(areRead(1, "o", within: 30))
            try faults.lackThreads(true)
            try configure(
                buses: old.buses + new.buses + "  line: { serial: \(line.path) }\n"
                    + "  field: { mqtt: \"mqtt://127.0.0.1:\(broker.port)\" }\n",
                devices: old.devices(every: "1s") + new.devices(every: "1s")
                    + "  line-device: { profile: slow, bus: line, unit: 1, site: pond, interval: 1s }\n"
                    + "  meter: { profile: meter, bus: field, node: m, site: pond, interval: 1s }\n"
            )
            process.signal(SIGHUP)
            func down(_ device: String) -> JSONNode? {
                subscriber.first { $0.event == "device_down" && $0.json["device"].string == device }?.json["data"]
            }
            #expect(down("n0-device")?["reason"] == "no_connection")
            #expect(down("line-device")?["reason"] == "port")
            #expect(down("line-device")?["detail"].string?.contains("no thread left to serve") == true)
            #expect(process.line(with: "no thread left to connect to the broker") != nil)
            #expect(areRead(1, "o", since: subscriber.messages.count, within: 30))
            try faults.lackThreads(false)
            let before = subscriber.messages.count
            #expect(areRead(3, "n", since: before, within: 60))
            #expect(areRead(1, "line", since: before, within: 60))
            #expect(process.line(with: "listening to broker") != nil)
            #expect(box.terminate().status == 0)
        }
    }
}
