import Configuration
import Control
import Documents
import Domain
@testable import gateway
import Installation
import Profiles
import Speech
import Testing
import TestSupport

/// What `check` prints about a gateway that runs with another configuration.
@Suite struct `What a change would give up` {
    private static func configuration(
        destinations: String = "  city: { mqtt: mqtts://broker.example }",
        site: String = "soyo",
        path: String = "/tmp"
    ) throws -> Configuration {
        let log = ProblemLog()
        let text = """
            gateway: kdr-test-01
            sites: { soyo: { name: Soyo }, bulus: { name: Bulus } }
            buses: { field: { tcp: 127.0.0.1 } }
            devices:
              flow: { profile: tuf-2000m, bus: field, unit: 1, site: \(site), interval: 10s }
            destinations:
            \(destinations)
            storage: { path: \(path), limit: 64MB }
            """
        let catalogue = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: log)
        let found = ConfigurationReader.read(text: text, file: "gateway.yaml", catalogue: catalogue, log: log)
        return try #require(found, "\(log.problems)")
    }

    private static func running(path: String? = "/tmp") -> SystemStatus {
        func destination(_ id: String, _ pending: Int) -> DestinationStatus {
            var status = DestinationStatus(
                id: id,
                address: "",
                connected: false,
                error: nil,
                pending: pending,
                oldestPending: "2026-11-22T01:37:35.774Z",
                acknowledged: 0,
                refused: 0,
                inFlight: 0,
                waitsForSubscriber: false
            )
            status.newestPending = "2026-11-23T00:00:00.000Z"
            return status
        }
        func device(_ id: String) -> DeviceStatus {
            DeviceStatus(
                id: id,
                name: "",
                site: "soyo",
                profile: "tuf-2000m",
                bus: "field",
                intervalMilliseconds: 10_000,
                verified: true,
                answering: nil,
                ageMilliseconds: nil,
                readings: 0,
                failures: 0,
                missed: 0,
                events: 0,
                points: []
            )
        }
        return SystemStatus(
            gateway: "kdr-test-01",
            version: "",
            state: "online",
            epoch: "",
            since: "",
            time: "",
            clock: .synchronised,
            configuration: "",
            devices: [device("flow"), device("scale")],
            buses: [],
            destinations: [destination("city", 0), destination("old", 12)],
            journal: JournalStatus(
                bytes: 0,
                limit: 0,
                stored: 0,
                waiting: 0,
                lost: 0,
                isStalled: false,
                path: path
            ),
            figures: ["water-volume": 5]
        )
    }

    private func notes(_ configuration: Configuration, _ indicators: Set<String> = ["water-volume"]) -> [String] {
        RunningChanges.notes(from: Self.running(), to: configuration, indicators: indicators).map { $0.text(in: .en) }
    }

    @Test func `are readings that a destination that goes is owed`() throws {
        #expect(
            try notes(Self.configuration()).contains(
                "a reload gives up 12 entries from 2026-11-22T01:37:35.774Z to 2026-11-23T00:00:00.000Z that old is "
                    + "still owed"
            )
        )
        let both = "  city: { mqtt: mqtts://broker.example }\n  old: { mqtt: mqtts://broker.example }"
        #expect(try !notes(Self.configuration(destinations: both)).contains { $0.contains("owed") })
    }

    @Test func `is not what stays in another journal, which is said`() throws {
        #expect(
            try notes(Self.configuration(path: "/var/tmp")).contains(
                "a reload begins a new journal: 12 readings that old is still owed stay in /tmp"
            )
        )
    }

    @Test func `are devices that go or move, and the windows of indicators that go`() throws {
        let found = try notes(Self.configuration(site: "bulus"), [])
        #expect(found.contains("scale goes: what it counted stays with soyo, where it is expected until the reload"))
        #expect(found.contains("flow moves: what it counted stays with soyo, and bulus begins without it"))
        #expect(found.contains("water-volume goes: the open windows of its 5 figures end unfinished"))
    }
}
