import Domain
import Foundation
import TestSupport
import Testing

@testable import Journal

/// File systems that a box may have, filled to the last blocks: in separate processes, which a signal may end.
@Suite(
    "A disk of any kind",
    .enabled(if: SmallDisk.obstacle == nil, Comment(rawValue: SmallDisk.obstacle ?? "")),
    .serialized
)
struct OddDiskTests {
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("journal-victim").path

    private static func disk(_ kind: SmallDisk.Kind, _ megabytes: Int = 24) throws -> (disk: SmallDisk, folder: String)
    {
        if let obstacle = kind.obstacle { try Test.cancel(Comment(rawValue: obstacle)) }
        let disk = try SmallDisk(kind, megabytes: max(megabytes, kind.leastMegabytes))
        let folder = disk.path + "/journal"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return (disk, folder)
    }

    private static func gateway(_ folder: String) throws -> ChildProcess {
        try ChildProcess(program, [folder, "endure", "10"])
    }

    /// How many entries a reader saw; nil where it ended.
    private static func read(_ folder: String) throws -> Int? {
        let process = try ChildProcess(program, [folder, "read"])
        guard let line = process.line(with: "read ") else {
            Issue.record("\(process.lines)")
            return nil
        }
        process.stop(SIGKILL)
        return line.split(separator: " ").last.flatMap { Int($0) }
    }

    /// Makes a journal of `count` entries; stopped in order, or killed with all of them in the log.
    private static func makeJournal(_ folder: String, count: Int, killed: Bool) throws {
        if killed {
            let process = try ChildProcess(program, [folder, "flush", "\(count)"])
            _ = process.line(with: " ")
            process.stop(SIGKILL)
        } else {
            let clock = HandClock()
            let journal = try Journal(settings: settings(folder), time: clock) { _ in }
            for _ in 0..<count { journal.append(Event("tick", severity: .info, stamp: clock.stamp(), data: [])) }
            journal.close()
        }
    }

    private static func settings(_ folder: String) -> JournalSettings {
        let destinations = [JournalDestination(id: "city")]
        return JournalSettings(directory: folder, gateway: "victim", limit: 64 << 20, destinations: destinations)
    }

    @Test("takes a start when it is full, whatever is left of it", arguments: SmallDisk.Kind.allCases)
    func start(_ kind: SmallDisk.Kind) throws {
        let (disk, folder) = try Self.disk(kind)
        try Self.makeJournal(folder, count: 10, killed: false)
        // One byte starts each page of 4 KiB of the index: from 8 KiB on that fits where blocks are small, and nothing
        // more.
        for left in [0, 8, 12, 20, 31, 64] {
            disk.fill(leaving: left << 10)
            let process = try Self.gateway(folder)
            #expect(process.line(with: "waiting", within: 120) != nil, "\(left) KiB left: \(process.lines.suffix(3))")
            disk.free()
            #expect(process.line(with: "resumed", within: 120) != nil, "\(left) KiB left: \(process.lines.suffix(3))")
            process.stop(SIGKILL)
            // So that the next start creates its files again.
            try Journal(settings: Self.settings(folder), time: HandClock()) { _ in }.close()
        }
    }

    /// A part of the index covers 4,062 to 4,096 pages of the log, which grows so far only during a read.
    @Test(
        "that fills just before the index grows stops nothing",
        arguments: [SmallDisk.Kind.ext4SmallBlocks, .tmpfs]
    )
    func grows(_ kind: SmallDisk.Kind) throws {
        let (disk, folder) = try Self.disk(kind, 64)
        try Self.makeJournal(folder, count: 10, killed: false)
        let process = try ChildProcess(Self.program, [folder, "endure", "100"])
        _ = process.line(with: "stored")
        let reader = try ChildProcess(Self.program, [folder, "read"])
        #expect(reader.line(with: "read") != nil)
        let page = 4_096 + 24
        var size = 0
        while size < 3_900 * page, process.line(with: "waiting", within: 0.05) == nil {
            size = try FileManager.default.attributesOfItem(atPath: folder + "/journal.sqlite-wal")[.size] as? Int ?? 0
        }
        process.signal(SIGSTOP)
        size = try FileManager.default.attributesOfItem(atPath: folder + "/journal.sqlite-wal")[.size] as? Int ?? 0
        #expect(size < 4_062 * page)
        // Enough for the log, and for one byte in each page of the index.
        disk.fill(leaving: 4_062 * page - size + 20_480)
        process.signal(SIGCONT)
        #expect(process.line(with: "waiting", within: 120) != nil, "\(process.lines.suffix(3))")
        reader.stop(SIGKILL)
        disk.free()
        #expect(process.line(with: "resumed", within: 120) != nil, "\(process.lines.suffix(3))")
        process.stop(SIGKILL)
    }

    @Test(
        "is read when it is full or read-only: a journal stopped in order, one killed, one in use",
        arguments: SmallDisk.Kind.allCases
    )
    func reading(_ kind: SmallDisk.Kind) throws {
        for killed in [false, true] {
            for readOnly in [false, true] {
                let (disk, folder) = try Self.disk(kind)
                try Self.makeJournal(folder, count: 10, killed: killed)
                for left in readOnly ? [0] : [0, 12, 31] {
                    disk.fill(leaving: left << 10)
                    if readOnly { try disk.makeReadOnly() }
                    let count = try Self.read(folder) ?? 0
                    #expect(killed ? count >= 10 : count == 10, "\(left) KiB left, killed: \(killed)")
                }
                guard !readOnly else { continue }
                // A reader leaves nothing that blocks a gateway.
                let process = try Self.gateway(folder)
                #expect(process.line(with: "waiting", within: 120) != nil, "\(process.lines.suffix(3))")
                #expect(try Self.read(folder) ?? 0 >= 10)
                process.stop(SIGKILL)
            }
        }
    }

    @Test("that is read-only keeps a gateway from starting, with words", arguments: SmallDisk.Kind.allCases)
    func readOnly(_ kind: SmallDisk.Kind) throws {
        let (disk, folder) = try Self.disk(kind)
        try Self.makeJournal(folder, count: 10, killed: true)
        try disk.makeReadOnly()
        let (status, lines) = try ChildProcess.run(Self.program, [folder, "endure", "10"])
        #expect(status == 1)
        #expect(lines.last?.contains("Read-only file system") == true, "\(lines)")
    }
}
