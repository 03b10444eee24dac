package import Diagnosing
package import Domain
import JSON

/// A scan's news as a person reads it.
package struct ScanText: Sendable {
    private let style: TextStyle
    private let place: String
    private let isSerial: Bool
    /// The settings of a line that the daemon lends: a scan does not change them.
    private let own: SerialSettings?
    private let endpoint: ModbusEndpoint

    package init(style: TextStyle, endpoint: ModbusEndpoint) {
        self.style = style
        self.endpoint = endpoint
        place = endpoint.place
        own = endpoint.serialSettings
        isSerial = own != nil
    }

    private func say(_ phrase: ScanPhrase, _ arguments: String...) -> StyledText {
        style.text(Sentence(phrase, arguments: arguments))
    }

    /// Where a step asks: `9600 8N1`, or the host.
    private func line(_ settings: SerialSettings?) -> String { (settings ?? own)?.description ?? place }

    /// `[#####.....]  23 %  9600 8N1  unit 17  0:41 left`, within the terminal's width.
    package func progress(_ step: ScanPlan.Step, done: Int, of count: Int, left: Duration) -> StyledText {
        let share = count == 0 ? 1 : Double(done) / Double(count)
        let seconds = Int(left.inSeconds.rounded(.up))
        let clock = "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
        let words = say(.progress, line(step.settings), "\(step.unit)", clock)
        // A line that wraps could not be overwritten.
        if words.columns > style.columns - 22 { return words.clipped(style.columns - 1) }
        let width = min(30, style.columns - words.columns - 12)
        let filled = Int(Double(width) * share)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        return "[\(bar)] " + StyledText("\(Int(share * 100)) %").paddedLeft(5) + "  " + words
    }

    /// One line for a find, and one for what it may be.
    package func lines(_ find: ScanFind) -> [StyledText] {
        let head = say(.found, "\(find.unit)", line(find.settings), find.latency.spoken(in: style.language))
        let fits = find.matches.prefix(3).map { "\($0.profile) (\(Int(($0.score * 100).rounded())) %)" }
        let what = fits.isEmpty ? say(.fitsNone) : say(.fits, fits.joined(separator: ", "))
        let says = find.identity.map { StyledText.wrapped(say(.says, $0.text), to: style.columns - 2) } ?? []
        return StyledText.wrapped(head, to: style.columns).map(style.green) + says.map { "  " + $0 }
            + StyledText.wrapped(what, to: style.columns - 2).map { "  " + $0 }
    }

    package func garbled(_ step: ScanPlan.Step, _ exchange: ProbeExchange) -> [StyledText] {
        let text = say(.garbled, "\(step.unit)", line(step.settings), ReplyTraits(exchange).hexadecimal)
        return StyledText.wrapped(text, to: style.columns).map(style.yellow)
    }

    /// One line for each of the settings, when there is no terminal for a bar.
    package func heading(_ settings: SerialSettings?, units: String) -> StyledText {
        say(.settings, line(settings), units)
    }

    /// The summary at the end: the count, and the next step.
    package func summary(
        _ finds: [ScanFind],
        asked: Int,
        of count: Int,
        took: Duration,
        isInterrupted: Bool
    ) -> [StyledText] {
        var lines: [StyledText] = []
        if finds.isEmpty, !isInterrupted {
            lines.append(style.red(say(isSerial ? .nothing : .nothingTCP)))
            lines += StyledText.wrapped(say(isSerial ? .nothingNext : .nothingTCPNext), to: style.columns)
        }
        if !isSerial, asked > 8, finds.count == asked {
            lines += StyledText.wrapped(say(.everyUnit), to: style.columns)
        }
        if let find = finds.first(where: { !$0.matches.isEmpty }), let match = find.matches.first {
            let way = isSerial ? "--serial" : "--tcp"
            let framing = endpoint.framing == (isSerial ? .rtu : .mbap) ? "" : " --framing \(endpoint.framing)"
            let settings = (find.settings ?? endpoint.lineSettings).map { settings in
                " --baud \(settings.baud) --parity \(settings.parity.rawValue)"
                    + (settings.stopBits == 1 ? "" : " --stop-bits \(settings.stopBits)")
            }
            let command = "--profile \(match.profile) \(way) \(place)\(framing)\(settings ?? "") --unit \(find.unit)"
            lines += StyledText.wrapped(say(.proposal, command), to: style.columns)
        }
        let proposal = ScanProposal.lines(finds, at: endpoint, columns: style.columns)
        if !proposal.isEmpty {
            lines += [""] + StyledText.wrapped(say(.lines), to: style.columns) + proposal.map { StyledText($0) }
            lines += finds.filter(\.matches.isEmpty).map { "  # " + say(.unknownUnit, "\($0.unit)") } + [""]
        }
        let text = say(.summary, "\(finds.count)", "\(asked)", "\(count)", took.spoken(in: style.language))
        lines.append(style.bold(text + (isInterrupted ? say(.interrupted) : "")))
        return lines
    }

    /// Why the scan could not continue.
    package func lines(_ finding: Finding) -> [StyledText] {
        let word = finding.diagnosis.map { $0.rawValue + ": " } ?? ""
        let seen = StyledText.wrapped("\(word)\(style.text(finding.seen))", to: style.columns).map(style.red)
        return seen + StyledText.wrapped(style.text(finding.next), to: style.columns)
    }

    // MARK: JSON

    /// A scan that could not continue, in the shape of a device's line of JSON.
    package static func json(_ finding: Finding, _ endpoint: ModbusEndpoint, _ language: Language) -> String {
        var text = JSONText()
        text.raw("{\"bus\":")
        text.string(endpoint.place)
        text.raw(",\"ok\":false,\"latency_ms\":null")
        if let diagnosis = finding.diagnosis {
            text.raw(",\"diagnosis\":")
            text.string(diagnosis.rawValue)
        }
        text.raw(",\"next\":")
        text.string(finding.next.text(in: language))
        text.raw("}")
        return String(decoding: text.bytes, as: UTF8.self)
    }

    package static func json(_ find: ScanFind) -> String {
        var text = JSONText()
        text.raw("{\"found\":true,\"unit\":")
        text.integer(find.unit.number)
        if let settings = find.settings {
            text.raw(",\"baud\":")
            text.integer(settings.baud)
            text.raw(",\"parity\":")
            text.string(settings.parity.rawValue)
            text.raw(",\"stop_bits\":")
            text.integer(settings.stopBits)
        }
        text.raw(",\"latency_ms\":")
        text.raw(ReportJSON.milliseconds(find.latency))
        if let identity = find.identity { ReportJSON.identity(identity, &text) }
        text.raw(",\"profiles\":")
        text.json(.array(find.matches.map { .string($0.profile) }))
        text.raw("}")
        return String(decoding: text.bytes, as: UTF8.self)
    }
}
