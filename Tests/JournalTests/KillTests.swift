import Domain
import Foundation
import Testing

@testable import Journal

@Suite("A killed process")
struct KillTests {
    @Test("loses nothing that was committed", arguments: [1, 7, 500])
    func killed(group: Int) throws {
        let folder = try TemporaryFolder()
        let process = Process()
        // The victim is built beside the tests.
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("journal-victim")
        process.arguments = [folder.path, "\(group)"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        var said = Data()
        while said.split(separator: 10).count < 20 {
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { break }
            said += more
        }
        kill(process.processIdentifier, SIGKILL)
        said += pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let words = try #require(String(decoding: said, as: UTF8.self).split(separator: "\n").last).split(
            separator: " "
        )
        let seq = try #require(UInt64(words[1]))
        let bench = try Bench(folder)
        let previous = try #require(bench.journal.previous)
        #expect(previous.epoch == words[0])
        #expect(!previous.clean)
        #expect(previous.committedThrough >= seq)
        #expect(bench.page().map(\.seq) == Array(1...previous.committedThrough))
        #expect(bench.journal.incidents.isEmpty)
    }
}
