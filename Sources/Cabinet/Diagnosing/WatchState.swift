package import Domain

/// The state of the watched buses: the values of one table.
package struct WatchState: Sendable {
    package struct Line: Sendable {
        package var bus: String
        package var endpoint: ModbusEndpoint
        package var tallies: [WatchTally]
        /// Why the daemon did not lend the bus.
        package var failure: ProbeFailure?

        package init(bus: String, endpoint: ModbusEndpoint, tallies: [WatchTally]) {
            self.bus = bus
            self.endpoint = endpoint
            self.tallies = tallies
        }

        /// The share of the line that the devices' polls take at their intervals, as measured; nil at first.
        package var load: Double? {
            var sum = 0.0
            for tally in tallies {
                guard let took = tally.passTime else { return nil }
                sum += took.inSeconds / tally.target.interval.inSeconds
            }
            return sum
        }

        /// The reports of all devices, each diagnosed with the others in view.
        package var reports: [DeviceReport] {
            let answering = tallies.count { $0.latency(0.5) != nil }
            return tallies.map { tally in
                var report = tally.report(at: endpoint, othersAnswer: tallies.count > 1 ? answering > 0 : nil)
                report.failure = failure
                return report
            }
        }
    }

    package var lines: [Line]
    package let began: Uptime

    package init(lines: [Line], began: Uptime) {
        self.lines = lines
        self.began = began
    }
}
