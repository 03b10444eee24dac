import Contract
import Domain
import Foundation
import Synchronization

@testable import Journal
import TestSupport

/// What callbacks delivered.
final class Box<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    func add(_ element: Element) { elements.withLock { $0.append(element) } }

    var all: [Element] { elements.withLock { $0 } }
}

/// A folder that is removed when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init(in place: String = NSTemporaryDirectory()) throws {
        path = place + "/journal-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    // A folder that cannot be removed fails no test.
    deinit { try? FileManager.default.removeItem(atPath: path) }

    var database: String { path + "/journal.sqlite" }

    var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    /// Copies the files as a power cut at this moment would leave them.
    func copyAsCrashed() throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database + suffix) {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: copy.database + suffix)
        }
        return copy
    }
}

/// A journal under test, and everything that its callbacks get.
final class Bench: Sendable {
    let folder: TemporaryFolder
    let clock: HandClock
    let journal: Journal
    let incidents: Box<JournalIncident>
    let failures: Box<JournalError>

    init(
        _ folder: TemporaryFolder? = nil,
        clock: HandClock = HandClock(),
        destinations: [JournalDestination] = [JournalDestination(id: "city")],
        limit: Int64 = 64 << 20,
        change: (inout JournalSettings) -> Void = { _ in }
    ) throws {
        let folder = try folder ?? TemporaryFolder()
        let incidents = Box<JournalIncident>()
        let failures = Box<JournalError>()
        var settings = JournalSettings(
            directory: folder.path,
            gateway: "kdr-soyo-01",
            limit: limit,
            destinations: destinations
        )
        change(&settings)
        self.folder = folder
        self.clock = clock
        self.incidents = incidents
        self.failures = failures
        journal = try Journal(
            settings: settings,
            time: clock,
            onIncident: { incidents.add($0) },
            onFailure: { failures.add($0) }
        )
    }

    deinit { journal.close() }

    @discardableResult
    func event(_ name: String = "tick", bytes: Int = 0) -> JournalEntry {
        let data = bytes > 0 ? [("filler", DataValue.string(String(repeating: "x", count: bytes)))] : []
        return journal.append(
            Event(
                EventName(rawValue: name),
                severity: .info,
                stamp: clock.stamp(),
                data: data.map { (key: $0.0, value: $0.1) }
            )
        )
    }

    /// Appends a device's event of about that many bytes.
    @discardableResult
    func message(of device: String, bytes: Int) -> JournalEntry {
        journal.append(
            Event(
                "message",
                severity: .info,
                stamp: clock.stamp(),
                site: "pond",
                device: device,
                byDevice: true,
                data: [("filler", .string(String(repeating: "x", count: bytes)))]
            )
        )
    }

    func page(_ destination: String = "city", after row: Int64 = 0, limit: Int = .max / 2) -> [JournalEntry] {
        let box = Box<[JournalEntry]>()
        journal.requestPage(destination: destination, after: row, limit: limit) { box.add($0) }
        journal.whenSettled()
        return box.all.first ?? []
    }

    /// Runs work on the journal's thread, with its file.
    func withFile(_ body: @escaping @Sendable (JournalFile) throws -> Void) {
        journal.enqueue { file in
            guard let file else { return }
            // A failure shows in the test's later expectations.
            try? body(file)
        }
        journal.whenSettled()
    }
}
