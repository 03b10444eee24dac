import Domain
import Foundation
import TestSupport
import Testing

@testable import Journal

/// A real file system that other data has filled.
@Suite(
    "A full disk",
    .enabled(if: SmallDisk.obstacle == nil, Comment(rawValue: SmallDisk.obstacle ?? "")),
    .serialized
)
struct FullDiskTests {
    private let disk: SmallDisk

    init() throws { disk = try SmallDisk(megabytes: 24) }

    private func bench() throws -> Bench { try Bench(TemporaryFolder(in: disk.path)) }

    private func ballast(_ bench: Bench) throws -> Int {
        let path = bench.folder.path + "/journal.ballast"
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? -1
    }

    /// Starts, ends and starts again with nothing left on the disk.
    private func reopened(_ bench: Bench, damage: ((TemporaryFolder) throws -> Void)? = nil) throws -> Bench {
        bench.journal.close()
        try damage?(bench.folder)
        disk.fill()
        return try Bench(bench.folder)
    }

    @Test("does not keep a journal from opening: what comes is kept in memory, and committed when there is space")
    func opens() throws {
        let first = try bench()
        #expect(try ballast(first) == 1 << 20)
        first.event()
        let second = try reopened(first)
        let journal = second.journal
        #expect(journal.previous?.epoch == first.journal.epoch)
        #expect(try ballast(second) < 1 << 20)
        for _ in 0..<3_000 { second.event(bytes: 1_000) }
        #expect(!journal.flush())
        #expect(second.incidents.all == [.stalled(.diskFull(file: second.folder.database))])
        #expect(journal.snapshot.waiting > 0)

        disk.free()
        second.clock.advance(by: .seconds(1))
        journal.whenSettled()
        #expect(journal.flush())
        #expect(second.incidents.all.last == .resumed)
        #expect(second.failures.all.isEmpty)
        #expect(journal.snapshot.lost == 0)
        #expect(try ballast(second) == 1 << 20)
        #expect(second.page().count == 3_001)
        journal.close()
        let third = try Bench(second.folder)
        #expect(third.journal.previous == PreviousEpoch(epoch: journal.epoch, committedThrough: 3_000, clean: true))
    }

    @Test("is survived several times in a row")
    func severalTimes() throws {
        var bench = try bench()
        var epochs: Set<String> = [bench.journal.epoch]
        for _ in 0..<3 {
            bench = try reopened(bench)
            #expect(epochs.insert(bench.journal.epoch).inserted)
        }
    }

    @Test("has room for a new journal in the place of a damaged one")
    func damaged() throws {
        let bench = try reopened(bench()) { folder in
            try Data("damage".utf8).write(to: URL(fileURLWithPath: folder.database))
        }
        guard case .corruptFileSetAside = bench.journal.incidents.first else {
            Issue.record("\(bench.journal.incidents)")
            return
        }
        bench.event()
    }

    @Test("without any ballast is told as such, and the next start with space finds all")
    func withoutBallast() throws {
        let first = try bench()
        first.event()
        first.journal.close()
        try FileManager.default.removeItem(atPath: first.folder.path + "/journal.ballast")
        disk.fill()
        #expect(throws: JournalError.diskFull(file: first.folder.database)) { try Bench(first.folder) }
        disk.free()
        #expect(try Bench(first.folder).page().count == 1)
    }

    @Test("that has room again gets its ballast back within a minute's commits")
    func ballastAgain() throws {
        let bench = try reopened(bench())
        // Enough room for commits, so that the journal never stalls.
        disk.free()
        bench.event()
        #expect(bench.journal.flush())
        #expect(bench.incidents.all.isEmpty)
        bench.clock.advance(by: .seconds(61))
        bench.event()
        #expect(bench.journal.flush())
        #expect(try ballast(bench) == 1 << 20)
    }
}

@Suite("Ballast")
struct BallastTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func ballast(_ size: Int) -> Ballast { Ballast(path: folder.path + "/journal.ballast", size: size) }

    private func status() throws -> (size: Int, blocks: Int) {
        var status = stat()
        try #require(stat(folder.path + "/journal.ballast", &status) == 0)
        return (status.st_size, status.st_blocks * 512)
    }

    @Test("is real blocks, even where the file was sparse; a smaller one replaces a larger")
    func blocks() throws {
        try #require(FileManager.default.createFile(atPath: folder.path + "/journal.ballast", contents: nil))
        try #require(truncate(folder.path + "/journal.ballast", 1 << 20) == 0)
        #expect(ballast(1 << 20).take())
        #expect(try status() == (1 << 20, 1 << 20))
        #expect(ballast(256 << 10).take())
        #expect(try status().size == 256 << 10)
    }

    @Test("can be let go once")
    func letGo() throws {
        #expect(!ballast(1 << 20).letGo())
        #expect(ballast(1 << 20).take())
        #expect(ballast(1 << 20).letGo())
        #expect(try status().blocks == 0)
        #expect(!ballast(1 << 20).letGo())
    }
}
