import Control
import Domain
import Probing

/// The status as a person reads it, as wide as the terminal, from 80 to 140 columns.
struct StatusTable {
    private(set) var lines: [StyledText] = []
    private let colour: Bool
    private let width: Int
    /// The columns that give way in a narrow terminal.
    private let valuesWidth: Int
    private let whereWidth: Int

    /// - Parameters:
    ///   - allPoints: every point on a line of its own, rather than the first few of each device on one.
    ///   - columns: of the terminal.
    init(_ status: SystemStatus, colour: Bool, allPoints: Bool = false, columns: Int = 100) {
        self.colour = colour
        width = min(140, max(80, columns))
        valuesWidth = width - 43
        whereWidth = min(34, width - 54)
        let answering = status.devices.count { $0.answering == true }
        lines.append(
            bold("gateway \(status.gateway)") + "  \(status.time.prefix(19).replacing("T", with: " "))Z  "
                + "clock \(status.clock.rawValue)  epoch \(status.epoch)"
        )
        lines.append("\(answering) of \(status.devices.count) devices answer")
        lines.append("")
        lines.append(dim(pad("DEVICE", 16) + pad("LAST VALUES", valuesWidth) + pad("QUALITY", 20) + "AGE"))
        for device in status.devices { add(device, allPoints: allPoints) }
        lines.append("")
        lines.append(dim(pad("BUS", 14) + pad("WHERE", whereWidth) + pad("REQUESTS", 10) + pad("ERRORS", 8) + "LOAD"))
        for bus in status.buses { add(bus) }
        lines.append("")
        lines.append(
            dim(pad("DESTINATION", 14) + pad("WHERE", whereWidth) + pad("SENT", 10) + pad("PENDING", 10) + "OLDEST")
        )
        for destination in status.destinations { add(destination) }
        if !status.indicators.isEmpty {
            lines.append("")
            lines.append(dim(pad("INDICATOR", 30) + pad("SCOPE", 22) + pad("VALUE", width - 62) + "COMPLETE"))
            for indicator in status.indicators { add(indicator) }
        }
        if let leftOut = status.leftOut {
            lines.append("")
            lines += leftOut.prefix(3).map { yellow("left out of the indicators: ") + StyledText($0) }
            if leftOut.count > 3 { lines.append(yellow("and \(leftOut.count - 3) more; gateway check lists them")) }
        }
        lines.append("")
        lines.append(
            "journal \(megabytes(status.journal.bytes)) of \(megabytes(status.journal.limit)) MB, "
                + "\(status.journal.stored) stored, \(status.journal.waiting) waiting"
                + (status.journal.lost > 0 ? red(", \(status.journal.lost) lost") : "")
                + (status.journal.isStalled ? red(", the disk takes nothing") : "")
        )
    }

    private mutating func add(_ device: DeviceStatus, allPoints: Bool) {
        let age = StyledText(device.ageMilliseconds.map(Self.age) ?? "-")
        if allPoints {
            lines.append(pad("\(device.id)", 16) + pad("", valuesWidth) + pad(quality(device), 20) + age)
            for point in device.points {
                lines.append(
                    "  " + pad("\(point.name)", 24) + pad(value(point), valuesWidth - 10)
                        + quality(point.quality, point.reason)
                )
            }
            return
        }
        // As many of the values as fit, whole ones only.
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
            values += (values.isEmpty ? "" : ", ") + "\(device.events) \(device.events == 1 ? "event" : "events")"
        }
        lines.append(
            pad("\(device.id)", 16) + pad(clipped(values.isEmpty ? "-" : values, valuesWidth), valuesWidth)
                + pad(quality(device), 20) + age
        )
    }

    private func value(_ point: PointStatus) -> StyledText {
        guard let value = point.value else { return "-" }
        return "\(value)\(point.unit.map { " " + $0 } ?? "")"
    }

    /// The device's worst point, and how many are like it.
    private func quality(_ device: DeviceStatus) -> StyledText {
        guard device.answering != nil else { return dim("nothing yet") }
        for word in ["bad", "uncertain"] {
            let worst = device.points.filter { $0.quality == word }
            guard let first = worst.first else { continue }
            let share = worst.count == device.points.count ? "" : "\(worst.count) "
            return quality(share + word, first.reason)
        }
        return green("good")
    }

    private func quality(_ text: String, _ reason: String?) -> StyledText {
        let words = StyledText(text + (reason.map { " " + $0 } ?? ""))
        if text.hasSuffix("good") { return green(words) }
        return text.hasSuffix("bad") ? red(words) : yellow(words)
    }

    private mutating func add(_ bus: BusStatus) {
        let errors = bus.timeouts + bus.crcErrors + bus.exceptions + bus.otherErrors
        let load = StyledText(bus.load.map { "\(Int(($0 * 100).rounded())) %" } ?? "-")
        lines.append(
            pad("\(bus.id)", 14) + pad(tail(bus.address), whereWidth) + pad("\(bus.requests)", 10)
                + pad("\(errors)", 8)
                + (bus.connected ? load : red("down"))
        )
        if !bus.connected, let error = bus.error { add(error: error) }
    }

    private mutating func add(_ destination: DestinationStatus) {
        lines.append(
            pad("\(destination.id)", 14) + pad(tail(destination.address), whereWidth)
                + pad("\(destination.acknowledged)", 10)
                + pad("\(destination.pending)", 10)
                + StyledText(destination.oldestPending.map { $0.prefix(19) + "Z" } ?? "-")
        )
        if !destination.connected { add(error: destination.error ?? "not connected yet") }
        if let words = destination.refusesAll { add(error: "refuses every message: \(words)") }
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

    /// Broken between words, so that no line is longer than the table.
    private mutating func add(error: String) {
        lines += StyledText.wrapped(StyledText(error), to: width - 2).map { "  " + red($0) }
    }

    // MARK: Text

    /// In a narrow terminal a long cell loses its end; elsewhere it may stand out.
    private func clipped(_ text: StyledText, _ limit: Int) -> StyledText { text.clipped(limit - 1) }

    /// The end of an address that is too long for its column: there it differs from others.
    private func tail(_ address: String) -> StyledText { StyledText(address).tail(whereWidth - 1) }

    /// A cell that is too long keeps one space.
    private func pad(_ text: StyledText, _ width: Int) -> StyledText { text.padded(width) }

    private static func age(_ milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<10_000: "\(milliseconds / 1_000).\(milliseconds / 100 % 10) s"
        case ..<120_000: "\(milliseconds / 1_000) s"
        case ..<7_200_000: "\(milliseconds / 60_000) min"
        default: "\(milliseconds / 3_600_000) h"
        }
    }

    private func megabytes(_ bytes: Int64) -> String { "\(bytes / 1_000_000).\(bytes / 100_000 % 10)" }

    private func paint(_ text: StyledText, _ code: String) -> StyledText { colour ? text.painted(code) : text }
    private func bold(_ text: StyledText) -> StyledText { paint(text, "1") }
    private func dim(_ text: StyledText) -> StyledText { paint(text, "2") }
    private func red(_ text: StyledText) -> StyledText { paint(text, "31") }
    private func green(_ text: StyledText) -> StyledText { paint(text, "32") }
    private func yellow(_ text: StyledText) -> StyledText { paint(text, "33") }
}
