import Contract
import Domain
import Foundation
import Platform
import TestSupport
import Testing

@testable import Journal

@Suite("A killed process")
struct KillTests {
    @Test("loses nothing that was committed", arguments: [1, 7, 500])
    func killed(group: Int) throws {
        let folder = try TemporaryFolder()
        let victim = try VictimProcess([folder.path, "flush", "\(group)"])
        victim.wait(forLines: 20)
        let words = try #require(victim.killed().lines.last).split(separator: " ")
        let seq = try #require(UInt64(words[1]))
        let bench = try Bench(folder)
        let previous = try #require(bench.journal.previous)
        #expect(previous.epoch == words[0])
        #expect(!previous.clean)
        #expect(previous.committedThrough >= seq)
        #expect(bench.page().map(\.seq) == Array(1...previous.committedThrough))
        #expect(bench.journal.incidents.isEmpty)
    }

    /// One journal lives ten times and is killed at random moments; then all that any life reported is compared with
    /// what the broker had by then and what the journal still owes it.
    @Test(
        "under load, with the broker up and down, ten times: keeps all but two seconds, and each identity its contents"
    )
    func tenLives() throws {
        // In memory: a killed process leaves its files as they are on any file system, and a slow disk would dominate
        // the measurement.
        let folder = try TemporaryFolder(in: "/dev/shm")
        var chance = SeededChance(140)
        var ledger = KillLedger()
        for round in 0..<10 {
            let broker = ["down", "up", "changing"][round % 3]
            let victim = try VictimProcess([folder.path, "load", broker, round % 4 < 2 ? "away" : "here"])
            victim.wait(forLines: 1)
            // A random moment is needed here; there is no event to wait for. With this seed three lives without a
            // broker last longer than two seconds.
            victim.listen(for: .milliseconds(chance.next(in: 100..<3_000)))
            let end = victim.killed()
            ledger.take(end.lines, killedAt: end.at)
        }
        let bench = try Bench(folder)
        ledger.takeEnd(previous: bench.journal.previous, owed: bench.page())
        #expect(bench.journal.incidents.isEmpty)
        #expect(ledger.starts.count == 10)
        #expect(Set(ledger.starts.map(\.epoch)).count == 10)
        #expect(ledger.contradictions.isEmpty)
        #expect(ledger.untold.isEmpty)
        #expect(ledger.lost.isEmpty)
        // The run was a real test: something was sent, something was owed, and some tail was cut.
        #expect(ledger.sent > 1_000)
        #expect(ledger.owed > 300)
        #expect(ledger.tail > 0)
    }
}

/// A `journal-victim` and its output.
final class VictimProcess {
    private let process = Process()
    private let pipe = Pipe()
    private var said = Data()

    init(_ arguments: [String]) throws {
        // The victim is built beside the tests.
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("journal-victim")
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
    }

    func wait(forLines count: Int) {
        while said.count(where: { $0 == 10 }) < count {
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { return }
            said += more
        }
    }

    /// Listens for that time, so that a full pipe does not slow the victim down.
    func listen(for duration: Duration) {
        let clock = SystemClock()
        let end = clock.uptime() + duration
        var descriptor = pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let left = (end - clock.uptime()).wholeMilliseconds
            guard left > 0, poll(&descriptor, 1, Int32(left)) > 0 else { return }
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { return }
            said += more
        }
    }

    /// Kills it.
    ///
    /// - Returns: all its whole lines of text, and a moment at which it still lived.
    func killed() -> (lines: [Substring], at: Uptime) {
        let moment = SystemClock().uptime()
        kill(process.processIdentifier, SIGKILL)
        said += pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let whole = said.prefix(through: said.lastIndex(of: 10) ?? said.startIndex)
        return (String(decoding: whole, as: UTF8.self).split(separator: "\n"), moment)
    }
}
