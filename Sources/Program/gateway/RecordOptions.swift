import ArgumentParser
import Commands
import Speech

/// The commissioning record of a probe.
struct RecordOptions: ParsableArguments {
    @Option(name: .long, defaultAsFlag: "", help: .said(OptionHelpPhrase.record, valueName: "file"))
    var record: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.inspector))
    var by: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.rounds))
    var rounds = 10

    func validate() throws {
        guard (1...1_000).contains(rounds) else { throw wrongUse(.between, "--rounds", "1", "1000") }
        if let record, record.hasSuffix(".json") {
            throw wrongUse(.recordIsText)
        }
        if record != nil, by?.isEmpty ?? true { throw wrongUse(.recordNeedsBy) }
        if record == nil, by != nil { throw wrongUse(.byNeedsRecord) }
    }
}
