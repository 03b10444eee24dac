import Foundation
import TestSupport
import Testing

/// The JSON Schemas of the payloads fit what the program sends, and reject what breaks the contract.
@Suite struct `The schemas` {
    private static let kinds: Set<String?> = [
        "reading", "backfill", "device-event", "gateway-event", "meta", "status", "indicator",
    ]

    /// Escapes are tried on names that no configuration can have.
    private static let impossible: Set = [
        "reading/names-that-need-escapes", "reading/names-that-need-escapes-in-parts",
    ]

    @Test func `describe every golden payload`() throws {
        let names = try GoldenFiles.names().subtracting(Self.impossible).sorted()
        let payloads = try names.map { (schema: Mutation.schema(of: $0), text: try GoldenFiles.text(of: $0)) }
        #expect(Set(payloads.map { $0.schema }) == Self.kinds.union(["city-indicator", "pack", "request"]))
        for (name, complaint) in zip(names, try SchemaCheck.complaints(payloads)) {
            #expect(complaint == "", "\(name)")
        }
    }

    @Test func `describe all that a real gateway sends to a real broker`() throws {
        let heard = try FieldRun.heard.get()
        #expect(Set(heard.map(\.kind)) == Self.kinds)
        #expect(heard.contains { $0.topic.hasSuffix("/final") })
        #expect(heard.contains { $0.kind == "indicator" && !$0.topic.hasSuffix("/final") })
        let payloads = heard.compactMap { message in message.kind.map { (schema: $0, text: message.payload) } }
        for (message, complaint) in zip(heard, try SchemaCheck.complaints(payloads)) {
            #expect(complaint == "", "\(message.topic) \(message.payload)")
        }
    }

    /// A validator needs one file for packs, so that one repeats what can be in them.
    @Test func `of packs has the schemas of what is in them`() throws {
        func object(_ name: String) throws -> [String: Any] {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(SchemaCheck.folder)/\(name).schema.json"))
            return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
        let repeated = try #require(try object("pack")["$defs"] as? [String: [String: Any]])
        #expect(Set(repeated.keys) == ["reading", "backfill", "device-event", "gateway-event"])
        for (name, schema) in repeated {
            var own = try object(name)
            own["$schema"] = nil
            #expect(NSDictionary(dictionary: schema) == NSDictionary(dictionary: own), "\(name): scripts/pack-schema")
        }
    }

    @Test(arguments: Mutation.all) func `refuse a payload with one broken rule`(_ mutation: Mutation) throws {
        let complaint = try #require(try Mutation.complaints.get()[mutation.testDescription])
        #expect(complaint != "")
    }
}
