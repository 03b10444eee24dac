/// What a family of metrics is: its name, and what its samples say. Names follow the exporters' rules of Prometheus:
/// one prefix, base units, `_total` at the end of counters.
public struct MetricFamily: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case gauge, counter, histogram
        /// Labels alone; the value is 1. The text format has no such type and calls it a gauge.
        case info
    }

    /// As it stands in the text format; OpenMetrics leaves out `_total` and `_info` where it means the family.
    public let name: String
    public let kind: Kind
    /// One sentence, English like all words in payloads.
    public let help: String
    /// The names of the labels, the same for all samples.
    public let labels: [String]

    package init(_ name: String, _ kind: Kind, labels: [String] = [], _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
    }

    /// The family's name in OpenMetrics.
    var base: String {
        switch kind {
        case .counter where name.hasSuffix("_total"): String(name.dropLast(6))
        case .info where name.hasSuffix("_info"): String(name.dropLast(5))
        default: name
        }
    }

    /// The base unit, which is the name's last word; nil for a plain number.
    public var unit: String? {
        let last = base.split(separator: "_").last.map(String.init)
        return ["seconds", "bytes", "celsius", "ratio"].first { $0 == last }
    }
}
