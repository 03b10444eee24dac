import Domain
import Foundation
import MQTT
import Platform
import Testing
import TestSupport

/// Everything about a session, one test after the other: each starts its own processes on few cores.
@Suite(.serialized, .timeLimit(.minutes(2)))
enum Sessions {}

extension Sessions {
    @Suite struct `With a real broker` {
        @Test(arguments: [MQTTVersion.v5, .v311])
        func `every message is acknowledged once, in order`(version: MQTTVersion) throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner(messages(1...5000))
            try with(settings(broker.port) { $0.version = version }, owner) { session in
                #expect(owner.wait { $0.answers.count == 5000 })
                #expect(owner.now.answers.map(\.token.number) == Array(1...5000))
                // There is no subscriber; 3.1.1 cannot report that.
                #expect(owner.now.answers.allSatisfy { $0.code == (version == .v5 ? 0x10 : 0) })
                let connection = try #require(owner.now.connections.first)
                #expect(connection.window == (version == .v5 ? 20 : 100))
                #expect(connection.version == version)
            }
            #expect(owner.now.failures.map(\.kind) == [.stopped])
        }

        @Test func `a wake-up publishes what was offered to a sleeping session`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner()
            try with(settings(broker.port), owner) { session in
                try #require(owner.wait { !$0.connections.isEmpty })
                for token in Int64(1)...200 {
                    owner.offer(messages(token...token))
                    session.wake()
                    try #require(owner.wait { $0.answers.count == Int(token) })
                }
                try #require(session.snapshot.connected)
                #expect(session.snapshot.connects == 1)
            }
        }

        @Test func `a subscriber sees payload, topic and whether the message was retained`() throws {
            let broker = try BrokerProcess()
            let publisher = RecordingOwner(messages(1...1, topic: "kept", retained: true))
            try with(settings(broker.port, id: "publisher"), publisher) { session in
                try #require(publisher.wait { $0.answers.count == 1 })
                let subscriber = RecordingOwner()
                let subscribing = settings(broker.port, id: "subscriber") { $0.subscriptions = ["kept", "live/#"] }
                try with(subscribing, subscriber) { _ in
                    try #require(subscriber.wait { $0.received.count == 1 })
                    publisher.offer(messages(2...2, topic: "live/x"))
                    session.wake()
                    try #require(subscriber.wait { $0.received.count == 2 })
                    #expect(subscriber.now.received.map(\.topic) == ["kept", "live/x"])
                    #expect(subscriber.now.received.map(\.payload) == [Array("1".utf8), Array("2".utf8)])
                    #expect(subscriber.now.received.map(\.retained) == [true, false])
                }
                #expect(publisher.now.answers.map(\.code) == [0x10, 0])
            }
        }

        @Test func `a broker that went and came back gets again what it had not acknowledged`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner()
            let session = try with(settings(broker.port), owner) { session in
                try #require(owner.wait { !$0.connections.isEmpty })
                broker.suspend()
                owner.offer(messages(1...500))
                session.wake()
                try #require(owner.wait { !$0.offered.isEmpty })
                broker.stop()
                try #require(owner.wait { !$0.failures.isEmpty })
                try broker.start()
                try #require(owner.wait { $0.answers.count >= 500 })
                #expect(owner.now.answers.map(\.token.number).sorted() == Array(1...500))
                #expect(owner.now.connections.count == 2)
                return session
            }
            #expect(session.snapshot.acknowledged == 500)
            #expect(session.snapshot.published > 500)
        }

        @Test func `a wrong password is an error that says so, and a right one is read at the next attempt`() throws {
            let broker = try BrokerProcess(["allow_anonymous false", "password_file {folder}/passwords"]) { folder in
                try ChildProcess.run(
                    "/usr/bin/mosquitto_passwd",
                    ["-b", "-c", folder + "/passwords", "gateway", "right"]
                )
            }
            let secret = broker.folder + "/secret"
            try "wrong".write(toFile: secret, atomically: true, encoding: .utf8)
            let owner = RecordingOwner()
            let checked = settings(broker.port) {
                $0.username = "gateway"
                $0.password = { try String(contentsOfFile: secret, encoding: .utf8) }
            }
            try with(checked, owner) { _ in
                // mosquitto 2.0.11 answers 0x87 where MQTT 5 specifies 0x86.
                try #require(owner.failure(.notAuthorised))
                try "right".write(toFile: secret, atomically: true, encoding: .utf8)
                #expect(owner.wait { !$0.connections.isEmpty })
            }
        }

        @Test func `a password that cannot be read is an error of its own`() throws {
            let owner = RecordingOwner()
            let unreadable = settings(1) {
                $0.username = "gateway"
                $0.password = { try String(contentsOfFile: "/nonexistent", encoding: .utf8) }
            }
            with(unreadable, owner) { _ in #expect(owner.failure(.password)) }
        }

        /// mosquitto 2.0.11 closes without a DISCONNECT; the scripted broker sends 0x8E.
        @Test func `a takeover by mosquitto is a lost connection`() throws {
            let broker = try BrokerProcess()
            let first = RecordingOwner()
            let second = RecordingOwner()
            try with(settings(broker.port) { $0.backoff = .seconds(60) ... .seconds(60) }, first) { _ in
                try #require(first.wait { !$0.connections.isEmpty })
                with(settings(broker.port), second) { _ in
                    #expect(first.failure(.connectionLost))
                }
            }
        }

        @Test func `a connection that is cut publishes the will, one that is stopped does not`() throws {
            let broker = try BrokerProcess()
            let watcher = RecordingOwner()
            let watching = settings(broker.port, id: "watcher") { $0.subscriptions = ["will", "word"] }
            try with(watching, watcher) { _ in
                try #require(broker.line(with: "Sending SUBACK to watcher") != nil)
                let will = MQTTMessage(topic: "will", payload: Array("offline".utf8))
                let willing = settings(broker.port, id: "willing")
                let stopped = RecordingOwner(will: will)
                try with(willing, stopped) { _ in
                    try #require(stopped.wait { !$0.connections.isEmpty })
                    stopped.offer(messages(7...7, topic: "word"))
                }
                #expect(broker.line(with: "Received DISCONNECT from willing") != nil)
                #expect(stopped.now.answers.map(\.token) == [7])

                // The second one's limit is too short for a DISCONNECT: the socket is cut.
                let cut = RecordingOwner(will: will)
                try with(willing, cut, stopWithin: .zero) { _ in
                    try #require(cut.wait { !$0.connections.isEmpty })
                    // Before the message leaves: its answer would let the session end in order.
                    broker.suspend()
                    cut.offer(messages(8...8, topic: "word"))
                }
                broker.resume()
                try #require(watcher.wait { $0.received.contains { $0.topic == "will" } })
                #expect(watcher.now.received.count { $0.topic == "will" } == 1)
            }
        }

        @Test func `a topic that MQTT forbids comes back refused and the rest goes on`() throws {
            let broker = try BrokerProcess()
            let bad = ["a/#", "", "a\0b"].enumerated().map {
                MQTTMessage(topic: $1, payload: [], token: MQTTToken(Int64($0) + 100))
            }
            let owner = RecordingOwner(bad + messages(1...3))
            try with(settings(broker.port), owner) { session in
                try #require(owner.wait { $0.answers.count == 6 })
                #expect(owner.now.answers.filter { $0.code == 0x90 }.map(\.token) == [100, 101, 102])
                #expect(session.snapshot.connects == 1)
            }
        }

        @Test func `the second address is used when the first is dead`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner(messages(1...1))
            try with(settings(try freePort(), broker.port), owner) { session in
                try #require(owner.wait { $0.answers.count == 1 })
                #expect(owner.now.failures.first?.kind == .unreachable)
                #expect(session.snapshot.address?.port == broker.port)
            }
        }

        @Test func `a name with addresses of both families finds the one that listens`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner()
            let named = settings(broker.port) { $0.addresses[0].host = "localhost" }
            with(named, owner) { _ in #expect(owner.wait { !$0.connections.isEmpty }) }
        }
    }
}
