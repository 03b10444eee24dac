import Contract
import TestSupport
import Testing

/// Sets of entries' numbers.
@Suite struct SeqRangesTests {
    private func numbers(_ ranges: SeqRanges) -> Set<Int64> { Set(ranges.ranges.flatMap { Array($0) }) }

    @Test func `join what overlaps and what touches`() {
        #expect(SeqRanges([5..<9, 1..<3, 3..<4, 7..<12]).ranges == [1..<4, 5..<12])
        #expect(SeqRanges(numbers: [3, 1, 2, 2, 9]).description == "1-3 9")
    }

    @Test func `are read as PostgreSQL writes them and nothing else is`() throws {
        let some = SeqRanges([1..<4, 5..<12])
        #expect(some.multirange == "{[1,4),[5,12)}")
        #expect(SeqRanges(multirange: "{[1,4),[5,12)}") == some)
        #expect(SeqRanges(multirange: "{}") == SeqRanges())
        for text in ["", "{[1,4)", "{[4,1)}", "{(,4)}", "{[1,)}", "{[99999999999999999999,4)}", "{[1,4),[2,5)}"] {
            #expect(SeqRanges(multirange: text) == nil, "\(text)")
        }
    }

    @Test func `are the same as sets of numbers`() {
        var chance = SeededChance(7)
        for _ in 0..<500 {
            let a = SeqRanges(numbers: (0..<20).map { _ in Int64.random(in: 1...40, using: &chance) })
            let b = SeqRanges(numbers: (0..<20).map { _ in Int64.random(in: 1...40, using: &chance) })
            #expect(numbers(a.union(b)) == numbers(a).union(numbers(b)))
            #expect(numbers(a.subtracting(b)) == numbers(a).subtracting(numbers(b)))
            #expect(numbers(a.intersection(b)) == numbers(a).intersection(numbers(b)))
            #expect(a.count == Int64(numbers(a).count))
            #expect((1...40).allSatisfy { a.contains($0) == numbers(a).contains($0) })
        }
    }
}
