public import ArgumentParser
import Commands
import Configuration
import Control
import Daemon
import Documents
import Domain
import Glibc
import Indicators
import Installation
import Journal
public import Logging
import Platform
import ServiceLifecycle
import Speech
import UnixSignals

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: spoken(CommandHelpPhrase.run)
    )

    @OptionGroup var options: ConfigurationOptions

    @OptionGroup var languageOptions: LanguageOptions

    @Option(name: .long, help: .said(OptionHelpPhrase.logLevel))
    var logLevel: Logger.Level = .notice

    func run() async throws {
        LoggingSystem.bootstrap { _ in JournaldLog(level: logLevel) }
        // What a service says goes into the log, and is English there as everything else.
        let language = isatty(STDERR_FILENO) == 1 ? Language.ofThisCommand : .en
        let (deployment, read) = try options.deploymentAndLog(in: language)
        _ = VectorCount(deployment, into: read)
        LocalTime.setZone(deployment.configuration.timezone)
        let log = Logger(label: "gateway")
        Self.tellSlips(of: deployment, read, log)
        Self.tellNeed(of: deployment, log)
        let daemon = GatewayDaemon(deployment: deployment, version: Version.text, log: log) {
            let problems = ProblemLog()
            let new = options.deployment(into: problems)
            for problem in problems.problems { log.error("configuration", metadata: ["problem": "\(problem)"]) }
            guard problems.isEmpty, let new else { return nil }
            _ = VectorCount(new, into: problems)
            Self.tellSlips(of: new, problems, log)
            Self.tellNeed(of: new, log)
            return new
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: daemon, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        do {
            try await group.run()
        } catch let error as JournalError {
            complain(error, in: language)
            throw error.isWrongUse ? ExitCode.wrongUse : ExitCode.field
        } catch let error as SystemError {
            complain(error, in: language)
            throw ExitCode.field
        } catch let error as GatewayDaemon.Failure {
            complain(error, in: language)
            throw ExitCode.field
        }
    }

    /// A typing error in the catalogue stops no box: what does not fit is left out and reported.
    private static func tellSlips(of deployment: Deployment, _ read: ProblemLog, _ log: Logger) {
        for problem in read.slips + read.advice {
            log.warning("configuration", metadata: ["problem": "\(problem)"])
        }
        for problem in deployment.indicators.leftOut {
            log.warning("left out of the indicators", metadata: ["problem": "\(problem)"])
        }
    }

    /// Too low a limit stops no box: what exceeds it fails, is reported, and is tried again.
    private static func tellNeed(of deployment: Deployment, _ log: Logger) {
        for shortage in ResourceNeed(deployment.configuration).shortages(service: nil, own: .own) {
            log.warning("a limit is too low", metadata: ["limit": "\(shortage.sentence.text(in: .en))"])
        }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

extension JournalError {
    /// A restart does not help with a database from a newer program.
    fileprivate var isWrongUse: Bool {
        if case .newerThanProgram = self { return true }
        return false
    }
}
