import ArgumentParser
import Domain
import Indicators
import Speech

/// The days that a command applies to.
struct DayOptions: ParsableArguments {
    @Option(name: .long, help: "The first day, YYYY-MM-DD, in the configured time zone.")
    var from: Day

    @Option(name: .long, help: "The last day, included.")
    var to: Day

    func validate() throws {
        if from > to { throw wrongUse(.fromAfterTo) }
    }
}
