import Contract
import Journal

extension GatewayStatus.Destination.Owed {
    /// What the journal owes a destination at this moment.
    init(_ journal: Journal, destination: String) {
        let (ranges, leavesOutOlder) = journal.owed(destination: destination, most: Self.mostRanges)
        var epochs: [Epoch] = []
        for range in ranges {
            let numbers = range.first...range.last
            if epochs.last?.name == range.epoch {
                epochs[epochs.count - 1].ranges.append(numbers)
            } else {
                epochs.append(Epoch(name: range.epoch, ranges: [numbers]))
            }
        }
        self.init(epochs: epochs, hasOlder: leavesOutOlder)
    }
}
