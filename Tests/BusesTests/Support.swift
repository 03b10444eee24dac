import Documents
import Domain
import Installation
import Logging
import Modbus
import Platform
import Profiles
import Synchronization
import TestSupport
import Testing

@testable import Buses
@testable import MQTT

/// Moments of a test, in seconds.
func at(_ seconds: Double) -> Uptime { Uptime(nanoseconds: 1_000_000_000_000 + Int64((seconds * 1e9).rounded())) }

/// A profile written in the test: its access and the text after it.
func writtenProfile(_ text: String) throws -> Profile {
    let head = "profile: written\nname: Written\nmeasures: water\nsource: a test\n"
    let log = ProblemLog()
    let map = try #require(Document.mapping(of: head + text, file: "written.yaml", log: log))
    let profile = ProfileReader.read(map, expectedID: nil, hash: "hash")
    try #require(log.problems.map(\.description) == [])
    return try #require(profile)
}

func device(
    _ profile: Profile,
    id: String = "gate",
    unit: UInt8 = 1,
    interval: Duration = .seconds(1),
    atMostEvery: Duration? = nil
) -> Device {
    Device(
        id: id,
        profile: profile,
        bus: "line",
        unit: UnitID(unit),
        node: id,
        site: Site(id: "pond", name: "Pond"),
        interval: interval,
        atMostEvery: atMostEvery,
        labels: []
    )
}

/// A failure of the wire, on some TCP endpoint.
func failure(_ kind: ModbusError.Kind, unit: UInt8 = 1) -> ModbusError {
    ModbusError(
        kind: kind,
        endpoint: .modbusTCP(host: "10.0.0.7", port: 502),
        unit: UnitID(unit),
        range: RegisterRange(.holding, start: 0, count: 1)
    )
}

/// Keeps what the field delivers.
final class RecordingSink: FieldSink {
    struct Taken: Sendable {
        var readings: [Reading] = []
        var since: [Uptime?] = []
        var remembered: [String: [UInt8]] = [:]
        var events: [DeviceEvent] = []
        var changes: [DeviceHealth.Change] = []
        /// Readings, events and changes in the order in which they came.
        var order: [String] = []
    }

    private let taken: Mutex<Taken>
    private let down: Set<String>

    init(down: Set<String> = [], remembered: [String: [UInt8]] = [:]) {
        self.down = down
        var taken = Taken()
        taken.remembered = remembered
        self.taken = Mutex(taken)
    }

    var all: Taken { taken.withLock { $0 } }

    func accept(_ reading: Reading, remembering: (key: String, value: [UInt8])?, since: Uptime?) {
        taken.withLock { taken in
            taken.readings.append(reading)
            taken.since.append(since)
            if let remembering { taken.remembered[remembering.key] = remembering.value }
            taken.order.append(reading.words)
        }
    }

    func accept(_ event: DeviceEvent) {
        taken.withLock { taken in
            taken.events.append(event)
            taken.order.append("\(event.name) \(event.id)")
        }
    }

    func accept(_ change: DeviceHealth.Change, of device: Device, stamp: Stamp) {
        taken.withLock { taken in
            taken.changes.append(change)
            taken.order.append(change == .up ? "up" : "down")
        }
    }

    func isDown(_ device: String) -> Bool { down.contains(device) }

    func recall(_ key: String) -> [UInt8]? { taken.withLock { $0.remembered[key] } }
}

extension Reading {
    /// Value and reason of each sample: `12, null timeout`.
    var words: String {
        samples.map { sample in
            guard let sample else { return "-" }
            return (sample.value?.description ?? "null") + (sample.reason.map { " \($0.word)" } ?? "")
        }.joined(separator: ", ")
    }
}

/// The context of sources in a test.
func testContext(_ sink: RecordingSink, _ clock: HandClock) throws -> FieldContext {
    FieldContext(
        time: clock,
        sink: sink,
        log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        loop: try EventLoop(name: "test", time: clock),
        gridStart: clock.uptime(),
        gateway: "box-1"
    )
}

extension Configuration.Bus {
    static let line = Configuration.Bus(id: "line", kind: .modbus(.modbusTCP(host: "127.0.0.1", port: 1)))
    static let field = Configuration.Bus(
        id: "field",
        kind: .mqtt(Broker(addresses: [.init(host: "127.0.0.1", port: 1, tls: false)], version: .v5))
    )
}
