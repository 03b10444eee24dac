import DequeModule
import Testing

@testable import Journal

@Suite("Row ranges")
struct RowRangesTests {
    @Test("behave as a set of rows does, whatever is added and removed")
    func model() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var ranges = RowRanges()
            var model: Set<Int64> = []
            var next: Int64 = 1
            for _ in 0..<200 {
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    next += Int64.random(in: 0...2, using: &random)
                    let added = next..<next + Int64.random(in: 0...4, using: &random)
                    ranges.append(added)
                    model.formUnion(added)
                    next = added.upperBound
                case 1:
                    let row = Int64.random(in: 0...next, using: &random)
                    #expect(ranges.remove(row) == (model.remove(row) != nil))
                case 2:
                    let low = Int64.random(in: 0...next, using: &random)
                    let gone = low..<low + Int64.random(in: 0...9, using: &random)
                    let before = model.count
                    model.subtract(gone)
                    #expect(ranges.remove(gone) == before - model.count)
                default:
                    let row = Int64.random(in: 0...next, using: &random)
                    #expect(ranges.contains(row) == model.contains(row))
                    #expect(ranges.first(from: row) == model.filter { $0 >= row }.min())
                    let bounds = row..<row + 10
                    #expect(
                        ranges.clamped(to: bounds).ranges.flatMap(Array.init) == model.filter(bounds.contains).sorted()
                    )
                }
                #expect(ranges.count == model.count)
                #expect(ranges.first == model.min())
            }
            #expect(ranges.ranges.flatMap(Array.init) == model.sorted())
            #expect(RowRanges(ranges.description) == ranges)
            // Another set, of many ranges: the two are intersected and subtracted.
            let other = Set((1...max(next, 2)).filter { _ in Bool.random(using: &random) })
            let others = RowRanges(other.sorted().map { $0..<$0 + 1 })
            #expect(ranges.intersection(others).ranges.flatMap(Array.init) == model.intersection(other).sorted())
            #expect(others.intersection(ranges) == ranges.intersection(others))
            var rest = ranges
            rest.subtract(others)
            #expect(rest.ranges.flatMap(Array.init) == model.subtracting(other).sorted())
            #expect(rest.count == model.subtracting(other).count)
            // Joined over rows that are not present, it names the same ones among those that are.
            let bridged = rest.bridged(within: ranges, below: .max)
            #expect(bridged.intersection(ranges) == rest)
            #expect(bridged.ranges.count <= rest.ranges.count)
            #expect(ranges.prefix(7).ranges.flatMap(Array.init) == Array(model.sorted().prefix(7)))
        }
    }

    @Test("are not read from other text", arguments: ["x", "1", "3-1", "5-6 1-2", "1-2-3", "1-5 5-6"])
    func unreadable(_ text: String) {
        #expect(RowRanges(text) == nil)
    }

    @Test("of a ledger: new rows belong to its open end")
    func ledger() {
        let ledger = Ledger(pending: RowRanges([2..<4, 7..<10]), next: 10)
        #expect(ledger == Ledger(pending: RowRanges([2..<4, 7..<20]), next: 20))
        #expect(ledger.rows(below: 12) == RowRanges([2..<4, 7..<12]))
        #expect(Ledger(pending: RowRanges([2..<4]), next: 10).rows(below: 12) == RowRanges([2..<4, 10..<12]))
    }
}
