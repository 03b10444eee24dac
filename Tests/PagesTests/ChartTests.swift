import PageParts
import Testing

@Suite struct `A line in a page` {
    @Test func `begins anew after a gap`() {
        let path = Spark([1, 2, nil, 3, 4], label: "debit").html.text
        #expect(path.components(of: "M") == 2)
        #expect(path.contains("aria-label=\"debit\""))
    }

    @Test func `shows a single value between two gaps`() {
        #expect(Spark([1, nil, 2, nil, 3, 3], label: "x").html.text.contains("h0.6"))
    }

    @Test func `is not there where there is nothing to draw`() {
        #expect(Spark([], label: "x").html.isEmpty)
        #expect(Spark([nil, nil], label: "x").html.isEmpty)
        #expect(Spark([5], label: "x").html.isEmpty)
    }

    @Test func `stands in the middle where the value never changes`() {
        #expect(Spark([7, 7, 7], label: "x").html.text.contains("M2 12L60 12L118 12"))
    }

    @Test func `of counts has a bar for each step that counted`() {
        let strip = Strip([0, 2, nil, 4], label: "CRC").html.text
        #expect(strip.contains("M1 24v-11M3 24v-22"))
        #expect(strip.contains("viewBox=\"0 0 4 24\""))
    }
}

extension String {
    fileprivate func components(of piece: Character) -> Int { count { $0 == piece } }
}
