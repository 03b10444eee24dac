import Documents
import Profiles
import Testing

@testable import Indicators

@Suite struct `A device of another kind` {
    private static func profile(_ measures: String) throws -> Profile {
        let text = """
            profile: meter
            name: Meter
            measures: \(measures)
            source: the tests
            modbus: { numbering: from_0, word_order: ABCD }
            points: { volume: { holding: 0, type: uint16, unit: m3 } }
            """
        let map = try #require(Document.mapping(of: text, file: "meter.yaml", log: ProblemLog()))
        return try #require(ProfileReader.read(map, expectedID: "meter", hash: ""))
    }

    @Test(arguments: Profile.Measures.allCases)
    func `feeds no rule that names no kind and no profile`(measures: Profile.Measures) throws {
        let profile = try Self.profile(measures.rawValue)
        let isOfTheCity = [.water, .waste, .traffic].contains(measures)
        #expect(Matching.takes(profile, measures: nil, profiles: nil) == isOfTheCity)
    }

    @Test func `feeds a rule that names it`() throws {
        let profile = try Self.profile("level")
        #expect(Matching.takes(profile, measures: .level, profiles: nil))
        #expect(Matching.takes(profile, measures: nil, profiles: ["meter"]))
        #expect(!Matching.takes(profile, measures: .water, profiles: ["meter"]))
    }
}
