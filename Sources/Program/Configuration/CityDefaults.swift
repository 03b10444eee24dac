import Documents
public import Domain
import Profiles

/// What a configuration means where it says nothing: `config/defaults.yaml`, which is part of the program.
public struct CityDefaults: Sendable {
    /// The beginning of all topics.
    public var topicPrefix: String
    /// The city's name on pages; it belongs to that prefix.
    public var cityName: CityName?
    /// The id in the example that comes with the gateway.
    var exampleID: String

    /// Those that this program was built with.
    public static let built: CityDefaults = {
        let log = ProblemLog()
        let text = String(decoding: PackageResources.defaults_yaml, as: UTF8.self)
        // A test reads the file too: no program that passed the tests ends here.
        guard let defaults = read(text: text, log: log) else { fatalError("\(log.problems)") }
        return defaults
    }()

    static func read(text: String, log: ProblemLog) -> CityDefaults? {
        guard let map = Document.mapping(of: text, file: "defaults.yaml", log: log) else { return nil }
        let prefix = map.required("topic_prefix").map { CommonReader.topicPrefix($0) }
        let name = map.optional("city")?.mapping().flatMap { CommonReader.cityName($0) }
        let example = map.required("example")?.id()
        map.finish()
        guard log.isEmpty, let prefix, let example else { return nil }
        return CityDefaults(topicPrefix: prefix, cityName: name, exampleID: example)
    }

    /// The name of a city whose configuration names none.
    public func cityName(at topicPrefix: String) -> CityName? { topicPrefix == self.topicPrefix ? cityName : nil }
}
