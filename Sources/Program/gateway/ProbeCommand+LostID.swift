import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Glibc
import JSON
import Platform
import Profiles
import Speech

extension ProbeCommand {
    /// Asks the one device on a line for its unit id, after a person has said that it is alone there.
    func findLostID(stop: StopFlag) throws -> ExitCode {
        let style = report.style
        func say(_ phrase: LostUnitPhrase, _ arguments: String...) -> [StyledText] {
            StyledText.wrapped(style.text(Sentence(phrase, arguments: arguments)), to: style.columns)
        }
        let endpoint = try line.endpoint()
        guard let path = endpoint.serialPath else {
            complain(LostUnitPhrase.onlySerial)
            return .wrongUse
        }
        if !report.json { Commands.show(say(.warning)) }
        guard try scan.yes || isAgreed(stop: stop) else { return .wrongUse }
        // Problems of profiles do not concern this command: what can be read of them still shows what to avoid.
        let profiles = options.profileOptions.load(into: ProblemLog()).all
        let below = StatusLine(isShown: Terminal.columns != nil && !report.json)
        let time = SystemClock()
        let outcome = try onLine(endpoint, stop: stop, time: time) { bus in
            let search = LostUnit(
                bus: bus,
                profiles: profiles,
                replyTime: .milliseconds(scan.replyTime),
                isStopping: { stop.isRaised }
            )
            return try search.run { address in below.show(say(.asking, "\(address)")[0]) }
        }
        below.erase()
        if report.json {
            show(outcome)
        } else {
            switch outcome {
            case .found(let unit, let address):
                Commands.show(say(.found, "\(unit)", "\(address)").map(style.green))
                Commands.show(say(.foundNext, path, "\(unit)"))
            case .nameless(let address):
                Commands.show(say(.nameless, "\(address)").map(style.yellow))
                Commands.show(say(.namelessNext, path))
            case .garbled(let address): Commands.show(say(.garbled, "\(address)").map(style.red))
            case .silent:
                Commands.show(say(.silent).map(style.red))
                Commands.show(say(.silentNext, path))
            case .failed(let finding):
                Commands.show(finding.map { FindingText.lines($0, style: style) } ?? [])
            }
        }
        if case .found = outcome { return .success }
        return .field
    }

    private func isAgreed(stop: StopFlag) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1, !report.json else {
            complain(LostUnitPhrase.needsYes)
            return false
        }
        print(report.style.text(LostUnitPhrase.question).terminal, terminator: "")
        fflush(nil)
        let answer = StandardInput.line(stop: stop)?.lowercased().filter { !$0.isWhitespace } ?? ""
        return ["y", "yes", "ya"].contains(answer)
    }

    private func show(_ outcome: LostUnit.Outcome) {
        var text = JSONText()
        switch outcome {
        case .found(let unit, let address):
            text.object([
                ("found", .bool(true)), ("unit", .integer(unit.number)), ("general_address", .integer(address)),
            ])
        case .nameless(let address), .garbled(let address):
            text.object([("found", .bool(false)), ("general_address", .integer(address))])
        case .silent, .failed: text.object([("found", .bool(false))])
        }
        Commands.show(json: text.bytes)
    }
}
