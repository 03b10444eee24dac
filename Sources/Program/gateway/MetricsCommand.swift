import ArgumentParser
import Commands
import Control
import Glibc
import Metrics
import Platform
import Speech

struct MetricsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: spoken(MetricsHelpPhrase.metrics)
    )

    @OptionGroup var looking: LookingOptions

    @Flag(name: .customLong("openmetrics"), help: .said(MetricsHelpPhrase.openMetrics))
    var openMetrics = false

    @Flag(name: .long, help: .said(MetricsHelpPhrase.points))
    var points = false

    @Flag(name: .long, help: .said(MetricsHelpPhrase.textfile))
    var textfile = false

    @OptionGroup var language: LanguageOptions

    func run() throws {
        let path = try looking.path()
        do {
            try put(try ControlClient(lookingAt: path).status())
        } catch let error as SystemError where error.operation != "write" {
            // Whoever may not ask, or found no place, does not know whether a gateway is there: the output says nothing
            // then. In all other cases none answers, and that is a measurement too.
            if error.code != EACCES, error.code != EBUSY { try put(nil) }
            LookingOptions.explain(error, path)
            throw ExitCode.field
        }
    }

    private func put(_ status: SystemStatus?) throws(SystemError) {
        var options: Metrics.Options = []
        if points { options.insert(.points) }
        if textfile { options.insert(.textfile) }
        let text = Metrics(status, options).text(openMetrics ? .openMetrics : .text)
        try StandardOutput.write(Array(text.utf8))
    }
}
