import Contract
import Domain
import Journal
import MQTT
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Forwarding

/// A format as unlike JSON as the seam allows: QoS 0, something to say before anything else, a command that has it said
/// again, and a fence as the proof of delivery.
private final class FencedSession: DestinationSession {
    private let births = Mutex(0)
    var subscriptions: [String] { ["fenced/command"] }
    var proof: DeliveryProof { .fence(every: 50) }

    func will() -> MQTTMessage? {
        MQTTMessage(topic: "fenced/death", payload: Array("\(births.withLock { $0 } + 1)".utf8))
    }

    func opening() -> [MQTTMessage] {
        let birth = births.withLock { births in
            births += 1
            return births
        }
        return ["gateway", "device"].map { who in
            MQTTMessage(topic: "fenced/birth/" + who, payload: Array("\(birth)".utf8), qos: .atMostOnce)
        }
    }

    func message(of entry: JournalEntry, lane: Lane) -> MQTTMessage? {
        guard entry.kind == .reading else { return nil }
        return MQTTMessage(topic: "fenced/data", payload: Array("\(entry.seq)".utf8), qos: .atMostOnce)
    }

    func message(ofState topic: String, payload: [UInt8]) -> MQTTMessage? { nil }
    func message(ofPost topic: String, payload: [UInt8]) -> MQTTMessage? { nil }
    func received(_ message: MQTTReceived) -> DestinationDemand { .openAgain }
}

@Suite struct `A destination of another format` {
    @Test func `is told its opening first and every entry, of which each counts when a fence has proved it`() throws {
        let bench = try Bench()
        try bench.run { forwarder in
            for _ in 1...500 { forwarder.offer(bench.append()) }
            #expect(bench.listener.waits { $0.count { $0.topic == "fenced/data" } == 500 })
            #expect(bench.waitUntilNothingIsOwed())
            #expect(bench.listener.heard.prefix(2).map(\.topic) == ["fenced/birth/gateway", "fenced/birth/device"])
            let data = bench.listener.heard.filter { $0.topic == "fenced/data" }.map(\.text)
            #expect(data == (1...500).map { "\($0)" })
            #expect(forwarder.delivered == 500)
        }
    }

    @Test func `is owed what a lost connection had not proved, and has its opening said anew`() throws {
        let bench = try Bench()
        try bench.run { forwarder in
            // A broker that stands still takes messages into the socket and proves none of them.
            try #require(bench.listener.waits { !$0.isEmpty })
            bench.broker.suspend()
            for _ in 1...200 { forwarder.offer(bench.append()) }
            #expect(forwarder.delivered == 0)
            #expect(bench.journal.pending(destination: "city").count == 200)
            bench.broker.kill()
            bench.listener.forget()
            try bench.broker.start()
            #expect(bench.waitUntilNothingIsOwed())
            // The broker's word: a listener that comes back after the gateway hears none of it, at QoS 0.
            let received = "Received PUBLISH from gateway (d0, q0, r0, m0, 'fenced/data'"
            #expect(bench.broker.line(with: received, number: 200) != nil)
        }
    }

    @Test func `says its opening again when a command asks for it`() throws {
        let bench = try Bench()
        try bench.run { _ in
            // On a busy machine the gateway may have had to connect twice.
            try #require(bench.listener.waits { $0.count { $0.topic.hasPrefix("fenced/birth/") } >= 2 })
            let before = bench.listener.heard.count { $0.topic.hasPrefix("fenced/birth/") }
            bench.listener.publish("fenced/command")
            #expect(bench.listener.waits { $0.count { $0.topic.hasPrefix("fenced/birth/") } >= before + 2 })
        }
    }

    @Test func `is owed no entry that it has no message for`() throws {
        let bench = try Bench()
        try bench.run { forwarder in
            forwarder.offer(bench.journal.append(Event("stop", severity: .info, stamp: bench.time.stamp())))
            forwarder.offer(bench.append())
            #expect(bench.waitUntilNothingIsOwed())
            #expect(bench.listener.waits { $0.count { $0.topic == "fenced/data" } == 1 })
        }
    }
}

/// A journal, a broker, a forwarder between them and somebody who listens.
private final class Bench {
    let time = SystemClock(trusted: true)
    let broker: BrokerProcess
    let journal: Journal
    let listener = Listener()
    private let folder: ScratchFolder
    private let loop: EventLoop
    private let acknowledged = WakeFlag()

    init() throws {
        broker = try BrokerProcess()
        folder = try ScratchFolder()
        loop = try EventLoop(name: "network", time: time)
        journal = try Journal(
            settings: JournalSettings(
                directory: folder.path,
                gateway: "kdr-test-01",
                limit: 64 << 20,
                destinations: [JournalDestination(id: "city")]
            ),
            time: time
        ) { Issue.record($0) }
    }

    deinit { journal.close() }

    func append() -> JournalEntry { journal.append(flowReading(time.stamp())) }

    func run(_ body: (Forwarder) throws -> Void) throws {
        var hearing = MQTTSettings(addresses: [MQTTAddress(host: "127.0.0.1", port: broker.port)], clientID: "listener")
        hearing.subscriptions = ["fenced/data", "fenced/birth/+"]
        hearing.backoff = .milliseconds(10) ... .milliseconds(100)
        let session = MQTTSession(settings: hearing, owner: listener, time: time, name: "listener")
        listener.session.withLock { $0 = session }
        session.start()
        defer { session.stop(within: .seconds(2)) }
        try #require(broker.line(with: "Sending SUBACK to listener") != nil)
        let forwarder = Forwarder(
            settings: ForwarderSettings(
                destination: "city",
                topics: Topics(prefix: "kediri", gateway: "kdr-test-01"),
                backfillRate: 100_000,
                waitsForSubscriber: false
            ),
            format: FencedSession(),
            journal: journal,
            time: time,
            notify: { _ in }
        )
        try loop.start()
        var sending = MQTTSettings(addresses: hearing.addresses, clientID: "gateway")
        // At a broker that was started again the listener is first: it hears nothing that came before it.
        sending.backoff = .seconds(1) ... .seconds(2)
        forwarder.start(sending, name: "to city", on: loop)
        defer {
            forwarder.stop(within: .seconds(2))
            loop.stop()
        }
        try body(forwarder)
    }

    /// Whether the journal owes nothing within 30 s. Nothing wakes a test when a row is acknowledged, so it looks.
    func waitUntilNothingIsOwed() -> Bool {
        let deadline = time.uptime() + .seconds(30)
        while time.uptime() < deadline {
            if journal.pending(destination: "city").count == 0 { return true }
            acknowledged.wait(until: time.uptime() + .milliseconds(20), time: time)
        }
        return false
    }
}

/// Remembers what was published, and publishes a command when asked.
private final class Listener: MQTTSessionOwner {
    struct Heard: Sendable {
        var topic: String
        var text: String
    }

    let session = Mutex<MQTTSession?>(nil)
    private let messages = Mutex<[Heard]>([])
    private let commands = Mutex<[String]>([])
    private let changed = WakeFlag()

    var heard: [Heard] { messages.withLock { $0 } }

    func forget() { messages.withLock { $0 = [] } }

    func publish(_ topic: String) {
        commands.withLock { $0.append(topic) }
        session.withLock { $0 }?.wake()
    }

    func waits(for condition: ([Heard]) -> Bool) -> Bool {
        let clock = SystemClock()
        let deadline = clock.uptime() + .seconds(30)
        while clock.uptime() < deadline {
            if condition(heard) { return true }
            changed.wait(until: deadline, time: clock)
        }
        return condition(heard)
    }

    func sessionConnected(_ connection: MQTTConnection) {}
    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {}
    func acknowledged(token: MQTTToken, code: UInt8) {}

    func nextMessage() -> MQTTNext {
        guard let topic = commands.withLock({ $0.popLast() }) else { return .idle(until: nil) }
        return .message(MQTTMessage(topic: topic, payload: []))
    }

    func received(_ message: MQTTReceived) {
        let heard = Heard(topic: message.topic, text: String(decoding: message.payload, as: UTF8.self))
        messages.withLock { $0.append(heard) }
        changed.raise()
    }
}
