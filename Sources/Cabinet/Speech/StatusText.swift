package import Control
import Domain

/// The status as a person reads it, as wide as the terminal, from 80 to 140 columns.
package struct StatusText {
    package private(set) var lines: [StyledText] = []
    private let style: TextStyle
    private let width: Int
    /// The columns that become narrower in a narrow terminal.
    private let valuesWidth: Int
    private let whereWidth: Int
    /// The width of a word of quality and the longest reason.
    private let qualityWidth: Int

    /// - Parameters:
    ///   - allPoints: whether every point gets a line of its own, instead of the first few of each device on one line.
    package init(_ status: SystemStatus, style: TextStyle, allPoints: Bool = false) {
        self.style = style
        width = min(140, max(80, style.columns))
        qualityWidth = style.language == .en ? 20 : 27
        valuesWidth = width - qualityWidth - 23
        whereWidth = min(34, width - 54)
        addHead(status)
        addDevices(status, allPoints: allPoints)
        addBuses(status)
        addDestinations(status)
        addFigures(status)
        addJournal(status.journal)
    }

    private mutating func addHead(_ status: SystemStatus) {
        let clock: StatusPhrase = status.clock == .synchronised ? .synchronised : .unsynchronised
        let answering = status.devices.count { $0.answering == true }
        lines.append(
            bold("gateway \(status.gateway)") + "  \(status.time.prefix(19).replacing("T", with: " "))Z  "
                + say(.clock, clock.wording[style.language], status.epoch)
        )
        lines.append(say(.answering, "\(answering)", "\(status.devices.count)"))
    }

    private mutating func addDevices(_ status: SystemStatus, allPoints: Bool) {
        lines.append("")
        lines.append(
            dim(
                pad(say(.device), 16) + pad(say(.lastValues), valuesWidth) + pad(say(.quality), qualityWidth)
                    + say(.age)
            )
        )
        for device in status.devices { add(device, allPoints: allPoints) }
    }

    private mutating func addBuses(_ status: SystemStatus) {
        lines.append("")
        lines.append(
            dim(
                pad(say(.bus), 14) + pad(say(.place), whereWidth) + pad(say(.requests), 10) + pad(say(.errors), 8)
                    + say(.load)
            )
        )
        for bus in status.buses { add(bus) }
    }

    private mutating func addDestinations(_ status: SystemStatus) {
        lines.append("")
        lines.append(
            dim(
                pad(say(.destination), 14) + pad(say(.place), whereWidth) + pad(say(.sent), 10)
                    + pad(say(.pending), 10) + say(.oldest)
            )
        )
        for destination in status.destinations { add(destination) }
    }

    private mutating func addFigures(_ status: SystemStatus) {
        if !status.indicators.isEmpty {
            lines.append("")
            lines.append(
                dim(
                    pad(say(.indicator), 30) + pad(say(.scope), 22) + pad(say(.value), width - 62)
                        + say(.complete)
                )
            )
            for indicator in status.indicators { add(indicator) }
        }
        if let leftOut = status.leftOut {
            lines.append("")
            lines += leftOut.prefix(3).map { yellow(say(.leftOut)) + StyledText($0) }
            if leftOut.count > 3 { lines.append(yellow(say(.more, "\(leftOut.count - 3)"))) }
        }
    }

    private mutating func addJournal(_ journal: JournalStatus) {
        lines.append("")
        lines.append(
            say(
                .journal,
                megabytes(journal.bytes),
                megabytes(journal.limit),
                "\(journal.stored)",
                "\(journal.waiting)"
            )
                + (journal.lost > 0 ? red(say(.lost, "\(journal.lost)")) : "")
                + (journal.isStalled ? red(say(.stalled)) : "")
        )
    }

    private func say(_ phrase: StatusPhrase, _ arguments: String...) -> StyledText {
        style.text(Sentence(phrase, arguments: arguments))
    }

    private mutating func add(_ device: DeviceStatus, allPoints: Bool) {
        let age = StyledText(device.ageMilliseconds.map(age) ?? "-")
        if allPoints {
            lines.append(pad("\(device.id)", 16) + pad("", valuesWidth) + pad(quality(device), qualityWidth) + age)
            for point in device.points {
                lines.append(
                    "  " + pad("\(point.name)", 24) + pad(value(point), valuesWidth - 10)
                        + quality(point.quality, point.reason)
                )
            }
            return
        }
        // As many of the values as fit, only whole ones.
        var values = StyledText()
        var shown = 0
        for point in device.points {
            let next: StyledText = (values.isEmpty ? "" : ", ") + "\(point.name) \(value(point))"
            let left = device.points.count - shown - 1
            guard values.columns + next.columns + (left > 0 ? " +\(left)".count : 0) <= valuesWidth - 2 else { break }
            values += next
            shown += 1
        }
        if shown < device.points.count { values += " +\(device.points.count - shown)" }
        if device.events > 0 {
            values += (values.isEmpty ? "" : ", ") + say(device.events == 1 ? .event : .events, "\(device.events)")
        }
        lines.append(
            pad("\(device.id)", 16) + pad(clipped(values.isEmpty ? "-" : values, valuesWidth), valuesWidth)
                + pad(quality(device), qualityWidth) + age
        )
    }

    private func value(_ point: PointStatus) -> StyledText {
        guard let value = point.value else { return "-" }
        return "\(value)\(point.unit.map { " " + $0 } ?? "")"
    }

    /// The device's worst point, and how many are like it.
    private func quality(_ device: DeviceStatus) -> StyledText {
        guard device.answering != nil else { return dim(say(.nothingYet)) }
        for word in [QualityPhrase.bad, .uncertain] {
            let worst = device.points.filter { $0.quality == word.rawValue }
            guard let first = worst.first else { continue }
            let share = worst.count == device.points.count ? "" : "\(worst.count) "
            return quality(word.rawValue, first.reason, share: share)
        }
        return quality(QualityPhrase.good.rawValue, nil)
    }

    private func quality(_ word: String, _ reason: String?, share: String = "") -> StyledText {
        let words = StyledText(share + QualityPhrase.text(word, reason, in: style.language))
        switch QualityPhrase(rawValue: word) {
        case .good: return green(words)
        case .bad: return red(words)
        default: return yellow(words)
        }
    }

    private mutating func add(_ bus: BusStatus) {
        let errors = bus.timeouts + bus.crcErrors + bus.exceptions + bus.otherErrors
        let load = StyledText(bus.load.map { "\(Int(($0 * 100).rounded())) %" } ?? "-")
        lines.append(
            pad("\(bus.id)", 14) + pad(tail(bus.address), whereWidth) + pad("\(bus.requests)", 10)
                + pad("\(errors)", 8)
                + (bus.connected ? load : red(say(.down)))
        )
        if !bus.connected, let error = bus.error { add(error: StyledText(error)) }
    }

    private mutating func add(_ destination: DestinationStatus) {
        lines.append(
            pad("\(destination.id)", 14) + pad(tail(destination.address), whereWidth)
                + pad("\(destination.acknowledged)", 10)
                + pad("\(destination.pending)", 10)
                + StyledText(destination.oldestPending.map { $0.prefix(19) + "Z" } ?? "-")
        )
        if !destination.connected { add(error: destination.error.map { StyledText($0) } ?? say(.notConnected)) }
        if let words = destination.refusesAll { add(error: say(.refusesAll, words)) }
    }

    private mutating func add(_ indicator: IndicatorStatus) {
        let unit = indicator.unit.map { $0 == "1" ? "" : " " + $0 } ?? ""
        let value = StyledText(indicator.value.map { $0 + unit } ?? "-")
        let share = StyledText(indicator.completeness.map { "\(Int($0 * 100)) %" } ?? "")
        lines.append(
            pad("\(indicator.id) \(indicator.window)", 30) + pad(clipped("\(indicator.scope)", 22), 22)
                + pad(clipped(value, width - 62), width - 62)
                + (indicator.quality == nil ? green(share) : yellow(share))
        )
    }

    /// Wrapped between words, so that no line is longer than the table.
    private mutating func add(error: StyledText) {
        lines += StyledText.wrapped(error, to: width - 2).map { "  " + red($0) }
    }

    // MARK: Text

    /// The cell without the end that does not fit its column.
    private func clipped(_ text: StyledText, _ limit: Int) -> StyledText { text.clipped(limit - 1) }

    /// The end of an address that is too long for its column: addresses differ at their ends.
    private func tail(_ address: String) -> StyledText { StyledText(address).tail(whereWidth - 1) }

    /// A cell that is too long keeps one space after it.
    private func pad(_ text: StyledText, _ width: Int) -> StyledText { text.padded(width) }

    private func age(_ milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<10_000: style.language.number("\(milliseconds / 1_000).\(milliseconds / 100 % 10)") + " s"
        case ..<120_000: "\(milliseconds / 1_000) s"
        case ..<7_200_000: "\(milliseconds / 60_000) min"
        default: "\(milliseconds / 3_600_000) h"
        }
    }

    private func megabytes(_ bytes: Int64) -> String {
        style.language.number("\(bytes / 1_000_000).\(bytes / 100_000 % 10)")
    }

    private func bold(_ text: StyledText) -> StyledText { style.bold(text) }
    private func dim(_ text: StyledText) -> StyledText { style.dim(text) }
    private func red(_ text: StyledText) -> StyledText { style.red(text) }
    private func green(_ text: StyledText) -> StyledText { style.green(text) }
    private func yellow(_ text: StyledText) -> StyledText { style.yellow(text) }
}
