import Buses
import Charting
import Control
import Domain
import Installation

/// Writes what the daemon keeps in memory of the values of its points.
struct HistoryAnswer: Sendable {
    let configuration: @Sendable () -> Configuration
    let board: DeviceBoard
    let sources: RunningSources
    let time: any TimeSource

    func answer(_ request: HistoryRequest) -> [UInt8] {
        let span = request.span == .day ? ChartSpan.day : .recent
        let now = time.uptime()
        let wanted = request.devices.map(Set.init)
        let points = request.points.map(Set.init)
        // In the configuration's order, so that pages need no other.
        let charts = configuration().devices.filter { wanted?.contains($0.id) ?? true }.map { device in
            (device: device.id, lines: board.chart(of: device.id)?.lines(of: points, span, now: now) ?? [])
        }
        var writer = HistoryWriter(
            request.span,
            stepSeconds: span.stepSeconds,
            from: time.stamp(at: span.beginning(of: span.visible(at: now).lowerBound)).time.description,
            steps: span.steps,
            leftOut: board.pointsWithoutChart,
            points: charts.reduce(0) { $0 + $1.lines.count }
        )
        for (device, lines) in charts {
            for line in lines {
                let steps = line.steps
                writer.point(
                    device: device,
                    point: line.point,
                    unit: line.unit?.code,
                    least: { steps[$0].least },
                    mean: { steps[$0].mean },
                    greatest: { steps[$0].greatest },
                    readings: { Int(steps[$0].readings) },
                    unsure: { Int(steps[$0].unsure) }
                )
            }
        }
        writer.beginBuses()
        if request.buses, span == .day {
            let charts = sources.charts.lines(now: now)
            for source in sources.all {
                if let steps = charts[source.id] { writer.bus(BusHistory(source.id, steps)) }
            }
        }
        return writer.end()
    }
}

extension BusHistory {
    fileprivate init(_ bus: String, _ steps: [BusStep]) {
        func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
        self.init(
            bus: bus,
            load: steps.map { number($0.load) },
            requests: steps.map { Int($0.requests) },
            timeouts: steps.map { Int($0.timeouts) },
            crcErrors: steps.map { Int($0.crcErrors) },
            exceptions: steps.map { Int($0.exceptions) },
            otherErrors: steps.map { Int($0.otherErrors) },
            missed: steps.map { Int($0.missed) },
            median: steps.map { number($0.median) },
            slowest: steps.map { number($0.slowest) }
        )
    }
}
