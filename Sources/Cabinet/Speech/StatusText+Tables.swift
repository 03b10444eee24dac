import Control
import Domain

/// The tables of a terminal of 72 columns or more. A cell that is too long ends with a mark.
extension StatusText {
    /// The width of a word of quality and the longest reason.
    private var qualityWidth: Int { style.language == .en ? 20 : 27 }
    private var addressWidth: Int { min(34, width - 54) }

    mutating func addTables(_ status: SystemStatus, allPoints: Bool) {
        let ids = min(24, max(12, (status.devices.map { StyledText($0.id).columns }.max() ?? 0) + 2))
        let values = width - ids - qualityWidth - 7
        heading((.device, ids), (.lastValues, values), (.quality, qualityWidth), (.age, 0))
        for device in status.devices {
            let shown = allPoints ? StyledText() : self.values(device, width: values - 1)
            row(("\(device.id)", ids), (shown, values), (quality(device), qualityWidth), (age(device), 0))
            for point in allPoints ? device.points : [] {
                let quality = quality(point.quality, point.reason)
                row(("  \(title(point))", 26), (value(point), ids + values - 26), (quality, 0))
            }
            addWhy(device)
        }
        heading((.bus, 14), (.place, addressWidth), (.requests, 10), (.errors, 8), (.load, 0))
        for bus in status.buses {
            row(
                ("\(bus.id)", 14),
                (address(bus.address), addressWidth),
                ("\(bus.requests)", 10),
                ("\(bus.errors)", 8),
                (load(bus), 0)
            )
            for trouble in troubles(bus) { add(style.red(trouble), indent: 2) }
        }
        heading((.destination, 14), (.place, addressWidth), (.sent, 10), (.pending, 9), (.oldest, 0))
        for destination in status.destinations {
            row(
                ("\(destination.id)", 14),
                (address(destination.address), addressWidth),
                ("\(destination.acknowledged)", 10),
                ("\(destination.pending)", 9),
                (StyledText(destination.oldestPending.map(second) ?? "-"), 0)
            )
            if let traffic = traffic(destination) { add(traffic, indent: 2) }
            for trouble in troubles(destination) { add(style.red(trouble), indent: 2) }
        }
        if !status.indicators.isEmpty { addFigures(status) }
    }

    private mutating func addFigures(_ status: SystemStatus) {
        // A number is never cut: names are, where there is no room.
        let number = 2 + (status.indicators.map { self.value($0).columns }.max() ?? 0)
        let last = 1 + (status.indicators.map { self.standing($0).columns }.max() ?? 0)
        let scope = min(22, max(10, 2 + (status.indicators.map(\.scope.count).max() ?? 0)))
        let figures = (id: max(12, min(34, width - number - last - scope)), scope: scope, value: max(8, number))
        heading(
            (.indicator, figures.id),
            (.scope, figures.scope),
            (.value, figures.value),
            (.complete, 0)
        )
        for indicator in status.indicators {
            row(
                ("\(indicator.id) \(indicator.window)", figures.id),
                ("\(indicator.scope)", figures.scope),
                (value(indicator), figures.value),
                (standing(indicator), 0)
            )
        }
    }

    private mutating func heading(_ cells: (StatusPhrase, Int)...) {
        lines.append("")
        lines.append(style.dim(cells.map { say($0.0).padded($0.1) }.joined().trimmed))
    }

    private mutating func row(_ cells: (StyledText, Int)...) {
        lines.append(cells.map { $1 == 0 ? $0 : $0.clipped($1 - 1).padded($1) }.joined().trimmed)
    }

    /// The end of an address that is too long for its column: addresses differ at their ends.
    private func address(_ address: String) -> StyledText { StyledText(address).tail(addressWidth - 1) }

    /// As many of the values as fit, only whole ones, and how many do not.
    private func values(_ device: DeviceStatus, width: Int) -> StyledText {
        var values = StyledText()
        var shown = 0
        for point in device.points {
            let next: StyledText = (values.isEmpty ? "" : ", ") + "\(title(point)) \(value(point))"
            let left = device.points.count - shown - 1
            guard values.columns + next.columns + (left > 0 ? " +\(left)".count : 0) <= width else { break }
            values += next
            shown += 1
        }
        let left = device.points.count - shown
        if left > 0 { values += (values.isEmpty ? "+" : " +") + "\(left)" }
        if device.events > 0 {
            values += (values.isEmpty ? "" : ", ") + say(device.events == 1 ? .event : .events, "\(device.events)")
        }
        return values.isEmpty ? "-" : values
    }
}
