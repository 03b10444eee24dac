public import Domain

/// Readings that go out by exception. A held reading is no row: it counts as soon as it comes, and a later row says how
/// many there were. Those that are in the bins already count no second time. The others, as after a crash, count with
/// the values of the row before.
extension IndicatorEngine {
    /// Counts a held reading.
    ///
    /// - Returns: weighings that were found.
    public mutating func apply(held reading: Observation) -> [Event] {
        // With a clock that is not set, the row tells of it, once its time is known.
        guard let device = reading.device, reading.stamp.clock == .synchronised, let sent = state.sent?[device]
        else { return [] }
        var reading = reading
        (reading.epoch, reading.seq) = (sent.epoch, sent.seq)
        state.sent?[device]?.count(held: reading)
        return count(reading)
    }

    /// Counts a row, with the readings that were held before it.
    ///
    /// - Returns: weighings that were found.
    mutating func count(row: Observation) -> [Event] {
        guard let device = row.device, case .reading = row.content,
            plan.byException.contains(device) || row.held > 0 || state.sent?[device] != nil
        else { return count(row) }
        var events: [Event] = []
        var sent = state.sent?[device] ?? SentReadings()
        // The last of the held readings became the row itself, and is in the bins.
        let isCounted = sent.counted(before: row).map { $0.readings > row.held } ?? false
        if !isCounted {
            for reading in sent.uncounted(before: row) {
                sent.count(held: reading)
                events += count(reading)
            }
            var own = row
            own.content = .reading(sent.left(of: row))
            events += count(own)
        }
        sent.take(row, wanted: plan.wanted(of: device))
        state.sent = state.sent ?? [:]
        state.sent?[device] = sent
        return events
    }
}
