import Foundation
import TestSupport

/// A box with the gateway on it: a folder with configuration, profiles and journal, and the daemon as a child process.
final class GatewayBox {
    let folder: String
    let journal: String
    private(set) var process: ChildProcess?

    /// - Parameters:
    ///   - profiles: by id, as in `TestProfiles`.
    ///   - journal: the journal's folder; nil for one in the box's own.
    init(profiles: [String: String] = TestProfiles.all, journal: String? = nil) throws {
        folder = try temporaryFolder()
        self.journal = journal ?? folder + "/journal"
        try FileManager.default.createDirectory(atPath: folder + "/profiles", withIntermediateDirectories: true)
        for (id, text) in profiles {
            let head = "profile: \(id)\nname: Test \(id)\nmeasures: water\nsource: the tests\n"
            try (head + text).write(toFile: "\(folder)/profiles/\(id).yaml", atomically: true, encoding: .utf8)
        }
    }

    deinit {
        process?.stop(SIGKILL)
        removeFolder(folder)
    }

    var configuration: String { folder + "/gateway.yaml" }

    /// Writes the configuration: gateway, site, storage and socket are the box's own.
    ///
    /// - Parameters:
    ///   - text: buses, devices and destinations.
    ///   - socket: a path other than the box's own; `journal` likewise.
    func configure(_ text: String, socket: String? = nil, journal: String? = nil) throws {
        let head = """
            gateway: box-1
            clock: trusted
            sites: { pond: { name: Pond, kelurahan: Bawang } }
            storage: { path: \(journal ?? self.journal), limit: 16MB }
            control: { socket: \(socket ?? folder + "/control.sock") }

            """
        try (head + text).write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    /// Puts a password file beside the configuration.
    func write(secret: String, to name: String) throws {
        try (secret + "\n").write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    /// Starts the daemon and waits until it reports that it runs.
    ///
    /// - Parameters:
    ///   - faults: faults of its machine.
    ///   - descriptors: the most that it may have; nil for as many as the tests.
    @discardableResult
    func start(with faults: MachineFaults? = nil, descriptors: Int? = nil) throws -> ChildProcess {
        let limit = descriptors.map { ["/bin/sh", "-c", "ulimit -n \($0); exec \"$@\"", "sh"] } ?? []
        let gateway = [GatewayProgram.path, "run", "--config", configuration, "--profiles", folder + "/profiles"]
        let child = try ChildProcess("/usr/bin/env", (faults?.environment ?? []) + limit + gateway)
        process = child
        guard child.line(with: "gateway runs") != nil else {
            throw BrokerFailure(words: "the gateway did not start: " + child.lines.joined(separator: "\n"))
        }
        return child
    }

    /// Asks the daemon to end.
    ///
    /// - Returns: its exit status, and the seconds until then.
    func terminate() -> (status: Int32, seconds: Double) {
        let start = Date()
        process?.signal(SIGTERM)
        let status = process?.exitStatus() ?? -1
        return (status, Date().timeIntervalSince(start))
    }

    func kill() {
        process?.signal(SIGKILL)
        process?.exitStatus()
    }

    /// All bytes that the journal's files hold.
    func journalBytes() throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: journal).reduce(into: Data()) { bytes, name in
            bytes += try Data(contentsOf: URL(fileURLWithPath: journal + "/" + name))
        }
    }
}

/// Publishes like a device, with a program from outside this project.
func publish(_ payload: String, to topic: String, at broker: BrokerProcess, retained: Bool = false) throws {
    let options = ["-p", "\(broker.port)", "-q", "1", "-t", topic, "-m", payload] + (retained ? ["-r"] : [])
    let (status, lines) = try ChildProcess.run("/usr/bin/mosquitto_pub", options)
    if status != 0 { throw BrokerFailure(words: lines.joined(separator: "\n")) }
}

/// Profiles as small as the tests need them.
enum TestProfiles {
    static let all = [
        // The content of the addresses in Tests/Peers/modbus_registers.py.
        "tables": """
        modbus: { numbering: from_0, word_order: ABCD, reply_time: 400ms, worst_reply: 100ms }
        points:
          level: { holding: 1, type: uint16, unit: m, decimals: 2 }
          discharge: { holding: 10, type: uint16, unit: m3/h, publish: L/s }
          total: { input: 4, type: uint32, unit: "{vehicles}" }
          open: { coil: 3 }
          busy: { discrete: 4 }
          hidden: { holding: 11, type: uint16, private: true }
        """,
        // pymodbus has 300 registers: reads beyond them are refused.
        "partly": """
        modbus: { numbering: from_0, word_order: ABCD, reply_time: 400ms, worst_reply: 100ms }
        points:
          first: { holding: 7, type: uint16 }
          last: { holding: 299, type: uint16 }
          beyond: { holding: 300, type: uint16 }
          far: { holding: 400, type: uint16 }
        """,
        "counter": """
        modbus: { numbering: from_0, word_order: ABCD, reply_time: 100ms, worst_reply: 100ms }
        points:
          passed: { holding: 0, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 1000 } }
        """,
        "slow": """
        modbus: { numbering: from_0, word_order: ABCD, reply_time: 8s, worst_reply: 9s }
        points:
          level: { holding: 0, type: uint16 }
        """,
        "scale": """
        mqtt:
          messages: { sensor: { topic: "tele/{node}/SENSOR", time: { path: Time, format: iso8601, zone: gateway } } }
          availability: { topic: "tele/{node}/LWT", online: Online, offline: Offline }
        points:
          weight: { message: sensor, path: HX711.WeightRaw, unit: g, publish: kg, range: [0, 500000] }
        """,
        "meter": """
        mqtt: { messages: { total: { topic: "{node}/total" } } }
        points:
          volume: { message: total, unit: m3, counter: { bits: 32, max_rate: 10000 } }
        """,
        "tank": """
        mqtt:
          messages: { state: { topic: "{node}/state" } }
          reports: on_change
          availability: { topic: "{node}/LWT", online: Online, offline: Offline }
        points:
          v: { message: state, unit: m3, counter: { bits: 32, max_rate: 10 } }
        """,
        "camera": """
        mqtt:
          messages: { events: { topic: frigate/events, time: { path: after.end_time, format: epoch_s } } }
        events:
          passage:
            message: events
            when: { type: end }
            id: after.id
            data: { class: after.label, zones: after.entered_zones }
        """,
    ]
}

/// A counter that a test can silence: each request is answered with a total three higher than the one before.
final class CountingPeer: Sendable {
    private let condition = NSCondition()
    private let state = Locked()
    let peer: ScriptedPeer

    private final class Locked: @unchecked Sendable {  // touched under the condition's lock only
        var isMute = false
        var asked = 0
    }

    init() {
        let condition = condition
        let state = state
        peer = ScriptedPeer(tcp: { _, request in
            condition.withLock {
                state.asked += 1
                condition.broadcast()
                if state.isMute { return [] }
                let total = state.asked * 3
                let bytes = [24, 16, 8, 0].map { UInt8(total >> $0 & 0xFF) }
                return [.send(ModbusFrames.tcp(to: request, [request[6], request[7], 4] + bytes))]
            }
        })
    }

    deinit { peer.stop() }

    var port: Int { peer.port }
    var asked: Int { condition.withLock { state.asked } }
    func silence(_ isMute: Bool) { condition.withLock { state.isMute = isMute } }

    /// Waits until it has received so many more requests.
    func wait(forMore count: Int, within limit: Double = 60) -> Bool {
        let deadline = Date(timeIntervalSinceNow: limit)
        return condition.withLock {
            let goal = state.asked + count
            while state.asked < goal {
                if !condition.wait(until: deadline) { return false }
            }
            return true
        }
    }
}
