import Domain
import Foundation
import MQTT
import Platform
import Synchronization

/// An owner that offers a list of messages, offers again what comes back unacknowledged, and records everything.
final class RecordingOwner: MQTTSessionOwner {
    struct Record {
        var connections: [MQTTConnection] = []
        var failures: [MQTTError] = []
        var unacknowledged: [[MQTTToken]] = []
        var answers: [(token: MQTTToken, code: UInt8)] = []
        var received: [MQTTReceived] = []
        var waiting: [MQTTMessage] = []
        var carried = Traffic()
        var offered: [MQTTToken: MQTTMessage] = [:]
    }

    private let record: Mutex<Record>
    private let changed = WakeFlag()

    private let lastWord: MQTTMessage?

    init(_ messages: [MQTTMessage] = [], will: MQTTMessage? = nil) {
        lastWord = will
        record = Mutex(Record(waiting: messages.reversed()))
    }

    private func note(_ change: (inout Record) -> Void) {
        record.withLock { change(&$0) }
        changed.raise()
    }

    func offer(_ messages: [MQTTMessage]) { note { $0.waiting.insert(contentsOf: messages.reversed(), at: 0) } }
    var now: Record { record.withLock { $0 } }

    func will() -> MQTTMessage? { lastWord }

    func sessionConnected(_ connection: MQTTConnection) { note { $0.connections.append(connection) } }

    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        note { record in
            record.failures.append(error)
            record.unacknowledged.append(unacknowledged)
            record.waiting.append(contentsOf: unacknowledged.reversed().compactMap { record.offered[$0] })
        }
    }

    func nextMessage() -> MQTTNext {
        record.withLock { record in
            guard let message = record.waiting.popLast() else { return .idle(until: nil) }
            record.offered[message.token] = message
            changed.raise()
            return .message(message)
        }
    }

    func acknowledged(token: MQTTToken, code: UInt8) {
        note {
            $0.answers.append((token, code))
            $0.offered[token] = nil
        }
    }

    func sessionCarried(_ traffic: Traffic) { note { $0.carried += traffic } }

    func received(_ message: MQTTReceived) { note { $0.received.append(message) } }

    /// Waits until what was recorded satisfies the condition; false if it does not within 20 s. One waiter at a time.
    func wait(_ condition: (Record) -> Bool) -> Bool {
        let clock = SystemClock()
        let deadline = clock.uptime() + .seconds(30)
        while clock.uptime() < deadline {
            if condition(now) { return true }
            changed.wait(until: deadline, time: clock)
        }
        return condition(now)
    }

    func failure(_ kind: MQTTError.Kind) -> Bool {
        if wait({ $0.failures.contains { $0.kind == kind } }) { return true }
        print("failures: \(now.failures)")
        return false
    }
}

/// Returns messages with these tokens; the token is the payload.
func messages(_ tokens: ClosedRange<Int64>, topic: String = "test/a", retained: Bool = false) -> [MQTTMessage] {
    tokens.map { MQTTMessage(topic: topic, payload: Array("\($0)".utf8), retained: retained, token: MQTTToken($0)) }
}

func settings(
    _ ports: Int...,
    id: String = "gateway-test",
    change: (inout MQTTSettings) -> Void = { _ in }
) -> MQTTSettings {
    var settings = MQTTSettings(addresses: ports.map { MQTTAddress(host: "127.0.0.1", port: $0) }, clientID: id)
    settings.backoff = .milliseconds(10) ... .milliseconds(100)
    change(&settings)
    return settings
}

/// Runs a session for as long as the body takes, then stops it.
@discardableResult
func with<Result>(
    _ settings: MQTTSettings,
    _ owner: RecordingOwner,
    stopWithin limit: Duration = .seconds(2),
    body: (MQTTSession) throws -> Result
) rethrows -> Result {
    let session = MQTTSession(settings: settings, owner: owner, time: SystemClock(), name: "mqtt-test")
    session.start()
    defer { session.stop(within: limit) }
    return try body(session)
}

enum Port {
    /// Listens and accepts nothing: with the queue full, further SYNs are swallowed.
    static func blackHole() throws -> (port: Int, keep: [FileHandle]) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var keep = [FileHandle(fileDescriptor: listener, closeOnDealloc: true)]
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(listener, pointer, size)
                _ = listen(listener, 0)
                _ = getsockname(listener, pointer, &size)
                for _ in 0..<4 {
                    let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
                    _ = connect(filler, pointer, size)
                    keep.append(FileHandle(fileDescriptor: filler, closeOnDealloc: true))
                }
            }
        }
        return (Int(UInt16(bigEndian: address.sin_port)), keep)
    }
}
