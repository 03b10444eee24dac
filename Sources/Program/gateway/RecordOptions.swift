import ArgumentParser
import Speech

/// The commissioning record of a probe.
struct RecordOptions: ParsableArguments {
    @Option(
        name: .long,
        defaultAsFlag: "",
        help: ArgumentHelp(
            "Write the commissioning record of one device: text to FILE, JSON to FILE.json; without FILE both go into "
                + "the records beside the journal.",
            valueName: "file"
        )
    )
    var record: String?

    @Option(name: .long, help: "Who inspects, for the record.")
    var by: String?

    @Option(name: .long, help: "How often the device is read for the record, 1 to 1000.")
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
