public import Charting
public import Domain
import Synchronization

/// What each bus has done in the last day. A reload keeps what buses that stay have done.
public final class BusCharts: Sendable {
    private struct Kept: Sendable {
        var chart: BusChart
        /// The one that was counted last: another one counts from zero.
        var source: any FieldSource
    }

    private let kept: Mutex<[String: Kept]> = Mutex([:])

    init() {}

    /// Takes the present counts of all sources, and forgets buses that are gone. Called about once a second.
    public func note(_ sources: [any FieldSource], now: Uptime) {
        kept.withLock { kept in
            var present: [String: Kept] = [:]
            for source in sources {
                var one = kept[source.id] ?? Kept(chart: BusChart(now: now), source: source)
                one.chart.note(BusCount(source.snapshot), now: now, isNew: one.source !== source)
                one.source = source
                present[source.id] = one
            }
            kept = present
        }
    }

    /// The steps of each bus, by its id.
    public func lines(now: Uptime) -> [String: [BusStep]] {
        kept.withLock { $0 }.mapValues { $0.chart.lines(now: now) }
    }
}

extension BusCount {
    fileprivate init(_ snapshot: SourceSnapshot) {
        self.init()
        requests = snapshot.requests
        timeouts = snapshot.timeouts
        crcErrors = snapshot.crcErrors
        exceptions = snapshot.exceptions
        otherErrors = snapshot.otherErrors
        missed = snapshot.missed ?? 0
        busy = snapshot.busy
        latency = snapshot.latency ?? LatencyHistogram()
    }
}
