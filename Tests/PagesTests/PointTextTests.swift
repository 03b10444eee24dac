import BoxPages
import Control
import Foundation
import PageParts
import Speech
import Testing

@Suite struct `A value on a page` {
    private func html(_ quality: String, _ telling: Telling = Telling(.id)) throws -> String {
        let json = #"{"name":"level","value":1.5,"unit":"m","quality":"\#(quality)"}"#
        let point = try JSONDecoder().decode(PointStatus.self, from: Data(json.utf8))
        return PointText(point, telling: telling).html(telling).text
    }

    /// A bad value had the mark and the word of an uncertain one.
    @Test func `has a mark of its own for each quality`() throws {
        #expect(try html("good") == "1,5 m")
        let uncertain = try html("uncertain")
        #expect(uncertain.contains("▲") && uncertain.contains("MERAGUKAN"))
        let bad = try html("bad")
        #expect(bad.contains("■") && bad.contains("TIDAK SAH"))
        #expect(!bad.contains("▲") && !bad.contains("MERAGUKAN"))
        #expect(try html("bad", Telling(.en)).contains("BAD"))
    }
}
