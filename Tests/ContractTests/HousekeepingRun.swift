import Configuration
import Domain
import Foundation
import Logging
import Platform
import Profiles
import TestSupport

@testable import Daemon
@testable import Forwarding
@testable import Indicators
@testable import Journal

/// A gateway in this process, without a field: what its forwarders notice and its clock does is told by code that
/// nothing else can call.
enum HousekeepingRun {
    /// Returns the payloads of the events that tell of these notices, in order, under one identity and at one time.
    ///
    /// Without notices it is the event that tells of a clock that has come since the run before.
    static func told(of notices: [ForwarderNotice]) throws -> [[UInt8]] {
        let folder = try ScratchFolder()
        let broker = try freePort()
        let text = """
            gateway: kdr-soyo-01
            clock: trusted
            sites: { pond: { name: Pond } }
            storage: { path: \(folder.path)/journal, limit: 16MB }
            control: { socket: \(folder.path)/control.sock }
            buses: { net: { tcp: 127.0.0.1:\(broker) } }
            destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker) } }
            devices: { gate: { profile: gate, bus: net, unit: 1, site: pond, interval: 24h } }
            """
        let written = try Written(text, profiles: ["gate": gateProfile])
        let lines = LineWait()
        let system = try RunningSystem(
            deployment: Deployment(
                configuration: written.configuration,
                indicators: try written.plan(""),
                catalogueCheck: CatalogueCheck(
                    catalogue: .empty,
                    configuration: written.configuration,
                    profiles: ProfileCatalogue()
                )
            ),
            version: "0.1.0",
            log: Logger(label: "gateway") { _ in lines },
            onFailure: { lines.add($0) }
        )
        let boot = system.time.stamp().boot
        if notices.isEmpty { system.journal.remember("clock", Array("\(boot) unsynchronised".utf8)) }
        try system.start()
        for notice in notices { system.notices.add(notice, destination: "city") }
        // A notice that makes no event is the last one: its line is written when all events before it are.
        system.notices.add(.takesAgain(.seconds(1)), destination: "city")
        lines.wait(for: "the broker takes messages again")
        if notices.isEmpty { lines.wait(for: "clock changed") }
        system.stop(reason: "asked")
        let entries = try JournalReader(directory: folder.path + "/journal").entries(after: 0, limit: 1_000)
        return entries.filter { entry in
            // What every run tells besides: its start and end, and that there is no field.
            entry.kind == .gatewayEvent
                && ["start", "stop", "device_down"].allSatisfy { name in
                    !String(decoding: entry.body, as: UTF8.self).hasPrefix("\"event\":\"\(name)\"")
                }
        }.map { entry in
            var entry = entry
            (entry.epoch, entry.seq) = ("7-3f2a9c1d", 1_234_567)
            entry.stamp = arrived
            return Payload.message(entry)
        }
    }

    private static let gateProfile = """
        profile: gate
        name: Gate
        measures: water
        source: the tests
        modbus: { numbering: from_0, word_order: ABCD }
        points: { level: { holding: 0, type: uint16 } }
        """
}

/// A log in which a line can be waited for. The lines are touched under the condition's lock only.
private final class LineWait: LogHandler, @unchecked Sendable {
    private let condition = NSCondition()
    private var lines: [String] = []
    var logLevel: Logger.Level {
        get { .notice }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func add(_ line: String) {
        condition.withLock {
            lines.append(line)
            condition.broadcast()
        }
    }

    func log(event: LogEvent) { add(event.message.description) }

    func wait(for line: String) {
        let deadline = Date(timeIntervalSinceNow: 20)
        condition.withLock { while !lines.contains(line), condition.wait(until: deadline) {} }
    }
}
