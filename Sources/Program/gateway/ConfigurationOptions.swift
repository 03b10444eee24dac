import ArgumentParser
import Commands
import Configuration
import Daemon
import Documents
import Glibc
import Indicators
import Installation
import Profiles
import Speech

/// Where the configuration and the profiles are; the same for every command that reads them.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .long, help: .said(OptionHelpPhrase.config))
    var config = Self.standard

    @Option(name: .long, help: .said(OptionHelpPhrase.indicators))
    var indicators: String?

    @OptionGroup var profileOptions: ProfileOptions

    static let standard = "/etc/gateway/gateway.yaml"
    private static let shippedIndicators = "/usr/share/gateway/indicators.yaml"

    /// The configuration, or exit 2 after printing every problem.
    func load() throws -> Configuration {
        let log = ProblemLog()
        let configuration = load(into: log)
        guard let configuration, log.isEmpty else {
            printProblems(log)
            throw ExitCode.wrongUse
        }
        return configuration
    }

    func load(into log: ProblemLog) -> Configuration? { load(profileOptions.load(into: log), into: log) }

    private func load(_ profiles: ProfileCatalogue, into log: ProblemLog) -> Configuration? {
        Self.adviseOtherName(of: config, log)
        return ConfigurationReader.read(file: config, catalogue: profiles, log: log)
    }

    /// The configuration and the indicators, or exit 2 after printing every problem.
    func deployment() throws -> Deployment {
        try deploymentAndLog().found
    }

    /// The same, and what the log has beside it: advice and slips.
    func deploymentAndLog(in language: Language = .ofThisCommand) throws -> (found: Deployment, log: ProblemLog) {
        let log = ProblemLog()
        guard let deployment = deployment(into: log), log.isEmpty else {
            printProblems(log, in: language)
            throw ExitCode.wrongUse
        }
        return (deployment, log)
    }

    /// Names the file that a person may take for one that is not there: `x.yml` for `x.yaml`.
    private static func adviseOtherName(of file: String, _ log: ProblemLog) {
        guard file.hasSuffix(".yaml"), access(file, F_OK) != 0 else { return }
        let other = file.dropLast(".yaml".count) + ".yml"
        guard access(String(other), F_OK) == 0 else { return }
        log.advise(Problem(file: String(other), message: "is not read; only names that end in .yaml are"))
    }

    func deployment(into log: ProblemLog) -> Deployment? {
        let profiles = profileOptions.load(into: log)
        let configuration = load(profiles, into: log)
        // A gateway without a catalogue computes nothing; a catalogue that was named must exist.
        let folder = config.lastIndex(of: "/").map { String(config[...$0]) } ?? ""
        let places = [folder + "indicators.yaml", Self.shippedIndicators]
        let file = indicators ?? places.first { access($0, F_OK) == 0 }
        Self.adviseOtherName(of: folder + "indicators.yaml", log)
        let catalogue = file.map { IndicatorCatalogue.read(file: $0, log: log) } ?? .empty
        guard let configuration, let catalogue else { return nil }
        var plan = IndicatorPlan(catalogue: catalogue, configuration: configuration, log: log)
        let check = CatalogueCheck(catalogue: catalogue, configuration: configuration, profiles: profiles)
        // What is named wrongly feeds nothing: report it beside what does not fit.
        plan.leftOut = check.slips.map(\.description) + plan.leftOut
        return Deployment(configuration: configuration, indicators: plan, catalogueCheck: check)
    }
}

/// The folders of device profiles.
struct ProfileOptions: ParsableArguments {
    @Option(name: .long, help: .said(OptionHelpPhrase.profiles))
    var profiles: [String] = []

    /// Installed profiles first, then the site's own, then those of the command line.
    func load(into log: ProblemLog) -> ProfileCatalogue {
        ProfileCatalogue.load(folders: ProfileCatalogue.folders(and: profiles), log: log)
    }

    /// The profiles for a user who wants to see them: an empty catalogue is then a problem.
    func loadSome(into log: ProblemLog) throws -> ProfileCatalogue {
        let catalogue = load(into: log)
        guard !catalogue.profiles.isEmpty || !log.isEmpty else {
            let places = ProfileCatalogue.folders(and: profiles).map(\.path).joined(separator: ", ")
            complain(UsagePhrase.noProfiles, places)
            throw ExitCode.wrongUse
        }
        return catalogue
    }
}

/// Prints every problem on stderr, then their number.
func printProblems(_ log: ProblemLog, in language: Language = .ofThisCommand) {
    for problem in log.problems + log.advice { complain(problem.text(in: language)) }
    let count = log.problems.count
    let phrase: CheckPhrase = count == 1 ? .problem : .problems
    complain(Sentence(phrase, "\(count)").text(in: language))
}
