import Diagnosing
import Documents
import Profiles
import TestSupport
import Testing

/// Every vector of every shipped profile gives what its document says.
@Suite struct ShippedVectorTests {
    static let profiles = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog()).all

    @Test func everyProfileHasAVector() {
        #expect(Self.profiles.count >= 15)
        #expect(Self.profiles.filter { $0.vectors.isEmpty }.map(\.id) == [])
    }

    @Test func aManualsRequestIsAmongTheVectors() {
        #expect(Self.profiles.contains { $0.vectors.contains { $0.request != nil } })
    }

    @Test(arguments: profiles.map(\.id)) func everyVectorGivesItsValues(id: String) throws {
        let profile = try #require(Self.profiles.first { $0.id == id })
        #expect(VectorTrial.problems(of: profile).map(\.description) == [])
    }
}
