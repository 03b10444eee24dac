import Contract
import Domain
import Testing

@testable import Merging

@Suite struct `The newest part of a gateway` {
    private func taking(_ messages: FigureMessage...) -> (outcomes: [PartBook.Outcome?], parts: [Part]) {
        var book = PartBook()
        let outcomes = messages.map { book.take($0, at: at("10:00")) }
        return (outcomes, messages.first.map { book.parts(of: PartKey($0).span) } ?? [])
    }

    @Test func `is the one with the greatest revision`() {
        let (outcomes, parts) = taking(
            Made.sum("a", "1", revision: 60),
            Made.sum("a", "2", revision: 61),
            Made.sum("a", "1", revision: 60)
        )
        #expect(outcomes[2] == .old)
        #expect(parts.map(\.message) == [Made.sum("a", "2", revision: 61)])
    }

    @Test func `is the final one of the same revision`() {
        let (outcomes, parts) = taking(
            Made.sum("a", "2", revision: 1_440, isFinal: true),
            Made.sum("a", "1", revision: 1_440)
        )
        #expect(outcomes[1] == .old)
        #expect(parts.map(\.message.isProvisional) == [false])
    }

    @Test func `stays when the same message comes twice`() {
        let (outcomes, parts) = taking(Made.sum("a", "1"), Made.sum("a", "1"))
        #expect(outcomes[1] == .old)
        #expect(parts.count == 1)
    }

    @Test func `is replaced after a restart, which keeps the epochs before`() {
        let (_, parts) = taking(
            Made.sum("a", "1", revision: 60, epochs: ["7-0000000a"]),
            Made.sum("a", "2", revision: 61, epochs: ["7-0000000a", "8-0000000b"])
        )
        #expect(parts.map(\.lineage) == [1])
        #expect(parts.map(\.message.revision) == [61])
    }

    @Test func `of another journal stands beside the one before`() {
        let (outcomes, parts) = taking(
            Made.sum("a", "9", revision: 60, epochs: ["7-0000000a"]),
            Made.sum("a", "1", revision: 61, epochs: ["1-0000000c"]),
            Made.sum("a", "2", revision: 62, epochs: ["1-0000000c", "2-0000000d"])
        )
        #expect(parts.map(\.lineage).sorted() == [1, 2])
        #expect(Set(parts.map(\.message.revision)) == [60, 62])
        guard case .begun(let part) = outcomes[1] else {
            Issue.record("the new journal's figure takes the place of the old one's")
            return
        }
        #expect(part.lineage == 2)
    }

    @Test func `of the journal before is found again when it comes late`() {
        let (outcomes, parts) = taking(
            Made.sum("a", "9", revision: 60, epochs: ["7-0000000a"]),
            Made.sum("a", "1", revision: 61, epochs: ["1-0000000c"]),
            Made.sum("a", "8", revision: 59, epochs: ["7-0000000a"])
        )
        #expect(outcomes[2] == .old)
        #expect(Set(parts.map(\.message.revision)) == [60, 61])
    }

    @Test func `stays while a new journal has counted nothing`() {
        let (outcomes, parts) = taking(
            Made.sum("a", "9", revision: 60, epochs: ["7-0000000a"]),
            Made.sum("a", "0", revision: 61, epochs: [])
        )
        #expect(outcomes[1] == .old)
        #expect(parts.map(\.message.revision) == [60])
    }

    @Test func `stands beside a final one for which a new journal counted nothing`() {
        let (_, parts) = taking(
            Made.sum("a", "9", revision: 60, epochs: ["7-0000000a"]),
            Made.sum("a", "0", revision: 1_442, isFinal: true, epochs: [])
        )
        #expect(Set(parts.map(\.message.revision)) == [60, 1_442])
    }

    @Test func `is taken back when nothing is expected any more`() {
        let (_, parts) = taking(
            Made.sum("a", "9", revision: 60, epochs: ["7-0000000a"]),
            Made.sum("a", "0", revision: 61, expected: 0, epochs: [])
        )
        #expect(parts.map(\.message.revision) == [61])
    }

    @Test(arguments: ["device-flow", "site-sumber"]) func `is none of a place that no other gateway shares`(
        scope: String
    ) {
        #expect(taking(Made.sum("a", "1", scope: scope)).outcomes == [nil])
    }

    @Test func `is none of a figure that does not merge`() {
        var level = Made.sum("a", "1")
        level.parts = nil
        #expect(taking(level).outcomes == [nil])
    }

    @Test func `is the same after it was stored and restored`() throws {
        let part = try #require(Part(Made.sum("a", "1.25", scope: "kelurahan-bawang"), at: at("10:00"), lineage: 3))
        #expect(Part(payload: part.message.payload, at: part.at, lineage: 3) == part)
        var book = PartBook()
        book.restore(part)
        #expect(book.parts(of: part.key.span) == [part])
        #expect(book.take(part.message, at: at("11:00")) == .old)
    }

    @Test func `is forgotten with its window`() {
        var book = PartBook()
        let message = Made.sum("a", "1")
        book.take(message, at: at("10:00"))
        book.forget(before: message.to)
        #expect(book.parts(of: PartKey(message).span).count == 1)
        book.forget(before: message.to + .seconds(1))
        #expect(book.parts(of: PartKey(message).span).isEmpty)
        #expect(book.takeTouched().isEmpty)
    }
}
