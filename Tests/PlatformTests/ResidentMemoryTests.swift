import Foundation
import Platform
import Testing

@Suite(.serialized) struct ResidentMemoryTests {
    private func resident(_ word: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(word + ":") })
        return try #require(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { Int($0) }.first)
    }

    @Test func whatIsLetGoComesBackAsItWas() throws {
        let words = (0..<1_000).map { "word \($0)" }
        let before = try resident("RssFile")
        ResidentMemory.letGo()
        let after = try resident("RssFile")
        #expect(after < before)
        #expect(words == (0..<1_000).map { "word \($0)" })
        #expect(String(format: "%.3f", 0.5) == "0.500")
    }
}
