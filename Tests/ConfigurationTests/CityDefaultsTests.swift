import Documents
import Domain
import Testing
@testable import Configuration

/// What a configuration means that says nothing: boxes of 0.1.0 rely on it.
@Suite struct CityDefaultsTests {
    @Test func `topics of a box that names no prefix begin as they always did`() {
        #expect(CityDefaults.built.topicPrefix == "kediri")
        #expect(CityDefaults.built.exampleID == "kdr-soyo-01")
    }

    @Test func `the name belongs to the prefix that it was built with`() {
        let name = CityName(english: "City of Kediri", indonesian: "Kota Kediri")
        #expect(CityDefaults.built.cityName(at: "kediri") == name)
        #expect(CityDefaults.built.cityName(at: "sukamaju") == nil)
    }

    @Test func `a slip in the file is reported with its place`() {
        let log = ProblemLog()
        #expect(CityDefaults.read(text: "topic_prefix: a b\nexample: box-1\n", log: log) == nil)
        #expect(log.problems.map(\.description).contains { $0.hasPrefix("defaults.yaml:1:15: topic_prefix: ") })
    }
}
