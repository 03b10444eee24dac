import Foundation
import Testing

@testable import Buses

@Suite struct `Recent events` {
    @Test func `an event is new once, and another name or id is another event`() {
        var recent = RecentIDs()
        func isNew(_ id: String, _ event: String) -> Bool { recent.insert(id, of: event) }
        #expect(isNew("1", "passage"))
        #expect(!isNew("1", "passage"))
        #expect(isNew("2", "passage"))
        #expect(isNew("1", "weighing"))
        #expect(isNew("ab", "c") && isNew("b", "ca") && isNew("c", "ab"))
        // Equal to Unicode, but different bytes.
        #expect(isNew("e\u{301}", "passage") && isNew("\u{E9}", "passage"))
        #expect(isNew("", "passage") && !isNew("", "passage"))
    }

    @Test func `the last 4096 are known, and never more than twice as many`() {
        var recent = RecentIDs()
        func isNew(_ id: String, _ event: String) -> Bool { recent.insert(id, of: event) }
        for number in 0..<50_000 {
            #expect(isNew("\(number)", "passage"))
            #expect(recent.count <= 2 * RecentIDs.fewest)
            if number % 1_000 == 0, number > 0 {
                #expect(!isNew("\(number - min(number, RecentIDs.fewest - 1))", "passage"))
            }
        }
    }

    /// Ids of 900 kB were once kept as they came: 200 of them took 213 MB.
    @Test func `long ids take no more room than short ones`() throws {
        var recent = RecentIDs()
        let tail = String(repeating: "x", count: 900_000)
        func isNew(_ id: String, _ event: String) -> Bool { recent.insert(id, of: event) }
        let before = try resident()
        for number in 0..<200 { #expect(isNew("\(number)" + tail, "passage")) }
        #expect(try resident() - before < 100_000_000)
        for number in 0..<200 { #expect(!isNew("\(number)" + tail, "passage")) }
    }

    private func resident() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(pages[1]) ?? 0) * 4_096
    }
}
