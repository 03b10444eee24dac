public import Contract
public import Domain
import Journal

/// Applies entries that the journal has and the bins do not have yet: after a crash, and for programs that read the
/// journal without a gateway.
extension IndicatorEngine {
    /// Reads entries after a row, oldest first, at most so many.
    public typealias ReadEntries<Failure: Error> = (Int64, Int) throws(Failure) -> [JournalEntry]

    private static var page: Int { 500 }

    /// Applies every entry after `appliedThrough`, up to a row.
    ///
    /// Weighings that are found are not reported here: most of them follow as events, and `unheardWeighings` has the
    /// others.
    public mutating func replay<Failure: Error>(
        through end: Int64,
        reading entries: ReadEntries<Failure>
    ) throws(Failure) {
        while appliedThrough < end {
            let found = try entries(appliedThrough, Self.page).filter { $0.row <= end }
            guard let last = found.last else { return }
            for entry in found {
                guard let observation = Observation(reading: entry), let released = apply(observation).released else {
                    continue
                }
                try applyReleased(released, reading: entries) { _ in }
            }
            skip(through: last.row)
        }
    }

    /// Applies the rows that waited for a boot's clock.
    ///
    /// - Parameter tell: called with the weighings that were found.
    public mutating func applyReleased<Failure: Error>(
        _ released: Released,
        reading entries: ReadEntries<Failure>,
        tell: (Event) -> Void
    ) throws(Failure) {
        var row = released.rows.lowerBound - 1
        while row < released.rows.upperBound {
            let found = try entries(row, Self.page)
            guard let last = found.last else { return }
            for entry in found where entry.row <= released.rows.upperBound {
                guard entry.stamp.clock == .unsynchronised, entry.stamp.boot == released.boot,
                    let waiting = Observation(reading: entry)
                else { continue }
                for event in applyReleased(waiting, bootTime: released.bootTime) { tell(event) }
            }
            row = last.row
        }
    }

    /// Counts the weighings that have no event in the journal yet, as the next start would after appending them. They
    /// get the identity of the reading that showed the weight, because their events have none yet.
    public mutating func countUnheardWeighings() {
        for event in unheardWeighings {
            guard let id = EventObservation(event).words["event_id"] else { continue }
            let parts = id.split(separator: ".")
            // The id of a second weighing of one row ends with its number.
            guard parts.count >= 3, let seq = UInt64(parts[parts.count - 1].prefix { $0 != "-" }) else { continue }
            let entry = JournalEntry(
                row: appliedThrough + 1,
                gateway: gateway,
                epoch: String(parts[parts.count - 2]),
                seq: seq,
                kind: .deviceEvent,
                site: event.site,
                device: event.device,
                stamp: event.stamp,
                content: []
            )
            _ = apply(Observation(entry, event))
        }
    }
}
