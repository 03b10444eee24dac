import Foundation
import TestSupport
import Testing

extension Daemon {
    /// config/mosquitto/, tested with a real mosquitto and its own clients, from each side.
    @Suite struct `The shipped files for mosquitto` {
        private static let takenOver = "already connected, closing old connection"

        private static func city() throws -> ShippedBroker {
            try .city(gateways: ["box-1", "box-2"], programs: ["city-archive", "trans-info"])
        }

        private static let devices = ["bsu-07", "bsu-08", "tele", "stat", "cmnd", "sensor", "SENSOR", "frigate"]

        private static func field() throws -> ShippedBroker {
            try .box(devices: devices, listeners: ["box-1-field", "box-1-probe"])
        }

        // MARK: In the city

        @Test func `keep what is queued for the archive, whoever comes with its client id`() throws {
            let city = try Self.city()
            let archive = city.entrance(8_883, as: "city-archive") + ["-c", "-x", "3600"]
            try city.listen(to: ["kediri/#"], by: archive).stop()
            let topic = "kediri/readings/box-1/pond/meter"
            let gateway = city.entrance(8_883, as: "box-1")
            #expect(try city.publish("first", to: topic, by: gateway))

            // These clients connect without a session, which discards the session of that client id. A client without a
            // user name could do so where mosquitto 2.0.11 only takes the user's name for the client id.
            let id = "city-archive"
            for (who, entrance) in [
                ("another gateway", city.entrance(8_883, as: "box-2", id: id)),
                ("another program", city.entrance(8_883, as: "trans-info", id: id)),
                ("a wrong secret", city.entrance(8_883, as: "city-archive", secret: "x")),
                ("a user that is unknown", city.entrance(8_883, as: "box-3", id: id)),
                ("a stranger", city.entrance(8_883, as: nil, id: id)),
                ("a stranger of MQTT 3.1.1", city.entrance(8_883, as: nil, id: id) + ["-V", "311"]),
            ] {
                let (status, lines) = try ChildProcess.run("/usr/bin/mosquitto_sub", entrance + ["-t", "x", "-E"])
                #expect(status != 0, "\(who): \(lines)")
            }
            #expect(try city.publish("second", to: topic, by: gateway))
            let back = try ChildProcess(
                "/usr/bin/stdbuf",
                ["-oL", "/usr/bin/mosquitto_sub"] + archive + ["-t", "kediri/#", "-F", "%p"]
            )
            #expect(back.line(with: "second") != nil)
            #expect(back.lines == ["first", "second"])
        }

        /// A subscription without messages would still take its turn in a shared one, and would be a subscriber of late
        /// readings.
        @Test func `let no gateway subscribe, and no program publish`() throws {
            let city = try Self.city()
            let gateway = city.entrance(8_883, as: "box-2")
            for topic in ["kediri/backfill/#", "$share/archive/kediri/#", "kediri/readings/box-2/pond/meter", "#"] {
                let (_, lines) = try ChildProcess.run(
                    "/usr/bin/mosquitto_sub",
                    gateway + ["-t", topic, "-d", "-W", "20"]
                )
                #expect(lines.contains { $0.contains("All subscription requests were denied") }, "\(topic): \(lines)")
            }
            let program = city.entrance(8_883, as: "trans-info")
            for topic in ["kediri/readings/trans-info/pond/meter", "kediri/readings/box-1/pond/meter", "trans-info/x"] {
                #expect(try !city.publish("x", to: topic, by: program), "\(topic)")
            }
        }

        @Test func `leave a gateway connected, and its topics to it alone`() throws {
            let city = try Self.city()
            let box = try GatewayBox()
            let meter = CountingPeer()
            try box.write(secret: ShippedBroker.secret(of: "box-1"), to: "city-password")
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations:
                  city:
                    mqtt: mqtts://127.0.0.1:\(city.port(8_883))
                    username: box-1
                    password_file: \(box.folder)/city-password
                    ca_file: \(city.authority)
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
            let archive = try city.listen(to: ["kediri/#"], by: city.entrance(8_883, as: "city-archive"))
            try box.start()
            let status = "kediri/gateways/box-1/status"
            #expect(archive.line(with: "\(status) {") != nil)

            for (user, id) in [
                ("box-2", "box-2"), ("box-2", "box-1"), ("city-archive", "box-1"), ("trans-info", "box-1"),
                (nil, "box-1"),
            ] {
                let entrance = city.entrance(8_883, as: user, id: id)
                let topics = [
                    status, "kediri/readings/box-1/pond/gate", "kediri/readings/box-2/pond", "kediri/packs/box-1",
                    "kediri/packs/box-2/x", "kediri/packs",
                ]
                for topic in topics {
                    #expect(try !city.publish("forged", to: topic, by: entrance), "\(user ?? "-"), \(id): \(topic)")
                }
            }
            // The broker publishes a last will when its client is lost.
            let will = ["--will-topic", status, "--will-payload", "forged"]
            try city.listen(to: ["kediri/x"], by: city.entrance(8_883, as: "trans-info"), will).stop(SIGKILL)
            #expect(city.process.line(with: "Client trans-info closed its connection") != nil)

            let own = city.entrance(8_883, as: "box-2")
            #expect(try city.publish("the last", to: "kediri/gateways/box-2/events", by: own))
            #expect(archive.line(with: "the last") != nil)
            #expect(try city.publish("a pack", to: "kediri/packs/box-2", by: own))
            #expect(archive.line(with: "kediri/packs/box-2 a pack") != nil)
            #expect(meter.wait(forMore: 5))
            #expect(archive.lines.filter { $0.contains("forged") } == [])
            #expect(city.process.lines.filter { $0.contains(Self.takenOver) } == [])
            #expect(city.process.lines.count { $0.contains("as box-1 (") } == 1)
            #expect(box.terminate().status == 0)
        }

        @Test func `let a gateway hear its own requests, and a collector alone make them`() throws {
            let city = try ShippedBroker.city(
                gateways: ["box-1", "box-2"],
                programs: ["trans-info"],
                collectors: ["kediri-collect"]
            )
            let topic = "kediri/requests/box-1"
            for other in [topic, "kediri/requests/+", "kediri/requests/#"] {
                let (_, lines) = try ChildProcess.run(
                    "/usr/bin/mosquitto_sub",
                    city.entrance(8_883, as: "box-2") + ["-t", other, "-d", "-W", "20"]
                )
                #expect(lines.contains { $0.contains("All subscription requests were denied") }, "\(other): \(lines)")
            }
            for user in ["box-1", "box-2", "trans-info"] {
                #expect(try !city.publish("forged", to: topic, by: city.entrance(8_883, as: user)), "\(user)")
            }
            let gateway = try city.listen(to: [topic], by: city.entrance(8_883, as: "box-1"))
            let collector = city.entrance(8_883, as: "kediri-collect")
            for forged in ["kediri/readings/box-1/a/b", "kediri/gateways/box-1/status", "kediri/requests/box-1/x"] {
                #expect(try !city.publish("forged", to: forged, by: collector), "\(forged)")
            }
            #expect(try city.publish("a request", to: topic, by: collector))
            #expect(gateway.line(with: "\(topic) a request") != nil)
            #expect(gateway.lines.filter { $0.contains("forged") } == [])
            let archive = try city.listen(to: ["kediri/#"], by: city.entrance(8_883, as: "kediri-collect"))
            #expect(try city.publish("one", to: "kediri/events/box-2/a/b", by: city.entrance(8_883, as: "box-2")))
            #expect(archive.line(with: "kediri/events/box-2/a/b one") != nil)
        }

        @Test func `keep no reading back where the broker lets nobody ask the gateway`() throws {
            let city = try Self.city()
            let words = ["dynsec", "removeRoleACL", "box-1", "subscribeLiteral", "kediri/requests/box-1"]
            let (status, lines) = try ChildProcess.run(
                "/usr/bin/env",
                ["XDG_CONFIG_HOME=\(city.process.folder)", "mosquitto_ctrl"] + words
            )
            #expect(status == 0, "\(lines)")
            let box = try GatewayBox()
            let meter = CountingPeer()
            try box.write(secret: ShippedBroker.secret(of: "box-1"), to: "city-password")
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations:
                  city:
                    mqtt: mqtts://127.0.0.1:\(city.port(8_883))
                    username: box-1
                    password_file: \(box.folder)/city-password
                    ca_file: \(city.authority)
                    resend: true
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
            let archive = try city.listen(to: ["kediri/readings/#"], by: city.entrance(8_883, as: "city-archive"))
            try box.start()
            #expect(box.process?.line(with: "the broker lets nobody ask this gateway") != nil)
            #expect(archive.line(with: "kediri/readings/box-1/pond/gate {") != nil)
            #expect(meter.wait(forMore: 5))
            #expect(city.process.lines.count { $0.contains("as box-1 (") } == 1)
        }

        // MARK: On the box

        @Test func `let a device write its own topics and nobody else's, whatever it is named`() throws {
            let field = try Self.field()
            // They connect before the gateway, and would take its place.
            for listener in ["box-1-field", "box-1-probe"] {
                #expect(try !field.publish("x", to: "bsu-07/total", by: field.entrance(1_884, as: listener)))
                #expect(try !field.publish("x", to: "\(listener)/x", by: field.entrance(1_884, as: listener)))
            }
            let gateway = try field.listen(to: ["#"], by: field.entrance(1_884, as: "box-1-field"))
            let topics = [
                "tele/bsu-07/SENSOR", "tele/bsu-07/LWT", "stat/bsu-07/POWER", "cmnd/bsu-07/POWER", "bsu-07/total",
                "bsu-07/sensor/weight/state", "frigate/events", "tele", "sensor/bsu-07/state",
            ]
            for device in Self.devices {
                for topic in topics {
                    try field.publish("\(topic) by \(device)", to: topic, by: field.entrance(1_883, as: device))
                }
                let will = ["--will-topic", "tele/bsu-07/LWT", "--will-payload", "a will of \(device)"]
                if device == "bsu-07" { continue }
                try field.listen(to: ["x"], by: field.entrance(1_883, as: device), will).stop(SIGKILL)
                #expect(field.process.line(with: "Client \(device) closed its connection") != nil)
            }
            #expect(try !field.publish("x", to: "bsu-07/total", by: field.entrance(1_883, as: nil, id: "bsu-07")))
            try field.publish("the last", to: "bsu-08/total", by: field.entrance(1_883, as: "bsu-08"))
            #expect(gateway.line(with: "the last") != nil)
            let heard = gateway.lines.filter { $0.contains(" by ") || $0.contains("a will of") }
            let allowed =
                topics[..<6].map { ($0, "bsu-07") } + [
                    ("sensor/bsu-07/state", "sensor"), ("frigate/events", "frigate"),
                ]
            #expect(heard == allowed.map { "\($0) \($0) by \($1)" })
        }

        @Test func `leave the gateway connected while a device claims its client id and the probe listens`() throws {
            let field = try Self.field()
            let box = try GatewayBox()
            for user in ["box-1-field", "box-1-probe"] {
                try box.write(secret: ShippedBroker.secret(of: user), to: user)
            }
            let city = try BrokerProcess()
            let readings = try Subscriber(city)
            try box.configure(
                """
                buses:
                  sensors:
                    mqtt: mqtt://127.0.0.1:\(field.port(1_884))
                    username: box-1-field
                    password_file: \(box.folder)/box-1-field
                    probe_username: box-1-probe
                    probe_password_file: \(box.folder)/box-1-probe
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(city.port) } }
                devices:
                  tank: { profile: tank, bus: sensors, node: bsu-07, site: pond, interval: 60s }
                """
            )
            try box.start()
            #expect(field.process.line(with: "box-1-field 1 bsu-07/state") != nil)
            for id in ["box-1-field", "box-1.sensors", "box-1-probe"] {
                let device = field.entrance(1_883, as: "bsu-08", id: id)
                #expect(try field.publish("mine", to: "bsu-08/x", by: device), "the device comes in as itself")
                for (listener, user) in [(1_884, "bsu-07"), (1_884, nil), (1_883, nil)] {
                    let stranger = field.entrance(listener, as: user, id: id)
                    #expect(try !field.publish("x", to: "bsu-07/state", by: stranger))
                }
            }
            let device = field.entrance(1_883, as: "bsu-07") + ["-r"]
            #expect(try field.publish("Online", to: "bsu-07/LWT", by: device))
            #expect(try field.publish("7.5", to: "bsu-07/state", by: device))
            try Self.probe(box, until: "box-1-probe 1 bsu-07/state", at: field.process)
            #expect(readings.first { $0.point("v")["value"] == 7.5 } != nil)
            #expect(field.process.lines.filter { $0.contains(Self.takenOver) } == [])
            #expect(field.process.lines.count { $0.contains("as box-1-field (") } == 1)
            #expect(box.terminate().status == 0)
        }

        /// Makes `gateway probe` listen to the device's broker until it has subscribed there, then ends it.
        private static func probe(_ box: GatewayBox, until subscription: String, at broker: BrokerProcess) throws {
            let words = ["probe", "--config", box.configuration, "--profiles", box.folder + "/profiles", "--wait", "5"]
            let (_, lines) = try ChildProcess.run(GatewayProgram.path, words)
            #expect(broker.line(with: subscription) != nil, "\(lines)")
            #expect(!lines.contains { $0.contains("refuses") }, "\(lines)")
        }

        /// Nobody visits a box for its upgrade: its broker still has the earlier files, and its gateway the keys.
        @Test func `are not needed: a box that was set up before runs on`() throws {
            let field = try BrokerProcess(["allow_anonymous false", "password_file {folder}/p", "acl_file {folder}/a"])
            {
                folder in
                try "user gateway\ntopic read #\npattern readwrite %u/#\npattern readwrite +/%u/#\n"
                    .write(toFile: folder + "/a", atomically: true, encoding: .utf8)
                try ChildProcess.run("/usr/bin/mosquitto_passwd", ["-b", "-c", folder + "/p", "gateway", "old"])
            }
            let box = try GatewayBox()
            try box.write(secret: "old", to: "password")
            let city = try BrokerProcess()
            try box.configure(
                """
                buses:
                  sensors:
                    mqtt: mqtt://127.0.0.1:\(field.port)
                    username: gateway
                    password_file: \(box.folder)/password
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(city.port) } }
                devices:
                  tank: { profile: tank, bus: sensors, node: bsu-07, site: pond, interval: 60s }
                """
            )
            try box.start()
            #expect(field.line(with: "box-1.sensors 1 bsu-07/state") != nil)
            try Self.probe(box, until: "box-1.sensors.probe 1 bsu-07/state", at: field)
            #expect(field.lines.filter { $0.contains(Self.takenOver) } == [])
            #expect(box.terminate().status == 0)
        }

        /// A pattern `WORD/%u/#` gives many users the topics under WORD; `%u/#` would give all of them to a device of
        /// that name.
        @Test func `let a name that other devices' topics begin with do nothing at all`() throws {
            let text = try String(
                contentsOfFile: Repository.root + "/config/mosquitto/box-devices.acl",
                encoding: .utf8
            )
            let patterns = text.split(separator: "\n").filter { $0.hasPrefix("pattern ") }
                .map { $0.split(separator: " ")[2].split(separator: "/") }
            #expect(patterns.contains { $0[0] != "%u" })
            for pattern in patterns {
                #expect(pattern[0] == "%u" || pattern[1] == "%u")
                #expect(!pattern[0].contains("+") && !pattern[0].contains("#"))
                #expect(pattern[0] == "%u" || text.contains("\nuser \(pattern[0])\ntopic deny #\n"), "\(pattern[0])")
            }
        }
    }
}
