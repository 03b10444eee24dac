import Metrics
import Testing

/// prometheus.io/docs/practices/naming and /instrumenting/writing_exporters; OpenMetrics 1.0.
@Suite struct `A family of metrics` {
    @Test(arguments: MetricFamily.all)
    func `is named by the exporters' rules`(family: MetricFamily) {
        #expect(family.name.hasPrefix("gateway_") || family.name.hasPrefix("process_"))
        #expect(family.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
        #expect(family.name.hasSuffix("_total") == (family.kind == .counter))
        #expect(family.name.hasSuffix("_info") == (family.kind == .info))
        #expect(family.labels.allSatisfy { $0.wholeMatch(of: /[a-z]+/) != nil && $0 != "le" })
        // A label that changes with each start or reading makes new series without end.
        #expect(Set(family.labels).isDisjoint(with: ["epoch", "seq", "id", "time", "since", "address", "error"]))
    }

    /// So it needs no escaping in either form.
    @Test(arguments: MetricFamily.all)
    func `has a sentence without quotes, backslashes and line ends`(family: MetricFamily) {
        #expect(family.help.hasSuffix("."))
        #expect(!family.help.contains { "\"\\\n|".contains($0) })
    }

    @Test func `has a name of its own`() {
        #expect(Set(MetricFamily.all.map(\.name)).count == MetricFamily.all.count)
    }
}
