public import Control

/// The metrics of one status: what `/metrics` and `gateway metrics` give. Pure; nothing is counted or kept here, so a
/// number stands in no second place.
public struct Metrics: Sendable {
    /// What else may be asked for.
    public struct Options: OptionSet, Sendable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The values of devices.
        public static let points = Options(rawValue: 1)
        /// For a file that node_exporter reads: without `process_...`, because it has families of these names itself,
        /// of its own process.
        public static let textfile = Options(rawValue: 2)
    }

    private(set) var samples: [MetricFamily: [MetricSample]] = [:]

    /// - Parameter status: nil when no gateway answers.
    public init(_ status: SystemStatus?, _ options: Options = []) {
        add(.up, is: status != nil)
        guard let status else { return }
        addGateway(status)
        for device in status.devices { add(device) }
        if options.contains(.points) { for device in status.devices { addPoints(of: device) } }
        for bus in status.buses { add(bus) }
        for destination in status.destinations { add(destination, at: status.time) }
        add(status.journal)
        if let box = status.box { add(box) }
        if let process = status.process, !options.contains(.textfile) { add(process) }
    }

    /// The whole text, which ends with a line end.
    public func text(_ format: MetricsFormat) -> String { MetricsText(format).text(of: samples) }

    /// How many series a scraper keeps of it.
    public var seriesCount: Int {
        samples.values.joined().reduce(0) { count, sample in
            switch sample.value {
            case .number: count + 1
            // One for each bound, +Inf, the sum and the count.
            case .histogram(let histogram): count + histogram.bounds.count + 3
            }
        }
    }

    // Absent values make no sample: 0 would be a measurement.

    mutating func add(_ family: MetricFamily, _ labels: [String] = [], count: (some BinaryInteger)?) {
        add(family, labels, count.map { .number("\($0)") })
    }

    mutating func add(_ family: MetricFamily, _ labels: [String] = [], real: Double?) {
        add(family, labels, real.map { .number(MetricSample.text($0)) })
    }

    mutating func add(_ family: MetricFamily, _ labels: [String] = [], is truth: Bool?) {
        add(family, labels, truth.map { .number($0 ? "1" : "0") })
    }

    mutating func add(_ family: MetricFamily, _ labels: [String] = [], times: TimesStatus?) {
        guard let times, times.bounds.count == times.counts.count else { return }
        add(family, labels, .histogram(times))
    }

    private mutating func add(_ family: MetricFamily, _ labels: [String], _ value: MetricSample.Value?) {
        guard let value else { return }
        precondition(labels.count == family.labels.count, "\(family.name) has other labels")
        samples[family, default: []].append(MetricSample(labels: labels, value: value))
    }
}
