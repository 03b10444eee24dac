import Configuration
import Documents
import Installation
import TestSupport
import Testing

/// `config/gateway.schema.json` has exactly the keys that the readers know.
@Suite struct SchemaTests {
    private static func schema() throws -> Schema { try Schema(file: Repository.root + "/config/gateway.schema.json") }

    @Test func theSchemaHasTheKeysThatTheReadersKnowAndNoOther() throws {
        let log = ProblemLog()
        _ = ConfigurationReader.read(
            text: ConfigurationTests.full,
            file: "full.yaml",
            catalogue: Shipped.catalogue,
            log: log
        )
        #expect(log.problems.map(\.description) == [])
        let described = try Self.schema().shapes()
        #expect(Set(log.shapes.keys) == Set(described.keys))
        for (path, keys) in log.shapes {
            #expect(keys.sorted() == described[path, default: []].sorted(), "at \"\(path)\"")
        }
    }

    @Test func everyMappingOfTheSchemaIsClosedAndEveryPropertyDescribed() throws {
        var open: [String] = []
        var silent: [String] = []
        try Self.schema().walk { path, node in
            let types = (node["type"] as? [String]) ?? (node["type"] as? String).map { [$0] } ?? []
            // Labels and classes of vehicles are the site's own words.
            let isFree = path == "devices.*.labels" || path == "sites.*.road.class_mix"
            if types.contains("object"), node["additionalProperties"] as? Bool != false, !isFree {
                open.append(path)
            }
            if !path.isEmpty, !path.hasSuffix("*"), node["description"] == nil { silent.append(path) }
        }
        #expect(open == [])
        #expect(silent == [])
    }
}
