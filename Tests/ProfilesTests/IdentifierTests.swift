import Profiles
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: ["a", "0", "tuf-2000m", "a-", String(repeating: "a", count: 48)]) func isAnID(text: String) {
        #expect(Identifier.isID(text))
    }

    @Test(arguments: ["", "-a", "A", "a_b", "a.b", "a/b", "é", String(repeating: "a", count: 49)])
    func isNoID(text: String) {
        #expect(!Identifier.isID(text))
    }

    @Test(arguments: ["a", "count_0", "x9", "a__b"]) func isAPointsName(text: String) {
        #expect(Identifier.isPointName(text))
    }

    @Test(arguments: ["", "_a", "0a", "A", "a-b", "a.b", String(repeating: "a", count: 49)])
    func isNoPointsName(text: String) {
        #expect(!Identifier.isPointName(text))
    }
}
