import ArgumentParser
import Commands
import Documents
import Profiles
import Speech

/// What is installed at a device that is in no configuration: `--set phases=3`, as `set: { phases: 3 }` there.
struct SetOptions: ParsableArguments {
    @Option(name: .long, help: .said(OptionHelpPhrase.set))
    var set: [String] = []

    /// The profile as it is for a device with that installed.
    ///
    /// - Parameter needed: whether a variant without a standard must be given.
    func chosen(for profile: Profile, needed: Bool = false) throws -> Profile {
        var choices: [VariantChoice] = []
        for text in set.flatMap({ $0.split(separator: ",").map(String.init) }) {
            let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingPrefix(" ") }
            guard parts.count == 2 else { throw wrongUse(.setForm, text) }
            let (name, value) = (String(parts[0]), String(parts[1]))
            guard let variant = profile.variants.first(where: { $0.name == name }) else {
                let hint = NearestWord.spokenHint(for: name, in: profile.variants.map(\.name))
                throw wrongUse(.noVariant, profile.id, name, hint)
            }
            guard variant.values.contains(value) else {
                throw wrongUse(.noSuchValue, name, variant.values.joined(separator: ", "), value)
            }
            choices.append(VariantChoice(name, value))
        }
        for variant in profile.variants where needed && variant.standard == nil {
            guard !choices.contains(where: { $0.variant == variant.name }) else { continue }
            throw wrongUse(.setNeeded, variant.name, variant.values.joined(separator: ", "))
        }
        let log = ProblemLog()
        guard let chosen = profile.chosen(choices, log: log) else {
            printProblems(log)
            throw ExitCode.wrongUse
        }
        return chosen
    }
}
