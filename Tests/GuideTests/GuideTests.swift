import Foundation
import TestSupport
import Testing

/// The pages and examples by which others come in do what they say. Each check is a script, which a person can run too.
@Suite struct GuideTests {
    private static let programs = (GatewayProgram.path as NSString).deletingLastPathComponent
    private static let examples = [
        "alerts", "board", "grafana", "node_red", "postgresql", "spreadsheet", "sqlite",
    ]

    private func check(_ script: String, _ arguments: String...) throws {
        let (status, text) = try PythonPeer.run(file: Repository.root + "/" + script, arguments)
        #expect(status == 0, "\(script) \(arguments.joined(separator: " "))\n\(text)")
    }

    @Test func `each link leads somewhere, each command exists, and no translation is older than its page`() throws {
        try check("scripts/check-docs", "--bin", Self.programs)
    }

    @Test func `the tutorial does what it says`() throws {
        let page = Repository.root + "/docs/tutorial.md"
        try check("Tests/Guides/tutorial.py", page, "--bin", Self.programs, "--profiles", Repository.devices)
    }

    @Test func `the tutorial has the same commands in both languages`() throws {
        try check(
            "Tests/Guides/tutorial.py",
            "--same",
            Repository.root + "/docs/tutorial.md",
            Repository.root + "/docs/id/tutorial.md"
        )
    }

    @Test(arguments: examples)
    func `an example does what its page says`(name: String) throws {
        try check("Tests/Examples/check_\(name).py", "--bin", Self.programs, "--profiles", Repository.devices)
    }

    /// A check that no test runs proves nothing.
    @Test func `every example's check is run`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/Tests/Examples")
        let checks = files.filter { $0.hasPrefix("check_") }.map { $0.dropFirst("check_".count).dropLast(".py".count) }
        #expect(checks.map(String.init).sorted() == Self.examples)
    }

    @Test func `the drawings and the card are those that their scripts make`() throws {
        try check("scripts/drawings", "--check")
        try check("scripts/card", "--check")
    }

    @Test func `no word of one city stands in the sources`() throws {
        try check("scripts/check-neutral")
    }
}
