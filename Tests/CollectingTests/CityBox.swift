import Collecting
import Domain
import Foundation
import Logging
import MQTT
import Platform
import Store
import Synchronization
import TestSupport

/// A collector at work between a real mosquitto and a real PostgreSQL.
final class CityBox {
    let broker: BrokerProcess
    let store: PostgresProcess
    static let zone = Zone(name: "Asia/Jakarta", hours: 7)

    private let prefix = "kediri"
    private let session: String
    private let signal = Mutex<StopSignal?>(nil)
    private let thread = Mutex<WorkerThread?>(nil)

    init(_ lines: [String] = ["allow_anonymous true", "max_queued_messages 0"]) throws {
        broker = try BrokerProcess(lines)
        store = try PostgresProcess()
        session = "kediri-collect-\(UUID())"
    }

    deinit { stop() }

    /// Starts the collector, and waits until its subscriptions stand.
    func start() throws {
        let signal = try StopSignal()
        let (port, url, session) = (broker.port, store.url(), session)
        var broker = MQTTSettings(addresses: [MQTTAddress(host: "127.0.0.1", port: port)], clientID: session)
        broker.keptSession = .seconds(3_600)
        broker.receiveMaximum = 8_000
        broker.largestPayload = MQTTSettings.greatestPacket
        broker.backoff = .milliseconds(50) ... .milliseconds(200)
        broker.subscriptions = CollectorSettings.subscriptions(prefix: prefix, share: nil, gateways: [])
        let settings = CollectorSettings(
            broker: broker,
            topicPrefix: prefix,
            destination: "city",
            zone: Self.zone,
            retention: .seconds(35 * 86_400)
        )
        let ready = WakeFlag()
        let thread = try WorkerThread(name: "collect") {
            let collector = Collector(
                settings,
                store: { () throws(StoreError) in
                    let database = try Postgres(url: url, password: nil, program: "test")
                    try Migrations.run(on: database)
                    return database
                },
                time: SystemClock(),
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                signal: signal,
                ready: { ready.raise() }
            )
            // The tables are always this release's.
            try? collector.run()
        }
        self.signal.withLock { $0 = signal }
        self.thread.withLock { $0 = thread }
        guard ready.wait(until: SystemClock().uptime() + .seconds(20), time: SystemClock()) else {
            throw BrokerFailure(words: "the collector's subscriptions do not stand")
        }
    }

    /// Ends it in order.
    func stop() {
        signal.withLock { $0 }?.raise()
        thread.withLock { $0 }?.join()
        signal.withLock { $0 = nil }
        thread.withLock { $0 = nil }
    }

    /// A connection of the test's own.
    func connect() throws -> Postgres { try Postgres(url: store.url(), password: nil, program: "looker") }

    /// Publishes with QoS 1, and returns when the broker has answered.
    func publish(_ payload: String, to topic: String) throws {
        let (status, lines) = try ChildProcess.run(
            "/usr/bin/mosquitto_pub",
            ["-h", "127.0.0.1", "-p", "\(broker.port)", "-q", "1", "-t", topic, "-m", payload]
        )
        guard status == 0 else { throw BrokerFailure(words: lines.joined(separator: "\n")) }
    }

    /// Publishes a reading of a gateway.
    func publish(
        seq: Int,
        epoch: String = "1-0badcafe",
        time: String = "2026-11-29T01:38:41.664Z",
        more: String = #""clock":"synchronised""#
    ) throws {
        try publish(
            """
            {"v":1,"id":"g.\(epoch).\(seq)","gateway":"g","epoch":"\(epoch)","seq":\(seq),"site":"s","device":"d",\
            "time":"\(time)",\(more),"points":{"discharge":{"value":12.5,"unit":"L/s"}}}
            """,
            to: "kediri/readings/g/s/d"
        )
    }

    /// Publishes an event of the gateway.
    func publish(event: String, seq: Int, data: String, epoch: String = "1-0badcafe") throws {
        try publish(
            """
            {"v":1,"id":"g.\(epoch).\(seq)","gateway":"g","epoch":"\(epoch)","seq":\(seq),\
            "time":"2026-11-29T01:38:41.664Z","clock":"synchronised","event":"\(event)","severity":"info",\
            "data":\(data)}
            """,
            to: "kediri/gateways/g/events"
        )
    }

    /// Looks again and again, since a database announces nothing, until the query returns the text.
    func wait(for text: String, from sql: String, within limit: Double = 30) throws -> Bool {
        let database = try connect()
        let deadline = Date(timeIntervalSinceNow: limit)
        while Date() < deadline {
            // The tables may not be made yet.
            if let rows = try? database.query(sql), rows.count > 0, rows[0, 0] == text { return true }
            usleep(20_000)
        }
        return false
    }
}
