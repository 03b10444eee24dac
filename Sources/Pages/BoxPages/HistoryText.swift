package import Control
package import Domain
package import PageParts

extension History {
    package var began: Instant { Instant(iso8601: from) ?? Instant(millisecondsSince1970: 0) }

    package var step: Duration { .seconds(stepSeconds) }

    package func time(ofStep step: Int) -> Instant { began + .seconds(stepSeconds * step) }

    /// A point's steps as CSV: time in UTC, least, mean, greatest, how many readings, how many of them not good. The
    /// numbers have a decimal point, whatever the language.
    package func csv(_ point: PointHistory) -> String {
        table("time,least,mean,greatest,readings,not_good") { step in
            [
                Self.cell(point.least[step]), Self.cell(point.mean[step]), Self.cell(point.greatest[step]),
                "\(point.readings[step])", "\(point.unsure[step])",
            ]
        }
    }

    /// A bus' steps as CSV; the time from request to reply is in milliseconds.
    package func csv(_ bus: BusHistory) -> String {
        table("time,load,requests,timeouts,crc_errors,exceptions,other_errors,missed,median_ms,p99_ms") { step in
            [
                Self.cell(bus.load[step]), "\(bus.requests[step])", "\(bus.timeouts[step])", "\(bus.crcErrors[step])",
                "\(bus.exceptions[step])", "\(bus.otherErrors[step])", "\(bus.missed[step])",
                Self.cell(bus.median[step]), Self.cell(bus.slowest[step]),
            ]
        }
    }

    private func table(_ head: String, row: (Int) -> [String]) -> String {
        var lines = [head]
        for step in 0..<steps {
            lines.append(([time(ofStep: step).description] + row(step)).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cell(_ value: Double?) -> String {
        value.flatMap { DecimalNumber($0, significantDigits: 15) }.map(\.description) ?? ""
    }
}

extension PointHistory {
    package var series: Chart.Series { .init(least: least, mean: mean, greatest: greatest) }

    var isEmpty: Bool { !mean.contains { $0 != nil } }
}
