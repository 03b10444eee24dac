import Commands
import Diagnosing
import Asking
import Diagnosing
import Documents
import Domain
import JSON
import Platform
import Profiles
import Speech

/// A port on which a device sends text by itself: it is named before units are asked.
extension ProbeCommand {
    /// Listens on the port, and shows what comes by itself.
    ///
    /// - Returns: whether text was heard; then there is no unit to look for.
    func hearText(on path: String, stop: StopFlag) -> Bool {
        let profiles = options.profileOptions.load(into: ProblemLog()).all
        let scan = StreamScan(path: path, profiles: profiles, time: SystemClock(), isStopping: { stop.isRaised })
        guard let find = scan.run() else { return false }
        let style = report.style
        switch find {
        case .fits(let settings, let matches, let example):
            let names = matches.map(\.profile)
            if report.json {
                showJSON(path, settings, names, example)
                return true
            }
            let next = command(names[0], path, settings, profiles)
            let found = Sentence(
                StreamPhrase.scanFits,
                path,
                "\(settings)",
                names.joined(separator: ", "),
                example
            )
            Commands.show(StyledText.wrapped(style.text(found), to: style.columns))
            Commands.show(StyledText.wrapped(style.text(Sentence(StreamPhrase.scanNext, next)), to: style.columns))
        case .unknown(let settings, let example):
            if report.json {
                showJSON(path, settings, [], example)
                return true
            }
            let found = Sentence(StreamPhrase.scanUnknown, path, "\(settings)", example)
            Commands.show(StyledText.wrapped(style.text(found), to: style.columns))
        }
        return true
    }

    private func showJSON(_ path: String, _ settings: SerialSettings, _ profiles: [String], _ example: String) {
        var text = JSONText()
        text.object([
            ("text", .string(example)), ("port", .string(path)), ("baud", .integer(settings.baud)),
            ("parity", .string(settings.parity.rawValue)), ("data_bits", .integer(settings.dataBits)),
            ("profiles", .array(profiles.map { .string($0) })),
        ])
        Commands.show(json: text.bytes)
    }

    /// The probe of the found profile, with the settings that its own line does not have.
    private func command(_ id: String, _ path: String, _ settings: SerialSettings, _ profiles: [Profile]) -> String {
        let own = profiles.first { $0.id == id }?.stream?.line ?? SerialSettings()
        var words = "gateway probe --profile \(id) --serial \(path)"
        if settings.baud != own.baud { words += " --baud \(settings.baud)" }
        if settings.parity != own.parity { words += " --parity \(settings.parity.rawValue)" }
        if settings.dataBits != own.dataBits { words += " --data-bits \(settings.dataBits)" }
        return words
    }
}
