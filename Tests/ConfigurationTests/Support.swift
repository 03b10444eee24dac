import Configuration
import Documents
import Installation
import Profiles
import TestSupport
import Testing

/// The shipped profiles, read once.
enum Shipped {
    static let catalogue = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog())
}

/// A configuration and the problems that must be reported.
struct Wrong: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var problems: [String]

    var testDescription: String { name }

    static let good = """
        gateway: kdr-soyo-01
        timezone: Asia/Jakarta
        topic_prefix: kediri
        sites:
          sumber-soyo: { name: Sumber Soyo }
        buses:
          rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }
          sensors: { mqtt: "mqtt://127.0.0.1" }
        devices:
          flow-soyo:
            profile: tuf-2000m
            bus: rs485-1
            unit: 1
            site: sumber-soyo
            interval: 5s
          scale-07:
            profile: tasmota-hx711
            bus: sensors
            node: bsu-07
            site: sumber-soyo
            interval: 10s
        destinations:
          city:
            mqtt: mqtts://broker.example
            username: kdr-soyo-01
            password_file: credential:city
        storage: { path: /tmp, limit: 64MB }

        """

    /// The good configuration with one line replaced, each problem without the file's name.
    init(_ name: String, _ line: String, _ replacement: String, _ problems: String...) {
        self.name = name
        self.problems = problems
        var lines = Self.good.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let place = lines.firstIndex(of: line) {
            lines[place] = replacement
        } else {
            self.problems = ["the case's line is not in the text"]
        }
        text = lines.joined(separator: "\n")
    }

    /// A text of its own.
    init(_ name: String, text: String, _ problems: String...) {
        self.name = name
        self.text = text
        self.problems = problems
    }

    func told() -> [String] {
        let log = ProblemLog()
        let configuration = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        if configuration != nil, !log.isEmpty { return ["a configuration came of it all the same"] }
        return log.problems.map { String($0.description.dropFirst("g.yaml".count)) }
    }
}

/// Reads a text that must be without a problem.
func configuration(_ text: String) throws -> Configuration {
    let log = ProblemLog()
    let configuration = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
    try #require(log.problems.map(\.description) == [])
    return try #require(configuration)
}
