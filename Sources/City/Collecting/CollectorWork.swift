import Domain
import MQTT
import Store

/// One pair of connections, to the broker and to the database, and the way of a batch between them.
final class CollectorWork {
    private let settings: CollectorSettings
    private let database: Postgres
    private let inbox: MQTTInbox
    private let maker: BatchMaker
    private let writer: BatchWriter
    private let outbox: Outbox
    private let time: any TimeSource
    private let signal: StopSignal
    /// Messages that came while the subscriptions were made.
    private var early: [MQTTReceived] = []
    private var counts = CollectorCounts()
    private var nextOutbox: Uptime

    init(_ settings: CollectorSettings, _ database: Postgres, time: any TimeSource, signal: StopSignal) {
        self.settings = settings
        self.database = database
        self.time = time
        self.signal = signal
        nextOutbox = time.uptime()
        inbox = MQTTInbox(settings: settings.broker, time: time, wake: signal.flag)
        // Names are learned anew with each connection: after a failover some may be missing.
        maker = BatchMaker(prefix: settings.topicPrefix, destination: settings.destination, names: NameBook())
        writer = BatchWriter(database, zone: settings.zone, retention: settings.retention)
        outbox = Outbox(database, prefix: settings.topicPrefix)
    }

    var address: String { inbox.address.map { "\($0)" } ?? "" }

    /// - Returns: false where the signal came meanwhile.
    func connect() throws(MQTTError) -> Bool {
        early = []
        var came: [MQTTReceived] = []
        let isConnected = try inbox.connect { came += $0 }
        early = came
        return isConnected
    }

    /// Says goodbye; the broker keeps the session.
    func leave() {
        // What came with the subscriptions is not stored yet: its PUBACKs must not leave.
        if early.isEmpty { inbox.leave(within: .seconds(2)) } else { inbox.abandon() }
    }

    func takeCounts() -> CollectorCounts {
        defer { counts = CollectorCounts() }
        return counts
    }

    /// Waits for messages, stores them and answers them.
    func turn() throws -> CollectorCounts {
        let messages = try gather()
        try publish()
        guard !messages.isEmpty else { return CollectorCounts() }
        do {
            try store(messages[...])
        } catch {
            // Nothing that this connection holds may be sent any more.
            inbox.abandon()
            throw error
        }
        try inbox.answer()
        return takeCounts()
    }

    /// Passes on what the city itself says; it leaves with the answers of this batch, or at once where there is none.
    private func publish() throws {
        for (packet, code) in inbox.takeAnswers() { try outbox.answered(packet, code: code) }
        guard time.uptime() >= nextOutbox else { return }
        nextOutbox = time.uptime() + .seconds(1)
        for message in try outbox.waiting() {
            guard let packet = inbox.publish(message.message) else { break }
            outbox.sent(message, packet: packet)
        }
        try inbox.answerIfIdle()
    }

    /// Collects a batch: it ends when it is large, when its first message has waited, or when nothing comes.
    private func gather() throws(MQTTError) -> [MQTTReceived] {
        var messages = early
        early = []
        if messages.isEmpty { messages = try inbox.receive(until: time.uptime() + .seconds(1)) }
        guard !messages.isEmpty else { return [] }
        let end = time.uptime() + settings.longestWait
        var bytes = messages.reduce(0) { $0 + $1.payload.count }
        while messages.count < settings.largestBatch, bytes < settings.largestBytes, !signal.isRaised {
            let now = time.uptime()
            guard now < end else { break }
            let more = try inbox.receive(until: min(end, now + settings.quiet))
            if more.isEmpty { break }
            messages += more
            bytes += more.reduce(0) { $0 + $1.payload.count }
        }
        return messages
    }

    /// Stores the messages. Where the database refuses values, the halves are tried, down to the one message that it
    /// refuses: that one is set aside.
    private func store(_ messages: ArraySlice<MQTTReceived>) throws(StoreError) {
        let now = time.stamp().time
        do throws(StoreError) {
            let batch = try maker.make(Array(messages), now: now, in: database)
            let outcome = try writer.write(batch, now: now)
            counts.stored += outcome.stored
            counts.known += outcome.known
            counts.setAside += batch.setAside.count
        } catch  where error.kind == .values {
            if messages.count == 1 { return try setAside(messages[messages.startIndex], error, now: now) }
            let middle = messages.startIndex + messages.count / 2
            try store(messages[..<middle])
            try store(messages[middle...])
        }
    }

    private func setAside(_ message: MQTTReceived, _ error: StoreError, now: Instant) throws(StoreError) {
        let batch = maker.setAside(message, "the database refused: \(error)", now: now)
        _ = try writer.write(batch, now: now)
        counts.setAside += 1
    }
}
