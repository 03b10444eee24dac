import Domain
import Foundation
import MQTT
import Platform
import Testing
import TestSupport

extension Sessions {
    @Suite struct `With a scripted broker` {
        @Test(arguments: [
            ("0x84", MQTTError.Kind.versionRefused), ("0x85", .clientIDRefused), ("0x86", .badCredentials),
            ("0x87", .notAuthorised), ("0x88", .brokerUnavailable), ("0x97", .refused(code: 0x97)),
        ])
        func `a refused CONNACK is a typed error, and the session tries again`(
            code: String,
            kind: MQTTError.Kind
        ) throws {
            let broker = try BrokerScript("--connack", code)
            let owner = RecordingOwner()
            with(settings(broker.port), owner) { session in
                #expect(owner.wait { $0.failures.count >= 2 })
                #expect(owner.now.failures.allSatisfy { $0.kind == kind })
                #expect(owner.now.connections.isEmpty)
                #expect(session.snapshot.lastError?.contains("127.0.0.1:\(broker.port)") == true)
            }
        }

        @Test(arguments: [
            (1, MQTTError.Kind.versionRefused), (2, .clientIDRefused), (4, .badCredentials), (5, .notAuthorised),
        ])
        func `a refused CONNACK of 3_1_1 is the same typed error`(code: Int, kind: MQTTError.Kind) throws {
            let broker = try BrokerScript("--v311", "--connack", "\(code)")
            let owner = RecordingOwner()
            with(settings(broker.port) { $0.version = .v311 }, owner) { _ in #expect(owner.failure(kind)) }
        }

        @Test(arguments: [0x10, 0x80, 0x87, 0x97, 0x99] as [UInt8])
        func `a PUBACK's reason code reaches the owner`(code: UInt8) throws {
            let broker = try BrokerScript("--puback", "\(code)")
            let owner = RecordingOwner(messages(1...3))
            let session = try with(settings(broker.port), owner) { session in
                try #require(owner.wait { $0.answers.count == 3 })
                return session
            }
            #expect(owner.now.answers.allSatisfy { $0.code == code })
            #expect(session.snapshot.refused == (code < 0x80 ? 0 : 3))
            #expect(session.snapshot.acknowledged == (code < 0x80 ? 3 : 0))
            #expect(session.snapshot.connects == 1)
        }

        @Test func `a CONNACK that never comes is a failure after the time-out`() throws {
            let broker = try BrokerScript("--connack", "-1")
            let owner = RecordingOwner()
            with(settings(broker.port) { $0.connectTimeout = .milliseconds(200) }, owner) { _ in
                #expect(owner.failure(.connectTimeout))
            }
        }

        @Test func `a black hole is a failure after the time-out`() throws {
            let hole = try Port.blackHole()
            let owner = RecordingOwner()
            let clock = SystemClock()
            let began = clock.uptime()
            with(settings(hole.port) { $0.connectTimeout = .milliseconds(300) }, owner) { _ in
                #expect(owner.failure(.connectTimeout))
                #expect(owner.now.failures.first?.detail == "no TCP connection")
            }
            #expect(clock.uptime() - began < .seconds(5))
            withExtendedLifetime(hole.keep) {}
        }

        @Test func `a PUBACK that never comes is a stall, and all in flight come back in order`() throws {
            let broker = try BrokerScript("--puback", "-1")
            let owner = RecordingOwner(messages(1...5))
            try with(settings(broker.port) { $0.stallTimeout = .milliseconds(200) }, owner) { _ in
                try #require(owner.failure(.stalled))
                #expect(owner.now.unacknowledged.first == [1, 2, 3, 4, 5])
                #expect(owner.wait { $0.connections.count >= 2 })
            }
        }

        @Test(arguments: [(1, 1), (7, 7), (500, 100), (0, 100)])
        func `the window never exceeds the broker's Receive Maximum`(limit: Int, window: Int) throws {
            let broker = try BrokerScript("--receive-maximum", "\(limit)", "--hold", "\(window + 1)")
            let owner = RecordingOwner(messages(1...Int64(window * 5)))
            try with(settings(broker.port), owner) { _ in
                try #require(owner.wait { $0.answers.count == window * 5 })
                #expect(owner.now.connections.first?.window == window)
                #expect(owner.now.connections.first?.receiveMaximum == (limit == 0 ? 65_535 : limit))
            }
            #expect(broker.line(with: "disconnect most \(window) total \(window * 5)") != nil)
        }

        @Test(arguments: [("", nil), ("max_packet_size 5000", 5_000)] as [(String, Int?)])
        func `a connection says the broker's Maximum Packet Size`(line: String, size: Int?) throws {
            let broker = try BrokerProcess(["allow_anonymous true", line])
            let owner = RecordingOwner()
            try with(settings(broker.port), owner) { _ in
                try #require(owner.wait { !$0.connections.isEmpty })
                #expect(owner.now.connections.first?.largestPacket == size)
            }
        }

        @Test(arguments: [
            (0x8E, MQTTError.Kind.takenOver), (0x8B, .brokerUnavailable), (0x93, .closedByBroker(code: 0x93)),
        ])
        func `a DISCONNECT's reason code is a typed error`(code: Int, kind: MQTTError.Kind) throws {
            let broker = try BrokerScript("--disconnect", "\(code)")
            let owner = RecordingOwner(messages(1...2))
            try with(settings(broker.port) { $0.backoff = .seconds(60) ... .seconds(60) }, owner) { _ in
                try #require(owner.failure(kind))
                #expect(owner.now.unacknowledged.first == [1, 2])
            }
        }
    }

    @Suite struct `Stopping` {
        private func time(_ body: () -> Void) -> Duration {
            let began = SystemClock().uptime()
            body()
            return SystemClock().uptime() - began
        }

        @Test func `with a dead broker takes no time`() throws {
            let owner = RecordingOwner(messages(1...3))
            let session = MQTTSession(
                settings: settings(try freePort()) { $0.backoff = .seconds(60) ... .seconds(60) },
                owner: owner,
                time: SystemClock(),
                name: "mqtt-test"
            )
            session.start()
            #expect(owner.failure(.unreachable))
            #expect(time { session.stop(within: .seconds(5)) } < .seconds(1))
        }

        @Test func `during a connection attempt to a black hole takes no time`() throws {
            let hole = try Port.blackHole()
            let session = MQTTSession(
                settings: settings(hole.port),
                owner: RecordingOwner(),
                time: SystemClock(),
                name: "mqtt-test"
            )
            session.start()
            #expect(time { session.stop(within: .seconds(5)) } < .seconds(1))
            withExtendedLifetime(hole.keep) {}
        }

        @Test func `with a frozen broker keeps to its limit and gives back what was in flight`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner()
            let session = MQTTSession(
                settings: settings(broker.port),
                owner: owner,
                time: SystemClock(),
                name: "mqtt-test"
            )
            session.start()
            try #require(owner.wait { !$0.connections.isEmpty })
            broker.suspend()
            owner.offer(messages(1...3))
            session.wake()
            let took = time { session.stop(within: .milliseconds(500)) }
            #expect(took < .milliseconds(600))
            #expect(owner.now.unacknowledged.last == [1, 2, 3])
            #expect(owner.now.failures.last?.kind == .stopped)
            broker.resume()
        }

        @Test func `sends what the owner still offers`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner()
            try with(settings(broker.port), owner, stopWithin: .seconds(10)) { _ in
                try #require(owner.wait { !$0.connections.isEmpty })
                owner.offer(messages(1...1000))
            }
            #expect(owner.now.answers.map(\.token.number) == Array(1...1000))
            #expect(owner.now.unacknowledged.last == [])
        }
    }

    @Suite struct `With TLS` {
        private func broker(names: String = "IP:127.0.0.1,DNS:localhost") throws -> (BrokerProcess, BrokerCertificates)
        {
            var made: BrokerCertificates?
            // No limit: beyond 1000 mosquitto would drop what a slow subscriber has not yet received.
            let lines = [
                "allow_anonymous true", "max_queued_messages 0", "certfile {folder}/broker.pem",
                "keyfile {folder}/broker.key",
            ]
            let broker = try BrokerProcess(lines) { made = try BrokerCertificates(folder: $0, names: names) }
            return (broker, try #require(made))
        }

        private func settings(_ port: Int, _ caFile: String?) -> MQTTSettings {
            var settings = MQTTTests.settings(port)
            settings.addresses[0].tls = true
            settings.caFile = caFile
            return settings
        }

        @Test func `a certificate of the configured authority connects`() throws {
            let (broker, certificates) = try broker()
            let owner = RecordingOwner(messages(1...2000))
            with(settings(broker.port, certificates.authority), owner) { _ in
                #expect(owner.wait { $0.answers.count == 2000 })
            }
        }

        @Test func `a flood of messages arrives whole`() throws {
            let (broker, certificates) = try broker()
            let subscriber = RecordingOwner()
            var subscribing = settings(broker.port, certificates.authority)
            subscribing.clientID = "subscriber"
            subscribing.subscriptions = ["test/#"]
            try with(subscribing, subscriber) { _ in
                try #require(broker.line(with: "Sending SUBACK to subscriber") != nil)
                let publisher = RecordingOwner(messages(1...3000))
                with(settings(broker.port, certificates.authority), publisher) { _ in
                    #expect(subscriber.wait { $0.received.count == 3000 })
                }
            }
        }

        @Test(arguments: [true, false])
        func `a certificate of an unknown authority is refused`(configured: Bool) throws {
            let (broker, certificates) = try broker()
            let owner = RecordingOwner()
            with(settings(broker.port, configured ? certificates.foreignAuthority : nil), owner) { _ in
                #expect(owner.failure(.certificateNotTrusted))
                #expect(owner.now.connections.isEmpty)
            }
        }

        @Test func `a certificate for another name is refused`() throws {
            let (broker, certificates) = try broker(names: "DNS:elsewhere.example")
            let owner = RecordingOwner()
            with(settings(broker.port, certificates.authority), owner) { _ in
                #expect(owner.failure(.certificateName))
                #expect(owner.now.connections.isEmpty)
            }
        }

        @Test func `an authority's file that is not there is an error of the settings`() throws {
            let owner = RecordingOwner()
            with(settings(1, "/nonexistent.pem"), owner) { _ in #expect(owner.failure(.settings)) }
        }

        @Test func `a port that does not speak TLS is an error`() throws {
            let (_, certificates) = try broker()
            let plain = try BrokerProcess()
            let owner = RecordingOwner()
            var short = settings(plain.port, certificates.authority)
            short.connectTimeout = .milliseconds(500)
            with(short, owner) { _ in
                #expect(owner.wait { !$0.failures.isEmpty })
                #expect(owner.now.connections.isEmpty)
            }
        }

        @Test func `a broker that accepts and never shakes hands is a failure after the time-out`() throws {
            let silent = try BrokerScript("--connack", "-1")
            let owner = RecordingOwner()
            var short = settings(silent.port, nil)
            short.connectTimeout = .milliseconds(300)
            with(short, owner) { _ in #expect(owner.wait { !$0.failures.isEmpty }) }
        }
    }
}
