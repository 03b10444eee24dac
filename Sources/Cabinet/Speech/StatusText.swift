package import Control
import Domain

/// The status as a person reads it: tables from 72 to 140 columns, below that one value a line.
package struct StatusText {
    package internal(set) var lines: [StyledText] = []
    let style: TextStyle
    let width: Int
    private let status: SystemStatus
    private let holders: [String: String]

    /// - Parameters:
    ///   - holders: by a bus' id, the other program that has its port open.
    ///   - allPoints: whether every point gets a line of its own, instead of the first few of each device on one line.
    package init(
        _ status: SystemStatus,
        style: TextStyle,
        holders: [String: String] = [:],
        allPoints: Bool = false
    ) {
        self.holders = holders
        self.status = status
        self.style = style
        width = min(140, style.columns)
        addHead()
        if style.isNarrow { addLists(status, allPoints: allPoints) } else { addTables(status, allPoints: allPoints) }
        addNotes()
        addJournal(status.journal)
    }

    /// As many of the lines as a terminal has rows for; the last says how many there are more.
    package func fitting(_ rows: Int) -> [StyledText] {
        guard lines.count > rows else { return lines }
        return lines.prefix(rows - 1) + [style.dim("+\(lines.count - rows + 1)")]
    }

    private mutating func addHead() {
        let clock: StatusPhrase = status.clock == .synchronised ? .synchronised : .unsynchronised
        let answering = status.devices.count { $0.answering == true }
        let words = say(.clock, clock.wording[style.language], status.epoch)
        add(
            style.bold("gateway \(status.gateway)") + "  \(status.time.prefix(19).replacing("T", with: " "))Z  "
                + (status.clock == .synchronised ? words : style.yellow(words))
        )
        lines.append(say(.answering, "\(answering)", "\(status.devices.count)"))
    }

    /// What is not shown, what does not count, and why there are no figures.
    private mutating func addNotes() {
        var notes: [StyledText] = []
        let count = status.figures?.values.reduce(0, +) ?? 0
        if count > status.indicators.count, !status.indicators.isEmpty {
            notes.append(style.dim(say(.moreFigures, "\(count - status.indicators.count)")))
        }
        if let why = whyNoFigures { notes.append(style.yellow(say(why))) }
        let unverified = status.devices.filter { !$0.verified }.map(\.id)
        if !unverified.isEmpty, status.figures?.isEmpty == false {
            let names = unverified.prefix(5).joined(separator: ", ")
            notes.append(
                style.yellow(say(.unverified, unverified.count > 5 ? "\(names) +\(unverified.count - 5)" : names))
            )
        }
        if let leftOut = status.leftOut {
            notes += leftOut.prefix(3).map { words in
                style.yellow(say(.leftOut)) + StyledText(ErrorPhrase.said(words, in: style.language))
            }
            if leftOut.count > 3 { notes.append(style.yellow(say(.more, "\(leftOut.count - 3)"))) }
        }
        if !notes.isEmpty { lines.append("") }
        for note in notes { add(note) }
    }

    /// Nil where there are figures, or where a gateway of an earlier version does not say.
    private var whyNoFigures: StatusPhrase? {
        guard let figures = status.figures, !status.indicators.contains(where: { $0.value != nil }) else { return nil }
        if figures.isEmpty { return status.leftOut == nil ? .noCatalogue : .nothingFits }
        if status.clock == .unsynchronised { return .noClock }
        if !status.devices.contains(where: \.verified) { return .nobodyVerified }
        return status.indicators.isEmpty ? .lookAgain : .noWindowYet
    }

    private mutating func addJournal(_ journal: JournalStatus) {
        lines.append("")
        let (bytes, limit) = (megabytes(journal.bytes), megabytes(journal.limit))
        add(
            say(.journal, bytes, limit, "\(journal.stored)", "\(journal.waiting)")
                + (journal.lost > 0 ? style.red(say(.lost, "\(journal.lost)")) : "")
                + (journal.isStalled ? style.red(say(.stalled)) : "")
        )
    }

    // MARK: Said alike in tables and lists

    func say(_ phrase: StatusPhrase, _ arguments: String...) -> StyledText {
        style.text(Sentence(phrase, arguments: arguments))
    }

    /// A line of text, wrapped between words.
    mutating func add(_ text: StyledText, indent: Int = 0) {
        lines += StyledText.wrapped(text, to: width - indent).map { StyledText(blank: indent) + $0 }
    }

    func value(_ point: PointStatus) -> StyledText {
        guard let value = point.shown?.value ?? point.value else { return "-" }
        let unit = point.shown?.unit ?? point.unit
        let meanings = style.language.meanings(point.shown?.meanings ?? [])
        return StyledText(style.language.short(value) + (unit.map { " " + $0 } ?? "") + meanings)
    }

    func title(_ point: PointStatus) -> String { style.language.title(point.name, point.shown?.label) }

    func value(_ indicator: IndicatorStatus) -> StyledText {
        let unit = indicator.unit.map { $0 == "1" ? "" : " " + $0 } ?? ""
        return StyledText(indicator.value.map { style.language.short(digits: $0) + unit } ?? "-")
    }

    /// How much of what was expected came, and why the figure is not good.
    func standing(_ indicator: IndicatorStatus) -> StyledText {
        let share = indicator.completeness.map { "\(Int($0 * 100)) %" } ?? ""
        guard let word = indicator.quality else { return style.green(StyledText(share)) }
        let separator: StyledText = share.isEmpty ? "" : " "
        return style.yellow(StyledText(share)) + separator + quality(word, indicator.reason)
    }

    /// The device's worst point, and how many are like it.
    func quality(_ device: DeviceStatus) -> StyledText {
        guard device.answering != nil else { return style.dim(say(.nothingYet)) }
        for word in [QualityPhrase.bad, .uncertain] {
            let worst = device.points.filter { $0.quality == word.rawValue }
            guard let first = worst.first else { continue }
            let share = worst.count == device.points.count ? "" : "\(worst.count) "
            return quality(word.rawValue, first.reason, share: share)
        }
        return quality(QualityPhrase.good.rawValue, nil)
    }

    func quality(_ word: String, _ reason: String?, share: String = "") -> StyledText {
        let words = StyledText(share + QualityPhrase.text(word, reason, in: style.language))
        switch QualityPhrase(rawValue: word) {
        case .good: return style.green(words)
        case .bad: return style.red(words)
        default: return style.yellow(words)
        }
    }

    /// Why a bus or destination is down, or why what is owed to it waits.
    func troubles(_ bus: BusStatus) -> [StyledText] {
        if bus.connected { return holders[bus.id].map { [say(.sharedPort, $0)] } ?? [] }
        var fault = bus.fault
        // The service does not see other users' processes; whoever asks may.
        if fault?.kind == "port_busy", fault?.detail == nil { fault?.detail = holders[bus.id] }
        return [trouble(fault?.sentences, bus.error)].compactMap(\.self)
    }

    func troubles(_ destination: DestinationStatus) -> [StyledText] {
        var troubles: [StyledText] = []
        if !destination.connected {
            if let since = destination.since, destination.pending > 0, destination.error != nil {
                troubles.append(say(.awaySince, second(since)))
            }
            troubles.append(trouble(destination.faultSentences, destination.error) ?? say(.notConnected))
        }
        if let refusal = destination.refusal {
            let (since, words) = (second(refusal.since), refusal.sentence.text(in: style.language))
            troubles.append(
                refusal.topic.map { say(.refusesTopicSince, $0, since, words) } ?? say(.refusesAllSince, since, words)
            )
        } else if let words = destination.refusesAll {
            troubles.append(say(.refusesAll, words))
        }
        let isRefused = destination.refusal.map { $0.topic == nil } ?? (destination.refusesAll != nil)
        if destination.connected, destination.waitsForSubscriber, destination.pending > 0, !isRefused {
            troubles.append(say(.nobodySubscribes))
        }
        return troubles
    }

    private func trouble(_ sentences: (seen: Sentence, next: Sentence)?, _ error: String?) -> StyledText? {
        guard let sentences else { return error.map { StyledText($0) } }
        return style.text(sentences.seen) + ". " + style.text(sentences.next)
    }

    func second(_ time: String) -> String { time.prefix(19).replacing("T", with: " ") + "Z" }

    func age(_ device: DeviceStatus) -> StyledText {
        guard let milliseconds = device.ageMilliseconds else { return "-" }
        let text =
            switch milliseconds {
            case ..<10_000: style.language.number("\(milliseconds / 1_000).\(milliseconds / 100 % 10)") + " s"
            case ..<120_000: "\(milliseconds / 1_000) s"
            case ..<7_200_000: "\(milliseconds / 60_000) min"
            default: "\(milliseconds / 3_600_000) " + (style.language == .en ? "h" : "jam")
            }
        return StyledText(text)
    }

    private func megabytes(_ bytes: Int64) -> String {
        style.language.number("\(bytes / 1_000_000).\(bytes / 100_000 % 10)")
    }

    func load(_ bus: BusStatus) -> StyledText {
        if !bus.connected { return style.red(say(.down)) }
        return StyledText(bus.load.map { "\(Int(($0 * 100).rounded())) %" } ?? "-")
    }
}

extension BusStatus {
    var errors: Int { timeouts + crcErrors + exceptions + otherErrors }
}
