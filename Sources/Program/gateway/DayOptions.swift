import ArgumentParser
import Commands
import Domain
import Indicators
import Speech

/// The days that a command applies to.
struct DayOptions: ParsableArguments {
    @Option(name: .long, help: .said(OptionHelpPhrase.from))
    var from: Day

    @Option(name: .long, help: .said(OptionHelpPhrase.to))
    var to: Day

    func validate() throws {
        if from > to { throw wrongUse(.fromAfterTo) }
    }
}
