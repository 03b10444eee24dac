package import Domain
import Modbus
import Profiles

/// The counts of a watch for one device.
package struct WatchTally: Sendable {
    package let target: ProbeTarget
    /// Requests that were sent.
    package private(set) var transactions = 0
    package private(set) var timeouts = 0
    package private(set) var crcErrors = 0
    package private(set) var exceptions = 0
    /// Replies that came after their time.
    package private(set) var late = 0
    /// Frames of a wrong shape, echoes, other units' replies, connections lost.
    package private(set) var others = 0
    /// How long all blocks of the device take on average: requests, replies and deadlines.
    package var passTime: Duration? { passes == 0 ? nil : passesTook / passes }

    private var passes = 0
    private var passesTook = Duration.zero
    private var latencies: [Duration] = []
    private var recent: [ProbeExchange] = []
    private var last: DeviceReport
    private var stillness: Stillness

    /// When there are more, the oldest are forgotten: a watch may run for a day.
    private static let mostLatencies = 4_096
    private static let mostExchanges = 1_024
    /// Errors rarer than one in this many are noise that every line has.
    private static let noise = 100

    package init(_ target: ProbeTarget) {
        self.target = target
        last = DeviceReport(target: target)
        stillness = Stillness(target.profile)
    }

    /// Adds one pass over the device's blocks.
    package mutating func add(_ report: DeviceReport) {
        last = report
        stillness.add(report.samples)
        var took = Duration.zero
        for exchange in report.exchanges {
            keep(exchange)
            if exchange.error?.kind == .distrusted { continue }
            count(exchange)
            took += exchange.latency
        }
        guard !report.exchanges.isEmpty else { return }
        passes += 1
        passesTook += took
    }

    private mutating func keep(_ exchange: ProbeExchange) {
        recent.append(exchange)
        if recent.count > Self.mostExchanges { recent.removeFirst(Self.mostExchanges / 4) }
    }

    private mutating func count(_ exchange: ProbeExchange) {
        transactions += 1
        switch exchange.error?.kind {
        case nil: break
        case .timeout:
            timeouts += 1
            if ReplyTraits(exchange).strayFrame { late += 1 }
        case .crc: crcErrors += 1
        case .exception: exceptions += 1
        default: others += 1
        }
        guard exchange.isAnswered else { return }
        latencies.append(exchange.latency)
        if latencies.count > Self.mostLatencies { latencies.removeFirst(Self.mostLatencies / 4) }
    }

    /// - Parameter share: 0.5 for the median.
    /// - Returns: the latency that this share of the answered requests did not exceed; nil without any.
    package func latency(_ share: Double) -> Duration? {
        let sorted = latencies.sorted()
        return sorted.isEmpty ? nil : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// The diagnosis from all passes.
    ///
    /// - Parameters:
    ///   - endpoint: where the device was asked.
    ///   - othersAnswer: as in `Diagnoser`.
    package func report(at endpoint: ModbusEndpoint, othersAnswer: Bool?) -> DeviceReport {
        var report = last
        report.exchanges = recent
        report.latency = latency(0.5)
        report.diagnose(at: endpoint, othersAnswer: othersAnswer)
        let errors = timeouts + crcErrors + others
        let isNoise =
            [.silence, .crc, .garbage, .tcpMute].contains(report.finding?.diagnosis)
            && errors * Self.noise < transactions
        if isNoise { report.finding = nil }
        if report.finding == nil { report.finding = report.findingOfBadPoint }
        if report.finding == nil, let frozen = stillness.frozen {
            report.finding = .frozen(point: frozen.point.name, reads: frozen.reads)
        }
        return report
    }
}
