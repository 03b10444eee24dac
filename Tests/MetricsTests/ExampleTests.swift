import Foundation
import Metrics
import TestSupport
import Testing

@Suite struct `The examples for Prometheus and Grafana` {
    private static let folder = Repository.root + "/examples/"

    /// Names of families of the gateway, histograms with the endings of their parts.
    private static let names: Set<String> = MetricFamily.all.reduce(into: ["up"]) { names, family in
        guard family.kind == .histogram else { return names.formUnion([family.name]) }
        names.formUnion(["_bucket", "_sum", "_count"].map { family.name + $0 })
    }

    /// The words of an expression that can only be names of metrics.
    private func metrics(in expression: String) -> Set<String> {
        Set(expression.matches(of: /(?:gateway|process)_[a-z0-9_]+/).map { String($0.0) })
    }

    @Test func `have alert rules that promtool accepts, and that say what they are to say`() throws {
        let folder = Self.folder + "prometheus/"
        for arguments in [["check", "rules", folder + "alerts.yaml"], ["test", "rules", folder + "alerts-test.yaml"]] {
            let (status, lines) = try ChildProcess.run("/usr/bin/promtool", arguments)
            #expect(status == 0, "\(lines.joined(separator: "\n"))")
        }
    }

    @Test func `have a test for every alert`() throws {
        let rules = try String(contentsOfFile: Self.folder + "prometheus/alerts.yaml", encoding: .utf8)
        let tests = try String(contentsOfFile: Self.folder + "prometheus/alerts-test.yaml", encoding: .utf8)
        let alerts = rules.matches(of: /- alert: (\w+)/).map { String($0.1) }
        #expect(alerts.count > 10)
        for alert in alerts { #expect(tests.contains(alert), "\(alert)") }
    }

    @Test func `have a scrape configuration that promtool accepts`() throws {
        let path = Self.folder + "prometheus/scrape.yaml"
        let (status, lines) = try ChildProcess.run("/usr/bin/promtool", ["check", "config", "--syntax-only", path])
        #expect(status == 0, "\(lines.joined(separator: "\n"))")
    }

    @Test(arguments: ["prometheus/alerts.yaml", "grafana/gateway.json"])
    func `ask only for metrics that there are`(file: String) throws {
        let asked = metrics(in: try String(contentsOfFile: Self.folder + file, encoding: .utf8))
        #expect(asked.count > 10)
        #expect(asked.isSubset(of: Self.names), "\(asked.subtracting(Self.names).sorted())")
    }

    /// Whoever imports it chooses the data source.
    @Test func `have a board without a data source of its own, and with a place for each panel`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: Self.folder + "grafana/gateway.json"))
        let board = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        let panels = try #require(board["panels"] as? [[String: Any]])
        #expect(panels.count > 20)
        #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
        for panel in panels where panel["type"] as? String != "row" {
            let title = panel["title"] as? String ?? ""
            let place = try #require(panel["gridPos"] as? [String: Int], "\(title)")
            #expect((place["x"] ?? 24) + (place["w"] ?? 24) <= 24, "\(title)")
            let targets = try #require(panel["targets"] as? [[String: Any]], "\(title)")
            for target in targets {
                let source = target["datasource"] as? [String: String]
                #expect(source == ["type": "prometheus", "uid": "${datasource}"], "\(title)")
                #expect(try isValid(target["expr"] as? String ?? ""), "\(title)")
            }
        }
    }

    /// Whether Prometheus can read the expression: as that of a rule.
    private func isValid(_ expression: String) throws -> Bool {
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        let words = expression.replacing("$__rate_interval", with: "5m").replacing("$instance", with: ".*")
        let rules: [String: Any] = ["groups": [["name": "a", "rules": [["record": "a", "expr": words]]]]]
        // JSON is YAML.
        try JSONSerialization.data(withJSONObject: rules, options: .withoutEscapingSlashes)
            .write(to: URL(fileURLWithPath: folder + "/rules.yaml"))
        return try ChildProcess.run("/usr/bin/promtool", ["check", "rules", folder + "/rules.yaml"]).status == 0
    }
}
