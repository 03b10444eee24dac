package import Control

/// One sample of a family: the values of its labels, in the order of their names, and its number.
package struct MetricSample: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        /// As it is written: a count has all its digits, however large.
        case number(String)
        case histogram(TimesStatus)
    }

    package var labels: [String]
    package var value: Value

    package init(labels: [String] = [], value: Value) {
        self.labels = labels
        self.value = value
    }

    static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        // `5.0` is as right as `5`, and longer.
        return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}
