import Control

/// Writes families in one of the two forms.
package struct MetricsText {
    private let format: MetricsFormat

    package init(_ format: MetricsFormat) { self.format = format }

    /// The families that have samples, in the order of `MetricFamily.all`.
    func text(of samples: [MetricFamily: [MetricSample]]) -> String {
        text(of: MetricFamily.all.compactMap { family in samples[family].map { (family, $0) } })
    }

    /// The families in this order.
    package func text(of families: [(family: MetricFamily, samples: [MetricSample])]) -> String {
        var text = ""
        for (family, samples) in families {
            head(of: family, into: &text)
            for sample in samples { line(family, sample, into: &text) }
        }
        if format == .openMetrics { text += "# EOF\n" }
        return text
    }

    private func head(of family: MetricFamily, into text: inout String) {
        let (name, kind) =
            switch format {
            case .text: (family.name, family.kind == .info ? "gauge" : family.kind.rawValue)
            case .openMetrics: (family.base, family.kind.rawValue)
            }
        text += "# HELP \(name) \(family.help)\n# TYPE \(name) \(kind)\n"
        if format == .openMetrics, let unit = family.unit { text += "# UNIT \(name) \(unit)\n" }
    }

    private func line(_ family: MetricFamily, _ sample: MetricSample, into text: inout String) {
        let labels = zip(family.labels, sample.labels).map { "\($0)=\"\(quoted($1))\"" }
        switch sample.value {
        case .number(let number): write(family.name, labels, number, into: &text)
        case .histogram(let histogram):
            for (bound, count) in zip(histogram.bounds, histogram.counts) {
                // OpenMetrics wants floats: `1.0`.
                write(family.name + "_bucket", labels + ["le=\"\(bound)\""], "\(count)", into: &text)
            }
            write(family.name + "_bucket", labels + ["le=\"+Inf\""], "\(histogram.count)", into: &text)
            write(family.name + "_sum", labels, MetricSample.text(histogram.sum), into: &text)
            write(family.name + "_count", labels, "\(histogram.count)", into: &text)
        }
    }

    private func write(_ name: String, _ labels: [String], _ number: String, into text: inout String) {
        text += name
        if !labels.isEmpty { text += "{" + labels.joined(separator: ",") + "}" }
        text += " \(number)\n"
    }

    /// A label's value. Both formats escape the same three characters; all others stand as they are.
    private func quoted(_ value: String) -> String {
        guard value.utf8.contains(where: { [0x22, 0x5C, 0x0A].contains($0) }) else { return value }
        var text = ""
        // By scalars: to Swift, a carriage return and a line feed together are one character.
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
