import Documents
import Profiles
import TestSupport
import Testing

@Suite struct `A search of profiles` {
    private static let search = ProfileSearch(
        ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog()).all
    ) { [$0.description, ["traffic": "lalu lintas"][$0.description] ?? ""] }

    private static func ids(_ words: String...) -> [String] { search.find(words).map(\.id) }

    @Test func `finds names, what is measured in both languages, points and sources`() {
        #expect(Self.ids("MOXA").prefix(3) == ["iologik-e1210", "iologik-e1212", "iologik-e1214"])
        #expect(Self.ids("lalu lintas").contains("telraam"))
        #expect(Self.ids("turbidity").first == "nx5111")
        #expect(Self.ids("sound speed").contains("tuf-2000m"))
    }

    @Test func `wants all words, and shows those of the name first`() {
        #expect(Self.ids("flow", "siemens") == ["mag-6000"])
        #expect(Set(Self.ids("flow").prefix(3)).isSubset(of: ["l-mag", "mag-6000", "tuf-2000m", "supmea-dm3000"]))
        #expect(Self.ids("flow", "nobody") == [])
    }

    @Test func `names the nearest word of all`() {
        #expect(Self.search.isUnknown("ultrasonik"))
        #expect(Self.search.nearest(to: "ultrasonik") == "ultrasonic")
        #expect(!Self.search.isUnknown("flow"))
    }
}
